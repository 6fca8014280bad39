package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET N04 on SQLite: what is done to the clock of the machine gives no token a longer life.
class ClockTest {
    private static final Duration SKEW = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TimeZone zone = TimeZone.getDefault();
    private RunningServer server;

    @AfterEach
    void stop() {
        TimeZone.setDefault(zone);
        server.close();
    }

    private Customer start(TestClock clock) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        return Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    private int call(String api, String token) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    private String mint(String api, Customer customer) {
        return server.mint(api, customer, "things:read");
    }

    private static JsonNode claims(String jwt) {
        String payload = jwt.split("\\.", -1)[1];
        return RunningServer.JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    /// How long a token says it lives.
    private static Duration life(String jwt) {
        return Duration.ofSeconds(
                claims(jwt).get("exp").asLong() - claims(jwt).get("iat").asLong());
    }

    /// A token is refused when its life and the skew are over, and not before its life is.
    private void lives(TestClock clock, String api, String token, Duration life) {
        clock.advance(life.minusMillis(1));
        assertThat(call(api, token)).isEqualTo(200);
        clock.advance(SKEW.plusMillis(1));
        assertThat(call(api, token)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anExpiredTokenDoesNotComeBackWhenTheClockIsSetBack(String api) throws IOException {
        TestClock clock = new TestClock();
        Customer customer = start(clock);
        Duration life = life(mint("orders", customer));
        String token = mint(api, customer);
        lives(clock, api, token, life);
        clock.advance(Duration.ofHours(1).negated());
        assertThat(call(api, token)).isEqualTo(401);
        assertThat(call(api, mint(api, customer))).isEqualTo(200);
    }

    @Test
    void aTokenMadeAfterTheClockWasSetBackIsNoOlderThanOneFromBefore() throws IOException {
        TestClock clock = new TestClock();
        Customer customer = start(clock);
        JsonNode before = claims(mint("orders", customer));
        clock.advance(Duration.ofHours(1).negated());
        JsonNode after = claims(mint("orders", customer));
        assertThat(after.get("iat").asLong())
                .isGreaterThanOrEqualTo(before.get("iat").asLong());
        assertThat(after.get("exp").asLong()).isLessThan(before.get("exp").asLong() + SKEW.toSeconds());
    }

    /// The last change is stored an hour before the clock goes back.
    @Test
    void anExpiredTokenDoesNotComeBackWithAStartAtAnEarlierTime() throws IOException {
        TestClock clock = new TestClock();
        Customer customer = start(clock);
        String token = mint("parcels", customer);
        Duration life = life(mint("orders", customer));
        lives(clock, "parcels", token, life);
        assertThat(server.admin("POST", "/v1/organizations", "{\"name\":\"later\"}")
                        .status())
                .isEqualTo(201);
        server.close();
        server = RunningServer.start(folder, new TestClock());
        assertThat(call("parcels", token)).isEqualTo(401);
        assertThat(call("parcels", mint("parcels", customer)))
                .as("let through to an upstream that is not there any more")
                .isEqualTo(503);
    }

    /// 2^31, 2^32 seconds, a second of 2038 that some count twice, and the end of the years of four digits.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2038-01-19T03:14:00Z",
                "2106-02-07T06:28:10Z",
                "2100-02-28T23:59:50Z",
                "2016-12-31T23:59:50Z",
                "9998-12-31T23:59:50Z"
            })
    void tokensLiveAcrossTheEndsOfNumbersAndYears(String moment) throws IOException {
        TestClock clock = new TestClock(Instant.parse(moment));
        Customer customer = start(clock);
        for (String api : new String[] {"orders", "parcels"}) {
            String jwt = mint("orders", customer);
            assertThat(claims(jwt).get("iat").asLong())
                    .isEqualTo(clock.instant().getEpochSecond());
            lives(clock, api, api.equals("orders") ? jwt : mint(api, customer), life(jwt));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29T00:59:50Z", "2026-10-25T00:59:50Z"})
    void tokensLiveAsLongAcrossAChangeToAndFromSummerTime(String moment) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        TestClock clock = new TestClock(Instant.parse(moment));
        Customer customer = start(clock);
        String jwt = mint("orders", customer);
        assertThat(server.admin("GET", "/v1/organizations/" + customer.organization(), "")
                        .json()
                        .get("created_at")
                        .asString())
                .isEqualTo(moment);
        lives(clock, "orders", jwt, life(jwt));
    }
}
