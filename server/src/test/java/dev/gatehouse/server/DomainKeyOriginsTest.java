package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What may be registered as the origins of a domain key (GAUNTLET I04, I05).
class DomainKeyOriginsTest extends DomainKeysFixture {
    /// GAUNTLET I04, I05.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "*.com",
                "https://*.com",
                "https://*.co.uk",
                "https://*.github.io",
                "https://example.com|.*",
                "https://example.com/",
                "http://example.com",
                "https://straße.example"
            })
    void whatIsNoPatternOrForStrangersIsNotRegistered(String origin) {
        Got got = server.admin(
                "POST",
                "/v1/applications/" + customer.application() + "/credentials",
                Pages.keyBody("orders", "things:read", origin));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString()).isEqualTo("invalid_field");
    }

    @Test
    void aDomainKeyNamesOriginsAndBrowserSafeScopesAndOtherKeysNoOrigins() {
        String path = "/v1/applications/" + customer.application() + "/credentials";
        assertThat(server.admin("POST", path, "{\"kind\":\"domain_key\",\"name\":\"k\"}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("missing_field");
        assertThat(server.admin("POST", path, Pages.keyBody("orders", "things:write", ORIGIN))
                        .text())
                .contains("things:write");
        assertThat(server.admin(
                                "POST",
                                path,
                                "{\"kind\":\"domain_key\",\"name\":\"k\",\"scopes\":\"role\",\"origins\":[\"" + ORIGIN
                                        + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("POST", path, "{\"kind\":\"api_key\",\"name\":\"k\",\"origins\":[\"" + ORIGIN + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("PATCH", "/v1/credentials/" + customer.apiKeyId(), "{\"origins\":[\"" + ORIGIN + "\"]}")
                        .status())
                .isEqualTo(400);
        JsonNode shown = Pages.key(server, customer, "orders", "https://bücher.example");
        assertThat(shown.get("origins").get(0).asString()).isEqualTo("https://xn--bcher-kva.example");
        assertThat(shown.get("secret").asString()).startsWith("ghd_live_");
        assertThat(server.admin(
                                "PATCH",
                                "/v1/credentials/" + shown.get("id").asString(),
                                "{\"scopes\":{\"orders\":[\"things:write\"]}}")
                        .status())
                .isEqualTo(400);
    }
}
