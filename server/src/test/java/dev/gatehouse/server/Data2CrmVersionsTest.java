package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An older version of Data2CRM.API that goes: calls by it are limited, told, counted and ended in the words of the
/// dialect; the newer version and the applications stay as they are.
class Data2CrmVersionsTest extends Data2CrmWorld {
    private static final String LINK = "https://docs.example/v2";

    private Instant ends = Instant.MAX;

    @BeforeEach
    void twoVersions() {
        ends = clock.instant().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        String older = """
                {"methods": ["*"], "path": "/v1/**", "any": ["crm:use"],
                 "connection": {"header": "X-API2CRM-APPLICATION-KEY"}, "rate": {"requests": 2, "seconds": 86400},
                 "deprecated": {"since": "2026-01-01T00:00:00Z", "ends_at": "%s", "link": "%s"}},
                {"methods": ["*"], "path": "/v2/**", "any": ["crm:use"],
                 "connection": {"header": "X-API2CRM-APPLICATION-KEY"}}]}
                """.formatted(ends, LINK);
        String body = api(RETURN).replace("\"name\": \"data2crm\"", "\"version\": 0");
        Got changed = server.admin("PUT", "/v1/apis/" + api, body.substring(0, body.indexOf("{\"methods\"")) + older);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private Got newer(String key) {
        return send(acme, "GET", "/v2/contacts", "", APPLICATION_KEY, key);
    }

    private JsonNode callers() {
        return server.admin("GET", "/v1/apis/data2crm/retired-uses", "").json().get("items");
    }

    private JsonNode noted(int rows) {
        JsonNode trail = trail();
        for (int i = 0; i < 500 && trail.size() < rows; i++) {
            trail = trail();
        }
        return trail;
    }

    private JsonNode trail() {
        return server.admin("GET", "/v1/audit?verb=api.retired_use&limit=100", "")
                .json()
                .get("items");
    }

    @Test
    void callersOfTheOlderVersionAreToldAndCountedOnceADay() {
        String key = created("key", KEY);
        Got old = call(key);
        assertThat(old.status()).as(old.text()).isEqualTo(200);
        assertThat(old.header("Deprecation")).isEqualTo("@1767225600");
        assertThat(old.header("Sunset")).endsWith(" GMT");
        assertThat(old.header("Link")).isEqualTo("<" + LINK + ">; rel=\"deprecation\"");
        assertThat(call(key).status()).isEqualTo(200);
        assertThat(newer(key).headers().keySet()).doesNotContain("deprecation", "sunset", "link");
        assertThat(noted(1)).as("one row for a credential and a day").hasSize(1);
        JsonNode caller = callers().get(0);
        assertThat(callers()).hasSize(1);
        assertThat(caller.get("credential").asString()).isEqualTo(acme.apiKeyId());
        assertThat(caller.get("organization").asString()).isEqualTo(acme.organization());
        assertThat(caller.get("path").asString()).isEqualTo("/v1/**");
        assertThat(caller.get("last_day").asString())
                .isEqualTo(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
    }

    @Test
    void theOlderVersionHasARateOfItsOwn() {
        String key = created("key", KEY);
        assertThat(call(key).status()).isEqualTo(200);
        assertThat(call(key).status()).isEqualTo(200);
        Got late = call(key);
        refused(late, 429, "TOO_MANY_REQUESTS");
        assertThat(late.header("Retry-After")).isNotEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(newer(key).status()).isEqualTo(200);
        }
    }

    @Test
    void afterItsEndTheOlderVersionIsNotEnabledAndTheApplicationsStay() {
        String key = created("key", KEY);
        assertThat(call(key).status()).isEqualTo(200);
        clock.advance(Duration.between(clock.instant(), ends));
        refused(call(key), 403, "API_NOT_ENABLED");
        assertThat(newer(key).status()).isEqualTo(200);
        assertThat(send("GET", "/v1/application/" + key, "").status()).isEqualTo(200);
        assertThat(platform.calls()).hasSize(2);
    }
}
