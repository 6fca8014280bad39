package dev.gatehouse.server.ping;

import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.endpoint.SealedPings;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.InTurn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One attempt to tell a client (OpenID Connect CIBA Core section 10.2), at where it is registered now. Blocks.
///
/// @param pings reads what it is told with
record Notification(FactSource facts, SealedPings pings, Egress egress, InTurn turns) {
    /// The most of an answer that is read; nothing in it matters.
    private static final int MOST = 16 * 1024;

    /// @throws dev.gatehouse.core.fact.FactsUnavailable when it cannot be known now who is to be told
    Came attempt(Ping ping, Instant now) {
        Optional<Actor> actor = facts.loadActor(ping.application()) instanceof Look.Known<Actor>(Actor known)
                ? Optional.of(known)
                : Optional.empty();
        Optional<RedirectUri> uri = actor.flatMap(
                one -> one.application().terms().openId().backchannel().notified());
        if (uri.isEmpty()) {
            return new Came.Refused("nowhere");
        }
        if (!actor.get().stands(now)) {
            return new Came.Refused("stopped");
        }
        return pings.open(ping.request(), ping.said())
                .map(said -> turns.tell(actor.get().application(), () -> sent(uri.get(), said)))
                .orElseGet(() -> new Came.Refused("unreadable"));
    }

    private Came sent(RedirectUri uri, SealedPings.Ping said) {
        StringBuilder body = new StringBuilder();
        JsonText.object(body, Map.of("auth_req_id", said.request().reveal()));
        List<Header> headers = List.of(
                new Header("Authorization", "Bearer " + said.token().reveal()),
                new Header("Content-Type", "application/json"));
        return read(egress.fetch(new EgressRequest(
                "POST", uri.text(), headers, Bytes.of(body.toString().getBytes(StandardCharsets.UTF_8)), MOST)));
    }

    /// Section 10.2: 204 is success, and 200 too. Redirects are followed nowhere.
    private static Came read(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer(int status, var _, var _) when status == 200 || status == 204 -> new Came.Delivered();
            case Fetched.Answer _, Fetched.Unreachable _, Fetched.Refused _ -> Came.of(fetched);
        };
    }
}
