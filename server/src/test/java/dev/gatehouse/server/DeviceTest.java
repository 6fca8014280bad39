package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 8628, as a device sees it.
class DeviceTest {
    @TempDir
    Path folder;

    private DeviceWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new DeviceWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /// Sections 3.1 to 3.5.
    @Test
    void aPersonSaysYesToADevice() {
        JsonNode device = world.begun();
        assertThat(device.get("device_code").asString()).matches("gtd_[A-Za-z0-9_-]{43}");
        assertThat(device.get("user_code").asString()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        String page = world.server.base("orders") + DeviceWorld.PAGE;
        assertThat(device.get("verification_uri").asString()).isEqualTo(page);
        assertThat(device.get("verification_uri_complete").asString())
                .isEqualTo(page + "?user_code=" + device.get("user_code").asString());
        assertThat(device.get("expires_in").asLong()).isEqualTo(600);
        assertThat(device.get("interval").asLong()).isEqualTo(5);
        assertThat(world.error(world.poll(device))).isEqualTo("authorization_pending");
        world.reader.signIn(world.alice);
        Got question = world.type(
                device.get("user_code").asString().toLowerCase(Locale.ROOT).replace('-', ' '));
        assertThat(question.text())
                .contains(
                        "Allow Television?",
                        "See things",
                        "shows the code " + device.get("user_code").asString());
        assertThat(world.reader.send(DeviceWorld.PAGE, "decision", "allow").text())
                .contains("Done");
        world.clock.advance(Duration.ofSeconds(6));
        Got got = world.poll(device);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("scope").asString()).isEqualTo("offline_access things:read");
        assertThat(world.server
                        .call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + got.json().get("access_token").asString())
                        .status())
                .isEqualTo(200);
        Got next = world.server.token(
                "orders",
                "grant_type=refresh_token&client_id=" + world.television + "&refresh_token="
                        + got.json().get("refresh_token").asString());
        assertThat(next.status()).as(next.text()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(6));
        assertThat(world.error(world.poll(device))).as("once").isEqualTo("invalid_grant");
        assertThat(world.reader.open("/oauth2/account").text()).contains("Television");
    }

    @Test
    void whoeverAsksTooSoonIsToldSo() {
        JsonNode device = world.begun();
        assertThat(world.error(world.poll(device))).isEqualTo("authorization_pending");
        assertThat(world.error(world.poll(device))).isEqualTo("slow_down");
        world.clock.advance(Duration.ofSeconds(6));
        assertThat(world.error(world.poll(device)))
                .as("five seconds more from now on")
                .isEqualTo("slow_down");
        world.clock.advance(Duration.ofSeconds(16));
        assertThat(world.error(world.poll(device))).isEqualTo("authorization_pending");
    }

    @Test
    void aPersonSaysNo() {
        JsonNode device = world.begun();
        assertThat(world.decide(device, "deny").text()).contains("Not allowed");
        assertThat(world.error(world.poll(device))).isEqualTo("access_denied");
        assertThat(world.type(device.get("user_code").asString()).status()).isEqualTo(400);
    }

    @Test
    void nobodyAnswersInTime() {
        JsonNode device = world.begun();
        world.clock.advance(Duration.ofSeconds(601));
        assertThat(world.error(world.poll(device))).isEqualTo("expired_token");
        world.reader.signIn(world.alice);
        assertThat(world.type(device.get("user_code").asString()).text()).contains("No device waits with this code");
    }

    @Test
    void aYesInTheLastMomentCounts() {
        JsonNode device = world.begun();
        world.clock.advance(Duration.ofSeconds(598));
        assertThat(world.decide(device, "allow").status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.poll(device).status()).isEqualTo(200);
    }

    @Test
    void aYesIsFetchedSoon() {
        JsonNode device = world.begun();
        world.clock.advance(Duration.ofSeconds(598));
        assertThat(world.decide(device, "allow").status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(61));
        assertThat(world.error(world.poll(device))).isEqualTo("invalid_grant");
    }

    /// Nobody fills the room of a client that anybody can use from a few addresses.
    @Test
    void oneAddressHasFewDevicesWait() {
        String form = "client_id=" + world.television + "&scope=things%3Aread";
        int waiting = 0;
        while (world.ask(form).status() == 200) {
            waiting++;
            assertThat(waiting).isLessThan(DeviceStore.MAX_WAITING / 20);
        }
        assertThat(world.ask(form).status()).isEqualTo(429);
        assertThat(waiting).isGreaterThanOrEqualTo(10);
    }

    /// GAUNTLET B04, C07.
    @Test
    void whoMayNotAndWhatIsNoCode() {
        String other = Setup.deviceClient(world.server, "Page", "[\"authorization_code\"]");
        assertThat(world.error(world.ask("client_id=" + other))).isEqualTo("unauthorized_client");
        assertThat(world.ask("client_id=nobody").status()).isEqualTo(401);
        assertThat(world.ask("scope=openid").status()).isEqualTo(401);
        assertThat(world.server.call("orders", "GET", DeviceWorld.ENDPOINT).status())
                .isEqualTo(405);
        assertThat(world.error(world.ask("client_id=" + world.television + "&scope=%22")))
                .isEqualTo("invalid_scope");
        assertThat(world.error(world.ask("client_id=" + world.television + "&resource=https%3A%2F%2Felse.example")))
                .isEqualTo("invalid_target");
        JsonNode device = world.begun();
        String second = Setup.deviceClient(world.server, "Radio", "[\"" + DeviceWorld.GRANT + "\"]");
        assertThat(world.error(world.poll(device, second))).isEqualTo("invalid_grant");
        assertThat(world.error(world.poll(device, other))).isEqualTo("unauthorized_client");
        String code = device.get("device_code").asString();
        for (String form : List.of(
                "grant_type=authorization_code&client_id=" + other + "&code=" + code + "&code_verifier="
                        + Landing.VERIFIER,
                "grant_type=refresh_token&client_id=" + world.television + "&refresh_token=" + code,
                "grant_type=" + DeviceWorld.GRANT + "&client_id=" + world.television + "&device_code=" + code + "x",
                "grant_type=" + DeviceWorld.GRANT + "&client_id=" + world.television + "&device_code="
                        + device.get("user_code").asString())) {
            assertThat(world.error(world.server.token("orders", form))).as(form).isEqualTo("invalid_grant");
        }
        assertThat(world.error(world.server.token(
                        "orders", "grant_type=" + DeviceWorld.GRANT + "&client_id=" + world.television)))
                .isEqualTo("invalid_request");
        assertThat(world.error(world.poll(device)))
                .as("which left it as it was")
                .isEqualTo("authorization_pending");
    }

    /// GAUNTLET G01: what the person saw is what there is.
    @Test
    void noMoreIsGrantedThanWasAsked() {
        JsonNode device = world.begun("things:read things:admin");
        assertThat(world.decide(device, "allow").text()).contains("Done");
        assertThat(world.poll(device).json().get("scope").asString()).isEqualTo("things:read");
    }

    /// GAUNTLET D06.
    @Test
    void whoeverIsStoppedMeanwhileGivesNothing() {
        JsonNode device = world.begun();
        world.decide(device, "allow");
        assertThat(world.server
                        .admin("POST", "/v1/users/" + world.alice.id() + "/suspend", "")
                        .status())
                .isEqualTo(200);
        assertThat(world.error(world.poll(device))).isEqualTo("invalid_grant");
    }

    /// RFC 9449 section 5.
    @Test
    void theTokenIsBoundToTheKeyThatTheDeviceProves() {
        JsonNode device = world.begun();
        world.decide(device, "allow");
        ProofKey key = ProofKey.draw();
        Got got = world.poll(
                device,
                world.television,
                "DPoP",
                key.proof("POST", world.server.base("orders") + "/oauth2/token", world.clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        Got refreshed = world.server.token(
                "orders",
                "grant_type=refresh_token&client_id=" + world.television + "&refresh_token="
                        + got.json().get("refresh_token").asString());
        assertThat(world.error(refreshed))
                .as("the refresh token is bound too")
                .isIn("invalid_grant", "invalid_dpop_proof");
    }

    @Test
    void theDocumentSaysWhere() {
        JsonNode document = world.server
                .call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("device_authorization_endpoint").asString())
                .isEqualTo(world.server.base("orders") + DeviceWorld.ENDPOINT);
        assertThat(document.get("grant_types_supported").toString()).contains(DeviceWorld.GRANT);
    }
}
