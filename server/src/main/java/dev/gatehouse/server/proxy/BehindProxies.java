package dev.gatehouse.server.proxy;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A front behind trusted proxies: it sees the client of a request where it would have seen the last proxy. A
/// trusted peer that names no client is the client itself.
public final class BehindProxies implements Front {
    private final Front front;
    private final TrustedProxies trusted;

    /// @param front what stands behind the listener
    public BehindProxies(Front front, TrustedProxies trusted) {
        this.front = front;
        this.trusted = trusted;
    }

    @Override
    public Outcome head(HttpFacts head) {
        List<String> forwardedFor = head.values("X-Forwarded-For");
        if (forwardedFor.isEmpty() || !trusted.contains(head.from())) {
            return front.head(head);
        }
        Optional<InetAddress> client = trusted.client(forwardedFor);
        if (client.isEmpty()) {
            return new Outcome.Answer(
                    front.unreadable(Optional.of(head), 400, "X-Forwarded-For names something else than addresses."));
        }
        HttpFacts seen = head.from(client.get());
        return switch (front.head(seen)) {
            case Outcome.ReadBody(int limit, var next) ->
                new Outcome.ReadBody(limit, whole -> next.apply(whole.from(client.get())));
            case Outcome.Answer other -> other;
            case Outcome.Block other -> other;
            case Outcome.Forward other -> other;
        };
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return front.unreadable(head, status, detail);
    }
}
