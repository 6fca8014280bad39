package dev.gatehouse.server.connect;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.server.notice.Outbox;
import dev.gatehouse.server.notice.Patience;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a server of the operator's when a connection fails and when it works again: Standard Webhooks 1.0.0,
/// signed with each of the secrets, so that they can be changed one after the other.
///
/// @param url where to
/// @param secrets that it is signed with, the newest first
record EventHook(
        OutboxStore<ConnectionEvent> events,
        ConnectionStore connections,
        Egress egress,
        String url,
        List<Secret> secrets)
        implements Outbox<ConnectionEvent> {
    /// The most of an answer that is read; nothing in it matters.
    private static final int MOST = 16 * 1024;

    private static final int GONE = 410;

    /// An event is written once, when something changes, and nobody asks for it: three days are a weekend. There is
    /// a row for each connection at most, so that nothing piles up.
    static final Patience PATIENCE = new Patience(Long.MAX_VALUE, Duration.ofDays(3), Duration.ofHours(1));

    private static final Logger LOG = LoggerFactory.getLogger(EventHook.class);

    /// What is of no use any more is not told: what was written while nobody listened, and what is revoked since.
    ///
    /// @param now the time of the attempt, which is signed
    @Override
    public Came attempt(Taken<ConnectionEvent> taken, Instant now) {
        ConnectionEvent event = taken.notice();
        Optional<Connection> connection = connections.connection(event.connection());
        if (connection.isEmpty()) {
            return new Came.Refused("gone");
        }
        if (connection.get().standing().revoked()) {
            return new Came.Refused("revoked");
        }
        if (PATIENCE.over(taken, now)) {
            return new Came.Refused("old");
        }
        String id = event.connection().text() + "_" + ChronoUnit.MICROS.between(Instant.EPOCH, taken.since());
        String time = String.valueOf(now.getEpochSecond());
        String body = body(event, taken.since(), connection.get());
        byte[] signed = (id + "." + time + "." + body).getBytes(StandardCharsets.UTF_8);
        List<Header> headers = List.of(
                new Header("Content-Type", "application/json"),
                new Header("webhook-id", id),
                new Header("webhook-timestamp", time),
                new Header(
                        "webhook-signature",
                        secrets.stream()
                                .map(secret -> "v1,"
                                        + Base64.getEncoder()
                                                .encodeToString(key(secret).mac(signed)))
                                .collect(Collectors.joining(" "))));
        Bytes bytes = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
        Fetched fetched = egress.fetch(new EgressRequest("POST", url, headers, bytes, MOST));
        if (fetched instanceof Fetched.Refused && taken.tries() == 0) {
            LOG.warn("connections.events-url may not be called ({}); egress.allow may open it", fetched.word());
        }
        return read(fetched);
    }

    private static HmacSha256 key(Secret secret) {
        return HmacSha256.under(Base64.getDecoder().decode(secret.reveal()));
    }

    private static String body(ConnectionEvent event, Instant at, Connection connection) {
        Detail data = Detail.of("connection", event.connection().text())
                .with("organization", event.organization().text())
                .with("platform", connection.platform())
                .with("kind", connection.kind().wire())
                .with("name", connection.name())
                .with("because", event.because());
        String head =
                Detail.of("type", event.type().wire()).with("timestamp", at).json();
        return head.substring(0, head.length() - 1) + ",\"data\":" + data.json() + "}";
    }

    /// Each 2xx is success; 410 says that nobody wants to know any more. What may not be asked is a mistake of the
    /// configuration's, and can be once that is mended.
    private static Came read(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer(int status, var _, var _) when status / 100 == 2 -> new Came.Delivered();
            case Fetched.Answer(int status, var _, var _) when status == GONE -> new Came.Refused("410");
            case Fetched.Answer _, Fetched.Unreachable _ -> Came.of(fetched);
            case Fetched.Refused refused -> new Came.Failed(refused.word(), true);
        };
    }

    @Override
    public OutboxStore<ConnectionEvent> waiting() {
        return events;
    }

    @Override
    public Patience patience() {
        return PATIENCE;
    }

    @Override
    public String actor() {
        return "connections";
    }

    @Override
    public String about(ConnectionEvent event) {
        return "the hook of connections, of " + event.connection();
    }
}
