package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The modules of the plan Basic (`oidcc-basic-certification-test-plan`) about what is told of people, and about
/// requests in objects.
class ConformanceClaimsTest {
    private static final List<String> OF_PROFILE = List.of(
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale");

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        client = suite.known("client_secret_basic");
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private JsonNode told(String scope, String... more) {
        JsonNode tokens = suite.flow(client, scope, more);
        assertThat(ConformanceSuite.said(tokens).has("name")).isFalse();
        return suite.userInfo(tokens).json();
    }

    private static void has(JsonNode told, List<String> claims) {
        for (String claim : claims) {
            assertThat(told.has(claim)).as(claim + " in " + told).isTrue();
        }
    }

    @Test
    @DisplayName("oidcc-scope-profile, -email, -address, -phone")
    void scopes() {
        has(told("openid profile"), OF_PROFILE);
        JsonNode email = told("openid email");
        has(email, List.of("email", "email_verified"));
        assertThat(email.get("email_verified").isBoolean()).isTrue();
        assertThat(email.has("name")).isFalse();
        assertThat(told("openid address").get("address").get("country").asString())
                .isEqualTo("US");
        JsonNode phone = told("openid phone");
        assertThat(phone.get("phone_number_verified").isBoolean()).isTrue();
    }

    @Test
    @DisplayName("oidcc-scope-all")
    void all() {
        JsonNode told = told("openid profile email address phone");
        has(told, OF_PROFILE);
        has(told, List.of("email", "email_verified", "address", "phone_number", "phone_number_verified"));
    }

    @Test
    @DisplayName("oidcc-claims-essential")
    void claimsEssential() {
        JsonNode told = told("openid", "claims", "{\"userinfo\":{\"name\":{\"essential\":true}}}");
        assertThat(told.get("name").asString()).isEqualTo("Alice Example");
        assertThat(told.has("nickname")).isFalse();
        JsonNode tokens = suite.flow(client, "openid", "claims", "{\"id_token\":{\"name\":{\"essential\":true}}}");
        assertThat(ConformanceSuite.said(tokens).get("name").asString()).isEqualTo("Alice Example");
    }

    @Test
    @DisplayName("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported")
    void unsignedRequestObject() {
        assertThat(algorithms()).doesNotContain("none");
        Map<String, String> request =
                ConformanceSuite.request(client, "openid", "request", "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.");
        assertThat(suite.authorize(suite.browser(), request)).containsEntry("error", "invalid_request_object");
    }

    @Test
    @DisplayName("oidcc-ensure-request-object-with-redirect-uri")
    void requestObjectWithRedirectUri() {
        Map<String, String> request = ConformanceSuite.request(
                client,
                "openid",
                "request",
                "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.",
                "redirect_uri",
                "https://suite.example.com/other");
        assertThat(suite.authorize(suite.browser(), request)).containsEntry("status", "400");
    }

    @Test
    @DisplayName("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported")
    void unsignedRequestUri() {
        String place = suite.keeping("/request", "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.");
        Client registered = suite.known("client_secret_basic", ",\"request_uris\":[\"" + place + "\"]");
        Map<String, String> request = ConformanceSuite.request(registered, "openid", "request_uri", place);
        assertThat(suite.authorize(suite.browser(), request)).containsEntry("error", "invalid_request_object");
        Map<String, String> other = ConformanceSuite.request(client, "openid", "request_uri", place);
        assertThat(suite.authorize(suite.browser(), other)).containsEntry("error", "invalid_request_uri");
    }

    private String algorithms() {
        return suite.server
                .call("orders", "GET", "/.well-known/openid-configuration")
                .json()
                .get("request_object_signing_alg_values_supported")
                .toString();
    }
}
