package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are replaced while callers open connections and use open ones: none fails.
class CertificateSwapUnderLoadTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private static final String GET = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int SWAPS = 2;
    private static final int ON_A_KEPT_CONNECTION = 30;
    private static final int MOST = 50_000;

    @TempDir
    Path folder;

    private final Set<Certificate> issued = ConcurrentHashMap.newKeySet();

    @Test
    void noConnectionFailsWhileCertificatesAreReplaced() throws Exception {
        issue();
        AtomicBoolean over = new AtomicBoolean();
        try (TestBench bench = new TestBench(TestBench::ok, HttpLimits.DEFAULT, Tls.listener(folder, "localhost"));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                callers.add(threads.submit(() -> load(bench.port, over)));
            }
            try {
                for (int i = 0; i < SWAPS; i++) {
                    shownSooner(bench.port, issue());
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
        }
    }

    private Certificate issue() throws IOException {
        TestAuthority.Issued next = CA.issue("localhost");
        issued.add(next.certificate());
        return next.write(folder, "localhost").certificate();
    }

    /// Opens connections until one is shown this certificate.
    private void shownSooner(int port, Certificate expected) throws IOException {
        SSLContext context = CA.client(Optional.empty());
        Certificate shown = opened(context, port);
        for (int i = 0; i < MOST && !shown.equals(expected); i++) {
            kept(context, port);
            shown = opened(context, port);
        }
        assertThat(shown).isEqualTo(expected);
    }

    /// How many connections were opened; every other one by a caller that has no session to resume.
    private int load(int port, AtomicBoolean over) throws IOException {
        SSLContext resuming = CA.client(Optional.empty());
        int count = 0;
        while (count < MOST && !over.get()) {
            assertThat(issued).contains(opened(resuming, port));
            assertThat(issued).contains(opened(CA.client(Optional.empty()), port));
            kept(resuming, port);
            count += 3;
        }
        return count;
    }

    private static Certificate opened(SSLContext context, int port) throws IOException {
        try (SSLSocket socket = Tls.connect(context, port, "localhost");
                RawClient client = new RawClient(socket)) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static void kept(SSLContext context, int port) throws IOException {
        try (RawClient client = new RawClient(Tls.connect(context, port, "localhost"))) {
            for (int i = 0; i < ON_A_KEPT_CONNECTION; i++) {
                assertThat(client.send(GET).answer().status()).isEqualTo(200);
            }
        }
    }
}
