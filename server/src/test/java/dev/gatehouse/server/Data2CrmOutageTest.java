package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A platform whose own TLS fails while somebody connects: nothing is said of the credential, and nothing is
/// marked.
class Data2CrmOutageTest extends Data2CrmWorld {
    private void later(Got got) {
        refused(got, 503, "SERVICE_UNAVAILABLE");
        assertThat(got.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "user", "oAuth-internal", "oAuth-external-refresh"})
    void whoConnectsIsToldToComeAgain(String authorization) {
        String credential = switch (authorization) {
            case "key" -> KEY;
            case "user" -> USER;
            default ->
                "{\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"}"
                        .replace(authorization.endsWith("refresh") ? ",\"refresh_token\":\"refresh-0\"" : "!", "");
        };
        platform.growOld();
        later(create(authorization, credential));
        assertThat(send("GET", "/v1/application", "").json()).isEmpty();
        assertThat(platform.requests()).isEmpty();
        platform.growYoung();
        created(authorization, credential);
    }

    @Test
    void aCredentialStaysInItsPlace() {
        String key = created("key", KEY);
        platform.growOld();
        String path = "/v1/application/" + key;
        later(send("PUT", path, body("key", "{\"key\":\"another\"}", "x")));
        later(send("PUT", path, body("key", KEY, "x")));
        platform.growYoung();
        assertThat(send("GET", path, "").json().get("description").asString()).isEqualTo("key");
        assertThat(send("GET", path + "?fields=is_authorized", "")
                        .json()
                        .get("is_authorized")
                        .asBoolean())
                .isTrue();
        assertThat(call(key).status()).isEqualTo(200);
    }

    @Test
    void aBrowserThatComesBackHearsThatThePlatformIsAway() {
        Reader browser = new Reader(server, "orders");
        String back = agreed(sent(browser));
        platform.growOld();
        assertThat(hash(browser.open(back))).isEqualTo(Map.of("error", "unavailable"));
        assertThat(platform.requests()).isEmpty();
        platform.growYoung();
        assertThat(connected()).containsKeys("access_token", "refresh_token");
    }
}
