package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsFiles.ClientCertificates;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is spoken before HTTP.
class TlsTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    /// A client of one test: a client that resumes a session with an earlier server of the same port asks for the
    /// name it asked that one for.
    private final SSLContext anybody = CA.client(Optional.empty());
    private static final String GET = "GET /a HTTP/1.1\r\nHost: %s\r\n\r\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    })
    void modernVersionsAndSuitesAreSpoken(String version, String suite) throws IOException {
        try (TestBench bench = both();
                SSLSocket socket = limited(bench.port, version, suite);
                RawClient client = new RawClient(socket)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            assertThat(client.send(GET.formatted("localhost")).answer().status())
                    .isEqualTo(200);
            assertThat(bench.last.secure()).isTrue();
            assertThat(bench.last.certificate()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            })
    void otherSuitesAreRefused(String suite) throws Exception {
        try (TestBench bench = both()) {
            assertThat(TlsHello.answered(bench.port, TlsHello.TLS_1_2, suite)).isEqualTo(TlsHello.ALERT);
            assertThat(TlsHello.answered(bench.port, TlsHello.TLS_1_2, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                    .isEqualTo(TlsHello.HANDSHAKE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TlsHello.SSL_3, TlsHello.TLS_1_0, TlsHello.TLS_1_1})
    void earlierVersionsAreRefused(int version) throws Exception {
        try (TestBench bench = both()) {
            for (String suite :
                    List.of("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
                assertThat(TlsHello.answered(bench.port, version, suite)).isEqualTo(TlsHello.ALERT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"a.example, a.example", "x.b.example, *.b.example", "'', a.example", "stranger.example, a.example"})
    void theCertificateIsChosenByTheNameThatIsAskedFor(String sni, String shown) throws Exception {
        CA.issue("a.example").write(folder, "a");
        CA.issue("RSA", Instant.now().plus(Duration.ofDays(9)), "*.b.example").write(folder, "b");
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "a", "b"));
                SSLSocket socket = Tls.connect(anybody, bench.port, sni)) {
            assertThat(names(socket)).isEqualTo(List.of(List.of(2, shown)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, 200",
        "a.example, A.example:8443, 200",
        "a.example, b.example, 421",
        "a.example, x.b.example, 421",
        "x.b.example, y.b.example, 200",
        "x.b.example, a.example, 421",
        "x.b.example, b.example, 421",
        "'', a.example, 200",
        "'', x.b.example, 421",
        "stranger.example, stranger.example, 421",
        "stranger.example, a.example, 200",
        "a.example, 127.0.0.1, 421",
    })
    void aConnectionServesTheHostsOfItsCertificateOnly(String sni, String host, int status) throws IOException {
        CA.issue("a.example").write(folder, "a");
        CA.issue("*.b.example").write(folder, "b");
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "a", "b"))) {
            // The second connection resumes the session of the first.
            for (int i = 0; i < 2; i++) {
                try (RawClient client = new RawClient(Tls.connect(anybody, bench.port, sni))) {
                    assertThat(client.send(GET.formatted(host)).answer().status())
                            .isEqualTo(status);
                }
            }
            assertThat(bench.seen.get()).isEqualTo(status == 200 ? 2 : 0);
        }
    }

    @Test
    void newCertificatesAreShownWithoutLosingARequestOfOpenConnections() throws Exception {
        CA.issue("localhost").write(folder, "localhost");
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "localhost"));
                SSLSocket before = Tls.connect(anybody, bench.port, "localhost");
                RawClient kept = new RawClient(before)) {
            assertThat(kept.send(GET.formatted("localhost")).answer().status()).isEqualTo(200);
            TestAuthority.Issued next = CA.issue("localhost", "new.example").write(folder, "localhost");
            X509Certificate shown;
            Instant deadline = Instant.now().plusSeconds(60);
            do {
                assertThat(kept.send(GET.formatted("localhost")).answer().status())
                        .isEqualTo(200);
                try (SSLSocket after = Tls.connect(anybody, bench.port, "localhost");
                        RawClient fresh = new RawClient(after)) {
                    shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
                    assertThat(fresh.send(GET.formatted("localhost")).answer().status())
                            .isEqualTo(200);
                }
            } while (!shown.equals(next.certificate()) && Instant.now().isBefore(deadline));
            assertThat(shown).isEqualTo(next.certificate());
            assertThat(kept.send(GET.formatted("localhost")).answer().status()).isEqualTo(200);
            // What is served belongs to the certificate that the connection has shown.
            assertThat(kept.send(GET.formatted("new.example")).answer().status())
                    .isEqualTo(421);
        }
    }

    @Test
    void aRequiredCertificateMustBeThereAndBeSignedByTheAuthority() throws Exception {
        try (TestBench bench = clients(ClientCertificates.REQUIRE)) {
            TestAuthority.Issued mine = CA.issue("client.example");
            try (RawClient client = new RawClient(Tls.connect(CA.client(Optional.of(mine)), bench.port, "localhost"))) {
                assertThat(client.send(GET.formatted("localhost")).answer().status())
                        .isEqualTo(200);
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(mine.certificate().getEncoded());
                assertThat(bench.last.thumbprint())
                        .contains(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
            }
            TestAuthority.Issued stranger = new TestAuthority("ca").issue("client.example");
            for (SSLContext wrong : List.of(anybody, CA.client(Optional.of(stranger)))) {
                refused(wrong, bench);
            }
            assertThat(bench.seen.get()).isEqualTo(1);
        }
    }

    @Test
    void aWantedCertificateMayBeAbsentButNotAStrangers() throws IOException {
        try (TestBench bench = clients(ClientCertificates.WANT)) {
            try (RawClient client = new RawClient(Tls.connect(anybody, bench.port, "localhost"))) {
                assertThat(client.send(GET.formatted("localhost")).answer().status())
                        .isEqualTo(200);
                assertThat(bench.last.certificate()).isEmpty();
            }
            TestAuthority.Issued expired = CA.issue("EC", Instant.now().minus(Duration.ofDays(1)), "client.example");
            TestAuthority.Issued stranger = new TestAuthority("other").issue("client.example");
            // A client keeps a certificate back that no authority of the server has signed, unless told otherwise.
            refused(CA.client(Optional.of(expired)), bench);
            try (RawClient client =
                    new RawClient(Tls.connect(CA.client(Optional.of(stranger)), bench.port, "localhost"))) {
                assertThat(client.send(GET.formatted("localhost")).answer().status())
                        .isEqualTo(200);
                assertThat(bench.last.certificate()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\u0016", "\u0016\u0003\u0001\u0002\u0000\u0001", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void whatIsNoHandshakeOrDoesNotComeToItsEndIsEnded(String bytes) throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT, Tls.localhost(CA, folder));
                RawClient client = new RawClient(bench.port)) {
            assertThat(client.send(bytes).ended()).isTrue();
            assertThat(bench.seen.get()).isZero();
        }
    }

    @Test
    void aHeadThatDoesNotComeToItsEndIsEndedOverTlsToo() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT, Tls.localhost(CA, folder));
                RawClient client = new RawClient(Tls.connect(anybody, bench.port, "localhost"))) {
            assertThat(client.send("GET /a HTTP/1.1\r\nHost: local").ended()).isTrue();
            assertThat(bench.seen.get()).isZero();
        }
    }

    @Test
    void http2IsNotOfferedWhereItIsSwitchedOff() throws IOException {
        CA.issue("localhost").write(folder, "a");
        ListenerTls tls = ListenerTls.open(
                "test",
                new dev.gatehouse.server.tls.TlsFiles(
                        List.of(folder.resolve("a.pem")),
                        List.of(folder.resolve("a.key")),
                        Optional.empty(),
                        ClientCertificates.NONE,
                        false),
                java.time.InstantSource.system(),
                new java.security.SecureRandom());
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, tls);
                SSLSocket socket = Tls.connect(anybody, bench.port, "localhost", "h2", "http/1.1")) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    private void refused(SSLContext client, TestBench bench) {
        assertThatThrownBy(() -> {
                    // In TLS 1.3 a client learns only from the first read that it was not let in.
                    try (SSLSocket socket = Tls.connect(client, bench.port, "localhost")) {
                        socket.getOutputStream()
                                .write(GET.formatted("localhost").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                        if (socket.getInputStream().read() < 0) {
                            throw new SSLException("ended");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private TestBench clients(ClientCertificates clients) throws IOException {
        CA.issue("localhost").write(folder, "localhost");
        Path ca = Files.writeString(folder.resolve("ca.pem"), CA.pem());
        return new TestBench(
                TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, Optional.of(ca), clients, "localhost"));
    }

    /// One name with two certificates, EC and RSA.
    private TestBench both() throws IOException {
        CA.issue("localhost").write(folder, "ec");
        CA.issue("RSA", Instant.now().plus(Duration.ofDays(9)), "localhost").write(folder, "rsa");
        return new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "ec", "rsa"));
    }

    private SSLSocket limited(int port, String version, String suite) throws IOException {
        SSLSocket socket =
                (SSLSocket) anybody.getSocketFactory().createSocket(java.net.InetAddress.getLoopbackAddress(), port);
        socket.setEnabledProtocols(new String[] {version});
        socket.setEnabledCipherSuites(new String[] {suite});
        return socket;
    }

    private static Object names(SSLSocket socket) throws Exception {
        return List.copyOf(
                ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectAlternativeNames());
    }
}
