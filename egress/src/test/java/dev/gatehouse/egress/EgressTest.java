package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.egress.Fetched.Cause;
import dev.gatehouse.egress.Fetched.Reason;
import dev.gatehouse.testkit.ClosedPort;
import dev.gatehouse.testkit.TestAuthority;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where requests go and where they do not (GAUNTLET J06, J07, J08), through sockets on the loopback.
class EgressTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final List<String> looked = new CopyOnWriteArrayList<>();

    private Egress egress(Resolver resolver, Opening... openings) {
        return new Egress(
                List.of(openings),
                Limits.DEFAULT,
                name -> {
                    looked.add(name);
                    return resolver.resolve(name);
                },
                System::nanoTime,
                EgressListener.NONE);
    }

    private static Resolver always(String... addresses) {
        return _ -> {
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
                found.add(AddressBlock.numeric(address).orElseThrow());
            }
            return found;
        };
    }

    private static Opening plain(String host, int port) {
        return new Opening(false, host, port, Optional.empty());
    }

    /// Where nobody could see whose certificate it is, nothing is sent.
    @Test
    void whoShowsACertificateIsNotSentWithoutTls() {
        TestAuthority.Issued own = new TestAuthority("ca").issue();
        ClientIdentity identity =
                new ClientIdentity(List.of(own.certificate()), own.keys().getPrivate());
        try (PeerServer peer = PeerServer.answering(OK);
                Egress egress = egress(always("127.0.0.1"), plain("crm.test", peer.port()))) {
            EgressRequest request = EgressRequest.get("http://crm.test:" + peer.port() + "/");
            assertThat(egress.fetch(request.by(Optional.of(identity)))).isEqualTo(new Fetched.Refused(Reason.SCHEME));
            assertThat(peer.heads()).isEmpty();
        }
    }

    /// In TLS 1.3 a client hears of it only after it has sent the request. Of one that is missing a server of
    /// TLS 1.2 says no more than that the handshake failed. What alerts mean is in `AlertsTest`.
    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
    void certificateThatIsRefusedIsAHandshakeThatFailed(String version, boolean shows) {
        TestAuthority authority = new TestAuthority("ca");
        TestAuthority.Issued own = new TestAuthority("strangers").issue();
        Optional<ClientIdentity> identity = shows
                ? Optional.of(new ClientIdentity(
                        List.of(own.certificate()), own.keys().getPrivate()))
                : Optional.empty();
        try (PeerServer peer = PeerServer.distrusting(authority.issue("bank.test"), version);
                Egress egress = egress(
                        always("127.0.0.1"),
                        new Opening(true, "bank.test", peer.port(), Optional.of(authority.certificate())))) {
            EgressRequest request = EgressRequest.get("https://bank.test:" + peer.port() + "/");
            Fetched fetched = egress.fetch(request.by(identity));
            assertThat(fetched)
                    .as("an alert is lost where the server has gone before the client has said all")
                    .isIn(new Fetched.Unreachable(Cause.CERTIFICATE, false), new Fetched.Unreachable(Cause.TLS, false));
            assertThat(peer.heads()).isEmpty();
        }
    }

    /// What the client itself says of the server's is not said of its own.
    @Test
    void certificateOfTheServerThatIsRefusedIsNotTheClients() {
        TestAuthority.Issued own = new TestAuthority("ca").issue();
        ClientIdentity identity =
                new ClientIdentity(List.of(own.certificate()), own.keys().getPrivate());
        try (PeerServer peer = PeerServer.tls(new TestAuthority("stranger").issue("bank.test"), OK);
                Egress egress =
                        egress(always("127.0.0.1"), new Opening(true, "bank.test", peer.port(), Optional.empty()))) {
            EgressRequest request = EgressRequest.get("https://bank.test:" + peer.port() + "/");
            Fetched fetched = egress.fetch(request.by(Optional.of(identity)));
            assertThat(fetched).isEqualTo(new Fetched.Unreachable(Cause.TLS, false));
            assertThat(fetched.certificateRefused()).isFalse();
        }
    }

    @Test
    void openedHostIsAsked() {
        try (PeerServer peer = PeerServer.answering(OK);
                Egress egress = egress(always("127.0.0.1"), plain("crm.test", peer.port()))) {
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
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe81::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1"
            })
    void nameWithAnAddressThatIsNotPublicIsRefused(String address) {
        try (Egress egress = egress(always(address))) {
            assertThat(egress.fetch(EgressRequest.get("https://rebind.test/")))
                    .isEqualTo(new Fetched.Refused(Reason.ADDRESS));
        }
    }

    @Test
    void oneAddressThatIsNotPublicAmongOthersIsEnough() {
        try (Egress egress = egress(always("93.184.216.34", "2606:4700::1", "127.0.0.1"))) {
            assertThat(egress.fetch(EgressRequest.get("https://mixed.test/")))
                    .isEqualTo(new Fetched.Refused(Reason.ADDRESS));
        }
    }

    /// The name means this address at the first look-up and another at every later one: there is no later one.
    @Test
    void connectionGoesToTheAddressThatWasChecked() {
        AtomicInteger looks = new AtomicInteger();
        try (PeerServer first = PeerServer.on("127.0.0.1", 0, (_, out) -> out.write(bytes(OK)));
                PeerServer second = PeerServer.on("127.0.0.2", first.port(), (_, out) -> out.write(bytes(OK)));
                Egress egress = egress(
                        _ -> List.of(AddressBlock.numeric(looks.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")
                                .orElseThrow()),
                        plain("rebind.test", first.port()))) {
            assertThat(egress.fetch(EgressRequest.get("http://rebind.test:" + first.port() + "/")))
                    .isInstanceOf(Fetched.Answer.class);
            assertThat(looked).containsExactly("rebind.test");
            assertThat(first.connections()).isEqualTo(1);
            assertThat(second.connections()).isZero();
        }
    }

    @Test
    void nextAddressIsTriedWhenOneDoesNotAnswer() {
        try (PeerServer peer = PeerServer.answering(OK);
                Egress egress = egress(always("127.0.0.3", "127.0.0.1"), plain("two.test", peer.port()))) {
            assertThat(egress.fetch(EgressRequest.get("http://two.test:" + peer.port() + "/")))
                    .isInstanceOf(Fetched.Answer.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/, SCHEME",
        "https://example.com:22/, PORT",
        "https://example.com:25/, PORT",
        "https://example.com:6379/, PORT",
        "https://example.com:8443/, PORT",
        "https://127.0.0.1/, ADDRESS",
        "https://[::1]/, ADDRESS",
        "https://[::ffff:169.254.169.254]/, ADDRESS",
        "https://[64:ff9b::a9fe:a9fe]/, ADDRESS",
        "https://8.8.8.8/, ADDRESS",
        "https://127.1/, URL",
        "https://user@example.com/, URL",
        "gopher://example.com/, URL"
    })
    void whatNobodyOpenedIsRefusedWithoutAskingAnybody(String url, Reason reason) {
        try (Egress egress = egress(always("127.0.0.1"), new Opening(true, "example.com", 9443, Optional.empty()))) {
            assertThat(egress.fetch(EgressRequest.get(url))).isEqualTo(new Fetched.Refused(reason));
        }
        assertThat(looked).isEmpty();
    }

    /// An opening is one scheme, host and port: not its neighbours.
    @Test
    void openingOpensNothingBesides() {
        try (PeerServer peer = PeerServer.answering(OK);
                Egress egress = egress(always("127.0.0.1"), plain("crm.test", peer.port()))) {
            for (String url : List.of("http://x.crm.test:%d/", "http://crm.test:1%d/", "https://crm.test:%d/")) {
                assertThat(egress.fetch(EgressRequest.get(url.formatted(peer.port() % 10_000))))
                        .isInstanceOf(Fetched.Refused.class);
            }
            assertThat(peer.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsAnAnswerThatNobodyFollows(int status) {
        try (PeerServer canary = PeerServer.answering(OK);
                PeerServer peer = PeerServer.answering("HTTP/1.1 " + status + " Moved\r\nLocation: http://canary.test:"
                        + canary.port() + "/\r\nContent-Length: 0\r\n\r\n");
                Egress egress = egress(
                        always("127.0.0.1"), plain("crm.test", peer.port()), plain("canary.test", canary.port()))) {
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
        try (PeerServer peer = PeerServer.answering(OK);
                Egress egress = egress(always("127.0.0.1"), plain("crm.test", peer.port()))) {
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
        try (Egress egress = egress(always("127.0.0.1"), plain("crm.test", 80))) {
            assertThat(egress.fetch(new EgressRequest(method, "http://crm.test/", List.of(), Bytes.NONE, 100)))
                    .isEqualTo(new Fetched.Refused(Reason.REQUEST));
        }
    }

    @Test
    void nameThatIsNotThereIsSaidSo() {
        try (Egress egress = egress(name -> {
            throw new UnknownHostException(name);
        })) {
            assertThat(egress.fetch(EgressRequest.get("https://nowhere.test/")))
                    .isEqualTo(new Fetched.Unreachable(Cause.NAME, false));
        }
    }

    @Test
    void nobodyListensIsSaidSoAndNothingWasSent() {
        try (ClosedPort closed = new ClosedPort();
                Egress egress = egress(always("127.0.0.1"), plain("crm.test", closed.number()))) {
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
                always("10.9.8.7"),
                System::nanoTime,
                (host, outcome, _) -> heard.add(host + " " + outcome.word() + " " + outcome))) {
            egress.fetch(EgressRequest.get("https://inside.test/"));
            egress.fetch(EgressRequest.get("nonsense"));
        }
        assertThat(heard)
                .containsExactly(
                        "inside.test refused_address Refused[reason=ADDRESS]", " refused_url Refused[reason=URL]");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
