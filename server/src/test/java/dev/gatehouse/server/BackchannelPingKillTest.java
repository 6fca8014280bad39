package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed between a person's answer and the ping that tells the client of it (OpenID Connect CIBA
/// Core section 10.2): who comes next sends it, once.
class BackchannelPingKillTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    /// Where a client is told: nothing is heard of a connection until its caller is gone.
    private static final class Trap implements AutoCloseable {
        private final TestAuthority authority = new TestAuthority("pings");
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final HttpsServer host;

        Trap() throws IOException {
            host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))) {
                @Override
                public void configure(HttpsParameters parameters) {
                    called.countDown();
                    waited(open);
                    super.configure(parameters);
                }
            });
            host.createContext("/", exchange -> {
                try (exchange) {
                    heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                }
            });
            host.start();
        }

        private static void waited(CountDownLatch latch) {
            try {
                assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        String uri() {
            return "https://" + FakePlatform.HOST + ":" + host.getAddress().getPort();
        }

        String config(Path folder) throws IOException {
            Path trusted = Files.writeString(folder.resolve("pings.pem"), authority.pem());
            return "egress:\n  allow: [\"" + uri() + " " + trusted + "\"]\n";
        }

        String next() throws InterruptedException {
            String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("nothing came").isNotNull();
            return next;
        }

        @Override
        public void close() {
            open.countDown();
            host.stop(0);
        }
    }

    private static String pinging(JsonNode request) {
        return "{\"auth_req_id\":\"" + request.get("auth_req_id").asString() + "\"}";
    }

    @Test
    void whoComesNextTellsTheClientOnce() throws Exception {
        String token = "&client_notification_token=8d67dc78-7faa-4d41-aabd-67707b374255";
        try (Trap trap = new Trap()) {
            String block = trap.config(folder);
            BackchannelWorld before;
            JsonNode request;
            try (ServerProcess child = ServerProcess.start(folder, List.of(), block)) {
                before = new BackchannelWorld(
                        child.server(),
                        ",\"backchannel_token_delivery_mode\":\"ping\","
                                + "\"backchannel_client_notification_endpoint\":\"" + trap.uri() + "/told\"");
                request = before.begun(token);
                assertThat(before.answered("allow").text()).contains("Done");
                Trap.waited(trap.called);
                child.kill();
            }
            assertThat(trap.heard).as("what was killed has told nobody").isEmpty();
            trap.open.countDown();
            TestClock clock = new TestClock(Instant.now());
            clock.advance(Duration.ofMinutes(1)); // the lease of the dead
            try (RunningServer after = RunningServer.with(folder, clock, block)) {
                BackchannelWorld world = before.at(after);
                assertThat(trap.next()).isEqualTo(pinging(request));
                clock.advance(Duration.ofMinutes(2));
                JsonNode other = world.begun(token);
                assertThat(world.answered("allow").text()).contains("Done");
                assertThat(trap.next()).as("the first is not told again").isEqualTo(pinging(other));
                Got got = world.poll(request);
                assertThat(got.status()).as(got.text()).isEqualTo(200);
                assertThat(trap.heard).isEmpty();
            }
        }
    }
}
