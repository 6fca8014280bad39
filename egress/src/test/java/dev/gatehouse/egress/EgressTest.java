package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched.Cause;
import dev.gatehouse.egress.Fetched.Reason;
import dev.gatehouse.testkit.ClosedPort;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes of requests (GAUNTLET J07, J08), through sockets on the loopback.
class EgressTest {
    private final Roads roads = new Roads();

    @Test
    void openedHostIsAsked() {
        try (PeerServer peer = PeerServer.answering(Roads.OK);
                Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", peer.port()))) {
            Fetched fetched = egress.fetch(new EgressRequest(
                    "POST",
                    "http://crm.test:" + peer.port() + "/token?x=1",
                    List.of(new Header("Authorization", "Bearer t")),
                    Bytes.of("a=b".getBytes(StandardCharsets.US_ASCII)),
                    100));
            assertThat(fetched).isInstanceOfSatisfying(Fetched.Answer.class, answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body().toArray()).asString().isEqualTo("hi");
            });
            assertThat(peer.heads())
                    .containsExactly("POST /token?x=1 HTTP/1.1\r\nHost: crm.test:" + peer.port()
                            + "\r\nAuthorization: Bearer t\r\nAccept-Encoding: identity\r\nConnection: close\r\n"
                            + "Content-Length: 3\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsAnAnswerThatNobodyFollows(int status) {
        try (PeerServer canary = PeerServer.answering(Roads.OK);
                PeerServer peer = PeerServer.answering("HTTP/1.1 " + status + " Moved\r\nLocation: http://canary.test:"
                        + canary.port() + "/\r\nContent-Length: 0\r\n\r\n");
                Egress egress = roads.egress(
                        Roads.always("127.0.0.1"),
                        Roads.plain("crm.test", peer.port()),
                        Roads.plain("canary.test", canary.port()))) {
            assertThat(egress.fetch(EgressRequest.get("http://crm.test:" + peer.port() + "/")))
                    .isInstanceOfSatisfying(
                            Fetched.Answer.class,
                            answer -> assertThat(answer.status()).isEqualTo(status));
            assertThat(canary.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host, evil.test",
        "connection, keep-alive",
        "Content-Length, 5",
        "Transfer-Encoding, chunked",
        "Cookie, a=b",
        "Upgrade, h2c",
        "Proxy-Authorization, x",
        "'X Y', z",
        "'X-A:', z",
        "'', z",
        "X-A, 'a\r\nX-B: c'",
        "X-A, 'a\nb'",
        "X-A, 'a\u0000b'",
        "X-A, 'é'"
    })
    void headersThatWouldMoveTheMessageAreRefused(String name, String value) {
        try (PeerServer peer = PeerServer.answering(Roads.OK);
                Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", peer.port()))) {
            assertThat(egress.fetch(new EgressRequest(
                            "GET",
                            "http://crm.test:" + peer.port() + "/",
                            List.of(new Header(name, value)),
                            Bytes.NONE,
                            100)))
                    .isEqualTo(new Fetched.Refused(Reason.REQUEST));
            assertThat(peer.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "TRACE", "CONNECT", "", "GET / HTTP/1.1\r\nX: y"})
    void methodsThatAreNoneAreRefused(String method) {
        try (Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", 80))) {
            assertThat(egress.fetch(new EgressRequest(method, "http://crm.test/", List.of(), Bytes.NONE, 100)))
                    .isEqualTo(new Fetched.Refused(Reason.REQUEST));
        }
    }

    @Test
    void nameThatIsNotThereIsSaidSo() {
        try (Egress egress = roads.egress(name -> {
            throw new UnknownHostException(name);
        })) {
            assertThat(egress.fetch(EgressRequest.get("https://nowhere.test/")))
                    .isEqualTo(new Fetched.Unreachable(Cause.NAME, false));
        }
    }

    @Test
    void nobodyListensIsSaidSoAndNothingWasSent() {
        try (ClosedPort closed = new ClosedPort();
                Egress egress = roads.egress(Roads.always("127.0.0.1"), Roads.plain("crm.test", closed.number()))) {
            assertThat(egress.fetch(EgressRequest.get("http://crm.test:" + closed.number() + "/")))
                    .isEqualTo(new Fetched.Unreachable(Cause.CONNECT, false));
        }
    }

    @Test
    void listenerHearsOfEveryRequestAndNoAddress() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Egress egress = new Egress(
                List.of(),
                Limits.DEFAULT,
                Roads.always("10.9.8.7"),
                System::nanoTime,
                (host, outcome, _) -> heard.add(host + " " + outcome.word() + " " + outcome))) {
            egress.fetch(EgressRequest.get("https://inside.test/"));
            egress.fetch(EgressRequest.get("nonsense"));
        }
        assertThat(heard)
                .containsExactly(
                        "inside.test refused_address Refused[reason=ADDRESS]", " refused_url Refused[reason=URL]");
    }
}
