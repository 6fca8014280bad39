package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody who has seen a signed call, or lost a key, tries with it.
class SignedAttacksTest extends SignedCalls {
    private Got posted(String body, String prefix, long time) {
        String signature = hmac(KEY, base("POST", "v1/events", "", body, time));
        return send("POST", prefix + "/v1/events", body, signature, "v1", Long.toString(time));
    }

    /// What changes something counts once, on whatever target and for as long as its time does; what does not
    /// may come again.
    @Test
    void aSignatureCountsOnceForWhatIsNotSafe() {
        long time = now();
        assertThat(posted("{\"a\":1}", "/prod/reporting", time).status()).isEqualTo(200);
        refused(posted("{\"a\":1}", "/prod/reporting", time), WRONG);
        refused(posted("{\"a\":1}", "/prod/reporting/other", time), WRONG);
        assertThat(posted("{\"a\":2}", "/prod/reporting", time).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        refused(posted("{\"a\":1}", "/prod/reporting", time), WRONG);
        assertThat(posted("{\"a\":1}", "/prod/reporting", time + 1).status()).isEqualTo(200);
        assertThat(events(KEY).status()).isEqualTo(200);
        assertThat(events(KEY).status()).as("safe").isEqualTo(200);
    }

    /// A caller is told no more than that it is wrong; the log says that it came again.
    @Test
    void aReplayHasAReasonOfItsOwn() {
        long time = now();
        assertThat(posted("{\"a\":1}", "/prod/reporting", time).status()).isEqualTo(200);
        try (LogTap log = new LogTap()) {
            refused(posted("{\"a\":1}", "/prod/reporting", time), WRONG);
            server.close();
            assertThat(log.text()).contains("replayed_signature").doesNotContain("wrong_signature");
        }
    }

    /// Whoever is refused for the sake of a signature has not used it up.
    @Test
    void queriesThatCouldBeOthersAreRefused() {
        String time = Long.toString(now());
        String signature = hmac(KEY, base("GET", "v1/events", "a%3D%221%22", "", now()));
        for (String query : List.of("a=1&b", "a=1&b=", "a=2&a=1", "a[]=2&a=1", "a=%2531", "a=1&a%5B%5D=1")) {
            refused(send("GET", "/prod/reporting/v1/events?" + query, "", signature, "v1", time), WRONG);
        }
        assertThat(send("GET", "/prod/reporting/v1/events?a=1", "", signature, "v1", time)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongSignatureIsNoGuess() {
        put(server.upstreamBase(), true, ",\"limits\":{\"guesses\":{\"requests\":1,\"seconds\":3600}}");
        for (int i = 0; i < 20; i++) {
            refused(events("another-signature-key"), WRONG);
        }
        assertThat(events(KEY).status()).isEqualTo(200);
    }

    @Test
    void aSigningKeyHasNeitherScopesNorRate() {
        for (String more : List.of(
                "\"scopes\":\"role\"",
                "\"scopes\":{\"inbenta\":[\"reporting\"]}",
                "\"rate\":{\"requests\":5,\"seconds\":60}")) {
            String member = more.substring(1, more.indexOf('"', 1));
            Got made = server.admin(
                    "POST",
                    "/v1/applications/" + application + "/credentials",
                    "{\"kind\":\"signing_key\",\"name\":\"w\"," + more + "}");
            assertThat(made.status()).as(made.text()).isEqualTo(400);
            assertThat(made.text()).contains(member);
            Got changed = server.admin("PATCH", "/v1/credentials/" + signingKey, "{" + more + "}");
            assertThat(changed.status()).as(changed.text()).isEqualTo(400);
            assertThat(changed.text()).contains(member);
        }
    }

    /// What is open ends with the key that it was asked for with, though the token goes on.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOpenAnswerEndsWithItsKey(boolean signed) throws IOException {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String there = "http://127.0.0.1:" + upstream.getLocalPort();
            put(there, signed, "");
            String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
            String head = "GET /prod/reporting/v1/events HTTP/1.1\r\nHost: inbenta.example\r\n";
            String[] headers = headers(token(), signature, "v1", Long.toString(now()));
            for (int i = 0; i < headers.length; i += 2) {
                head += headers[i] + ": " + headers[i + 1] + "\r\n";
            }
            try (RawClient client = server.connect("orders")) {
                client.send(head + "\r\n");
                try (Socket answering = RawClient.accepted(upstream)) {
                    answering
                            .getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                            + "Content-Length: 52428800\r\n\r\nbegin")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(client.answer(true).status()).isEqualTo(200);
                    assertThat(client.take(5)).isEqualTo(5);
                    if (signed) {
                        server.admin("POST", "/v1/credentials/" + signingKey + "/suspend", "{}");
                    } else {
                        put(there, true, "");
                    }
                    assertThat(client.ended()).isTrue();
                }
            }
        }
    }

    private void put(String upstream, boolean signed, String more) {
        long version = server.admin("GET", "/v1/apis/inbenta", "")
                .json()
                .get("version")
                .asLong();
        Got got = server.admin("PUT", "/v1/apis/inbenta", """
                {"version": %d, "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"],
                 "upstream": "%s", "scopes": {"reporting": {"description": "Reporting"}},
                 "routes": [{"methods": ["*"], "path": "/prod/reporting/**", "any": ["reporting"]%s}]%s}
                """.formatted(
                        version, server.base("orders"), upstream, signed ? ", \"signed\": true" : "", more));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// What cannot be decrypted is no wrong signature, and is not tried again at once.
    @Test
    void aKeyThatCannotBeReadIsNobodysFault() throws Exception {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                Statement damage = sql.createStatement()) {
            assertThat(damage.executeUpdate("UPDATE credential SET sealed = x'0102' WHERE kind = 'signing_key'"))
                    .isEqualTo(1);
        }
        server = server.restarted(folder, clock);
        try (LogTap log = new LogTap()) {
            assertThat(events(KEY).status()).isEqualTo(503);
            clock.advance(Duration.ofSeconds(20));
            assertThat(events(KEY).status()).isEqualTo(503);
            assertThat(log.text().split("cannot be decrypted", -1)).hasSize(2);
        }
    }
}
