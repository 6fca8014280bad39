package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.HookServer.Told;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server of the operator's hears of connections that fail and that work again (Standard Webhooks).
class ConnectionEventsTest {
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final FakePlatform platform = new FakePlatform();
    private HookServer hook;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        hook = new HookServer();
        server = RunningServer.with(folder, clock, hook.config(platform, folder));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
        hook.close();
    }

    private static String mac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void failingAndRecoveredAreToldOnceEachAndSigned() throws Exception {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.FAILS);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        Told failing = hook.next();
        assertThat(failing.type()).isEqualTo("connection.failing");
        JsonNode data = failing.json().get("data");
        assertThat(data.get("connection").asString()).isEqualTo(id);
        assertThat(data.get("organization").asString())
                .isEqualTo(connected.customer().organization());
        assertThat(data.get("name").asString()).isEqualTo("crm");
        assertThat(data.get("platform").asString()).isEqualTo("Fake");
        assertThat(data.get("because").asString()).contains("500");
        String signed = failing.id() + "." + failing.time() + "." + failing.body();
        assertThat(failing.signatures())
                .isEqualTo("v1," + mac(HookServer.SECRET, signed) + " v1," + mac(HookServer.OLDER, signed));
        assertThat(failing.body()).doesNotContain("refresh-0", "access-0");

        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofMinutes(6));
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        Told recovered = hook.next();
        assertThat(recovered.type()).isEqualTo("connection.recovered");
        assertThat(recovered.id()).isNotEqualTo(failing.id());
        assertThat(hook.told()).isEmpty();
    }

    @Test
    void whoDoesNotAnswerIsToldAgainUnderTheSameId() throws Exception {
        hook.answers(500);
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(424);
        Told first = hook.next();
        assertThat(first.type()).isEqualTo("connection.needs_reauth");
        hook.answers(200);
        Told second = null;
        while (second == null) {
            clock.advance(Duration.ofSeconds(10));
            second = hook.told().poll(2, TimeUnit.SECONDS);
        }
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo(first.body());

        platform.mood(Mood.GIVES);
        Got again = server.admin(
                "PUT",
                "/v1/connections/" + id + "/credential",
                "{\"credential\":{\"access_token\":\"ended\",\"refresh_token\":\"refresh-0\"}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(hook.next().type()).isEqualTo("connection.recovered");
        assertThat(server.ops("/metrics").text())
                .contains("gatehouse_egress_requests_seconds_count{outcome=\"5xx\",use=\"events\"}")
                .contains("gatehouse_egress_requests_seconds_count{outcome=\"4xx\",use=\"platforms\"}");
    }
}
