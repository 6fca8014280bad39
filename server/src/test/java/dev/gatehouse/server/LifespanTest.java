package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// How long tokens live: what the request says, or the application, or the Api, within what the Api lets.
class LifespanTest extends LimitsFixture {
    private void tokens(String more) {
        change(api -> ((ObjectNode) api.get("tokens"))
                .setAll((ObjectNode) RunningServer.JSON.readTree("{\"life_seconds\":600" + more + "}")));
    }

    private Got ask(String more) {
        return server.token("orders", customer, "grant_type=client_credentials" + more);
    }

    private long life(String more) {
        Got got = ask(more);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("expires_in").asLong();
    }

    private Got ofApplication(String seconds) {
        return server.admin(
                "PATCH", "/v1/applications/" + customer.application(), "{\"token_life_seconds\":" + seconds + "}");
    }

    @ParameterizedTest
    @CsvSource({"60,60", "120,120", "3600,3600", "1,60", "59,60", "3601,3600", "999999999,3600"})
    void aRequestGetsTheLifeThatItAsksForWithinTheBounds(long asked, long got) {
        tokens(",\"min_life_seconds\":60,\"max_life_seconds\":3600");
        assertThat(life("&expires_in=" + asked)).isEqualTo(got);
        assertThat(life("")).isEqualTo(600);
    }

    @Test
    void whereNothingIsSaidAShorterLifeCanBeHadAndNoLongerOne() {
        tokens("");
        assertThat(life("&expires_in=5")).isEqualTo(5);
        assertThat(life("&expires_in=601")).isEqualTo(600);
    }

    @Test
    void tokensOfAnApplicationLiveAsLongAsItSays() {
        tokens(",\"max_life_seconds\":3600");
        assertThat(ofApplication("1800").json().get("token_life_seconds").asLong())
                .isEqualTo(1800);
        assertThat(life("")).isEqualTo(1800);
        assertThat(life("&expires_in=30")).isEqualTo(30);
        assertThat(ofApplication("86400").status()).isEqualTo(200);
        assertThat(life("")).isEqualTo(3600);
        assertThat(ofApplication("null").json().has("token_life_seconds")).isFalse();
        assertThat(life("")).isEqualTo(600);
        for (String wrong : new String[] {"0", "86401", "-1", "1.5", "\"60\""}) {
            assertThat(ofApplication(wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "abc", "060", "1e3", "9999999999"})
    void whatIsNoNumberOfSecondsIsInvalid(String asked) {
        Got got = ask("&expires_in=" + asked);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"min_life_seconds\":700",
                "\"max_life_seconds\":500",
                "\"max_life_seconds\":86401",
                "\"min_life_seconds\":0"
            })
    void theLifeOfAnApiIsBetweenItsBounds(String bounds) {
        Got got = server.admin(
                "POST",
                "/v1/apis",
                "{\"name\":\"odd\",\"issuer\":\"https://odd.test\",\"tokens\":{\"life_seconds\":600," + bounds + "}}");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
    }

    /// A service that knows only the keys takes a token until it ends, and somebody may have asked for the
    /// longest.
    @Test
    void aReceiptReckonsWithTheLongestLife() {
        change(api -> {
            ((ObjectNode) api.get("tokens"))
                    .put("format", "jwt")
                    .put("life_seconds", 600)
                    .put("max_life_seconds", 3600);
        });
        Got revoked = server.admin("POST", "/v1/credentials/" + customer.secretId() + "/revoke", "");
        assertThat(revoked.status()).isEqualTo(200);
        Instant end = Instant.parse(revoked.json().at("/receipt/offline_until").asString());
        assertThat(end).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(1)));
    }
}
