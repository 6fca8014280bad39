package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET M04: connections that hold a place and say nothing, or half of something, keep nobody else waiting and
/// are ended.
class TlsCrowdTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final String GET = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int EACH = 12;

    @TempDir
    Path folder;

    private final SSLContext anybody = CA.client(Optional.empty());
    private final List<RawClient> crowd = new ArrayList<>();

    private RawClient plain(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private RawClient shaken(int port, String... alpn) throws IOException {
        return new RawClient(Tls.connect(anybody, port, "localhost", alpn));
    }

    @Test
    void aSilentCrowdKeepsNobodyWaitingAndIsEnded() throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok, TestBench.SHORT, Tls.localhost(CA, folder))) {
            for (int i = 0; i < EACH; i++) {
                crowd.add(plain(bench.port)); // connected and silent
                crowd.add(plain(bench.port).send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003"));
                crowd.add(shaken(bench.port)); // idle
                crowd.add(shaken(bench.port).send("GET /a HTTP/1.1\r\nHost: local"));
                crowd.add(shaken(bench.port, "h2").send("PRI * HTTP/2.0\r\n\r\nSM\r\n"));
                good(bench);
            }
            assertThat(bench.seen.get()).as("good calls only").isEqualTo(EACH);
            for (RawClient one : crowd) {
                assertThat(one.ended()).isTrue();
                one.close();
            }
            good(bench);
            assertThat(bench.seen.get()).isEqualTo(EACH + 1);
        }
    }

    private void good(TestBench bench) throws IOException {
        try (RawClient good = shaken(bench.port)) {
            assertThat(good.send(GET).answer().status()).isEqualTo(200);
        }
    }
}
