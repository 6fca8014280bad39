package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Clients that are told that a person has answered (OpenID Connect CIBA Core 1.0, ping), over HTTP.
class BackchannelPingTest {
    private static final String TOKEN = "8d67dc78-7faa-4d41-aabd-67707b374255";
    private static final String SENT = "&client_notification_token=" + TOKEN;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private PingListener listener;
    private RunningServer server;
    private BackchannelWorld world;

    @BeforeEach
    void start() throws IOException {
        listener = new PingListener();
        server = RunningServer.with(folder, clock, listener.config(folder));
        world = new BackchannelWorld(
                server,
                ",\"backchannel_token_delivery_mode\":\"ping\",\"backchannel_client_notification_endpoint\":\""
                        + listener.uri("/told?a=b") + "\"");
    }

    @AfterEach
    void stop() {
        server.close();
        listener.close();
    }

    /// The audit row of a notice that was given up.
    private JsonNode undelivered() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - until < 0) {
            JsonNode rows = server.admin("GET", "/v1/audit?verb=request.undelivered", "")
                    .json()
                    .get("items");
            if (!rows.isEmpty()) {
                return rows.get(0);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing was given up");
    }

    private void counted(String line) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!server.ops("/metrics").text().contains(line)) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("never " + line);
            }
        }
    }

    /// Section 10.2: and whoever is told may ask at once.
    @Test
    void aClientIsToldOfAYesAndFetchesWhatItWaitedFor() {
        JsonNode request = world.begun(SENT);
        assertThat(world.poll(request).json().get("error").asString()).isEqualTo("authorization_pending");
        assertThat(listener.waiting()).isZero();
        world.answered("allow");
        PingListener.Heard heard = listener.next();
        assertThat(heard.request()).isEqualTo("POST /told?a=b");
        assertThat(heard.authorization()).isEqualTo("Bearer " + TOKEN);
        assertThat(heard.type()).isEqualTo("application/json");
        assertThat(heard.body())
                .isEqualTo("{\"auth_req_id\":\"" + request.get("auth_req_id").asString() + "\"}");
        Got got = world.poll(request);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        counted("gatehouse_pings_delivered_total 1.0");
        clock.advance(Duration.ofMinutes(2));
        assertThat(listener.waiting()).isZero();
    }

    @Test
    void aClientIsToldOfANo() {
        JsonNode request = world.begun(SENT);
        world.answered("deny");
        assertThat(listener.next().body()).contains(request.get("auth_req_id").asString());
        BackchannelWorld.error(world.poll(request), "access_denied");
    }

    /// Redirects are followed nowhere (section 10.2), and what fails is tried again, by the node that comes
    /// next too.
    @Test
    void whatFailsIsTriedAgain() throws IOException {
        listener.answers(302);
        JsonNode request = world.begun(SENT);
        world.answered("allow");
        assertThat(listener.next().request()).isEqualTo("POST /told?a=b");
        counted("gatehouse_pings_failures_total 1.0");
        listener.answers(503);
        clock.advance(Duration.ofSeconds(10));
        assertThat(listener.next().request()).isEqualTo("POST /told?a=b");
        counted("gatehouse_pings_failures_total 2.0");
        listener.answers(204);
        server = server.restartedWith(folder, clock, listener.config(folder));
        clock.advance(Duration.ofSeconds(20));
        assertThat(listener.next().body()).contains(request.get("auth_req_id").asString());
    }

    @Test
    void whoeverHearsNothingIsGivenUpAndMayAsk() {
        listener.answers(500);
        JsonNode request = world.begun(SENT);
        world.answered("allow");
        listener.next();
        counted("gatehouse_pings_failures_total 1.0");
        clock.advance(Duration.ofMinutes(9));
        Got got = world.poll(request);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(undelivered().get("target").asString()).isEqualTo(world.application);
    }

    /// Of a person who answered while nobody listened.
    private void untold() {
        listener.answers(503);
        world.begun(SENT);
        world.answered("allow");
        listener.next();
        counted("gatehouse_pings_failures_total 1.0");
        listener.answers(204);
    }

    /// Who it is counts when it is told: a client that is held hears nothing.
    @Test
    void aClientThatIsHeldHearsNothing() {
        untold();
        Got held = server.admin("POST", "/v1/applications/" + world.application + "/hold", "{}");
        assertThat(held.status()).as(held.text()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(10));
        assertThat(undelivered().toString()).contains("stopped");
        assertThat(listener.waiting()).isZero();
    }

    /// Where it is told counts when it is told: it may have moved.
    @Test
    void aClientThatMovedIsToldThere() {
        untold();
        Got moved = world.changed("{\"backchannel_client_notification_endpoint\":\"" + listener.uri("/moved") + "\"}");
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(10));
        assertThat(listener.next().request()).isEqualTo("POST /moved");
        assertThat(listener.waiting()).isZero();
    }

    /// Section 7.1.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&client_notification_token=",
                "&client_notification_token=short",
                "&client_notification_token=with+a+space+in+the+middle",
                "&client_notification_token=%22quoted%22quoted%22quoted%22"
            })
    void aClientThatIsToldSaysWithWhat(String more) {
        BackchannelWorld.error(world.ask("scope=openid&login_hint=alice" + more), "invalid_request");
    }

    @Test
    void aTokenHasAtMost1024Characters() {
        String most = "a".repeat(1024);
        BackchannelWorld.error(
                world.ask("scope=openid&login_hint=alice&client_notification_token=a" + most), "invalid_request");
        world.begun("&client_notification_token=" + most);
    }

    /// GAUNTLET N03: neither the token nor the id of the request is stored.
    @Test
    void whatAClientIsToldWithIsSealed() throws IOException {
        JsonNode request = world.begun(SENT);
        server.close();
        String id = request.get("auth_req_id").asString();
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TOKEN, id, id.substring(4));
            }
        }
        server = server.restartedWith(folder, clock, listener.config(folder));
    }

    /// What does not go together is refused when it is written down (section 4: https).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"backchannel_token_delivery_mode\":null}",
                "{\"backchannel_token_delivery_mode\":\"push\"}",
                "{\"backchannel_client_notification_endpoint\":null}",
                "{\"backchannel_client_notification_endpoint\":\"http://127.0.0.1:1/x\"}",
                "{\"backchannel_client_notification_endpoint\":\"https://a.example/#x\"}",
                "{\"grant_types\":null}"
            })
    void termsThatContradictEachOtherAreRefused(String body) {
        assertThat(world.changed(body).status()).isEqualTo(400);
        Got got = server.admin("GET", "/v1/applications/" + world.application, "");
        assertThat(got.json().get("backchannel_token_delivery_mode").asString()).isEqualTo("ping");
        assertThat(got.json().get("backchannel_client_notification_endpoint").asString())
                .isEqualTo(listener.uri("/told?a=b"));
    }

    @Test
    void aClientThatOnlyAsksIsNotTold() {
        Got got = world.changed(
                "{\"backchannel_token_delivery_mode\":null," + "\"backchannel_client_notification_endpoint\":null}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode request = world.begun(SENT);
        world.answered("allow");
        assertThat(world.poll(request).status()).isEqualTo(200);
        assertThat(listener.waiting()).isZero();
    }
}
