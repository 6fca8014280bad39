package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform.Mood;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The whole story of a customer of Data2CRM.API, and its applications.
class Data2CrmTest extends Data2CrmWorld {
    @Test
    void aCustomerConnectsInFourWaysAndNeverChangesAnything() throws IOException {
        String byKey = created("key", KEY);
        String byUser = created("user", USER);
        Map<String, String> given = connected();
        assertThat(given)
                .containsEntry("instance_url", "https://fake.test:" + platform.port() + "/api")
                .containsEntry("access_token", "access-1")
                .containsEntry("refresh_token", "refresh-1")
                .hasSize(3);
        String internal = created("oAuth-internal", json(given));
        String external = created("oAuth-external-refresh", "{\"access_token\":\"access-1\"}");
        List<String> all = List.of(byKey, byUser, internal, external);
        assertThat(all).allMatch(key -> call(key).status() == 200);
        assertThat(platform.calls().getLast().target()).isEqualTo("/api/contacts");
        assertThat(platform.calls())
                .noneMatch(call -> call.names("x-api2crm-user-key") || call.names("x-api2crm-application-key"));

        platform.expire();
        Got expired = call(external);
        refused(expired, 401, "UNAUTHORIZED");
        restart();
        clock.advance(Duration.ofMinutes(2));
        assertThat(call(internal).status()).isEqualTo(200);
        assertThat(platform.given()).isEqualTo(2);
        assertThat(send(
                                "PUT",
                                "/v1/application/" + external,
                                body("oAuth-external-refresh", "{\"access_token\":\"access-2\"}", "again"))
                        .text())
                .contains(external);
        assertThat(call(external).status()).isEqualTo(200);

        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        clock.advance(Duration.ofMinutes(6));
        refused(call(internal), 401, "UNAUTHORIZED");
        refused(call(internal), 401, "UNAUTHORIZED");
        platform.mood(Mood.GIVES);
        Got again = send("PUT", "/v1/application/" + internal, body("oAuth-internal", json(connected()), "again"));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("key").asString()).isEqualTo(internal);
        assertThat(call(internal).status()).isEqualTo(200);
        assertThat(call(byKey).status()).isEqualTo(200);

        try (Stream<Path> files = Files.list(server.database().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("platform-key-1", "platform-pass-1", "access-1", "refresh-1", acme.apiKey());
            }
        }
    }

    /// Not the tokens: who handed what to which page.
    @Test
    void theTrailSaysThatTokensWereHandedOver() {
        connected();
        assertThat(server.admin("GET", "/v1/audit?verb=connect.hand_over", "").text())
                .containsOnlyOnce("connect.hand_over")
                .contains("Fake", RETURN)
                .doesNotContain("access-1", "refresh-1");
    }

    @Test
    void applicationsAreListedCountedChangedAndDeleted() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keys.add(created("key", KEY));
        }
        assertThat(keys).allMatch(key -> key.matches("[0-9a-f]{32}")).doesNotHaveDuplicates();
        assertThat(send("GET", "/v1/application/count", "").json().get("total").asInt())
                .isEqualTo(3);
        JsonNode all = send("GET", "/v1/application", "").json();
        assertThat(all.isArray()).isTrue();
        assertThat(all)
                .hasSize(3)
                .allSatisfy(one ->
                        assertThat(one.propertyNames()).containsExactly("key", "type", "authorization", "description"));
        assertThat(send("GET", "/v1/application?page_size=2&page=2", "").json()).hasSize(1);
        assertThat(send("GET", "/v1/application?page_size=2&page=99999999", "").json())
                .isEmpty();

        Got said = send("PUT", "/v1/application/" + keys.getFirst(), "{\"description\":\"Vertrieb Süd\"}");
        assertThat(said.json().get("key").asString()).isEqualTo(keys.getFirst());
        Got one = send("GET", "/v1/application/" + keys.getFirst(), "");
        assertThat(one.json().get("description").asString()).isEqualTo("Vertrieb Süd");
        assertThat(one.json().get("type").asString()).isEqualTo("Fake");
        assertThat(one.json().get("authorization").asString()).isEqualTo("key");
        assertThat(one.text()).doesNotContain("platform-key");

        Got gone = send("DELETE", "/v1/application/" + keys.getFirst(), "");
        assertThat(gone.status()).as(gone.text()).isEqualTo(204);
        assertThat(gone.text()).isEmpty();
        refused(send("GET", "/v1/application/" + keys.getFirst(), ""), 404, "ENTITY_NOT_FOUND");
        refused(send("DELETE", "/v1/application/" + keys.getFirst(), ""), 404, "ENTITY_NOT_FOUND");
        refused(call(keys.getFirst()), 401, "SERVICE_UNAUTHORIZED");
        assertThat(send("GET", "/v1/application/count", "").json().get("total").asInt())
                .isEqualTo(2);
    }

    /// Which fault is whose: our keys, the platform's credential, the rights of its user.
    @Test
    void everyRefusalSaysWhoseItIs() {
        String key = created("key", KEY);
        refused(server.send("orders", "GET", "/v1/contacts", "", APPLICATION_KEY, key), 401, "SERVICE_UNAUTHORIZED");
        refused(server.send("orders", "GET", "/v1/application", ""), 401, "SERVICE_UNAUTHORIZED");
        refused(
                server.send("orders", "GET", "/v1/application", "", USER_KEY, "0123456789abcdef0123456789abcdef"),
                401,
                "SERVICE_UNAUTHORIZED");
        refused(send("GET", "/v1/contacts", ""), 401, "SERVICE_UNAUTHORIZED");
        refused(call("0123456789abcdef0123456789abcdef"), 401, "SERVICE_UNAUTHORIZED");
        refused(call("nonsense"), 401, "SERVICE_UNAUTHORIZED");
        refused(send(acme, "GET", "/v1/forbidden", "", APPLICATION_KEY, key), 403, "NOT_ALLOWED");
        refused(send(acme, "GET", "/v1/unauthorized", "", APPLICATION_KEY, key), 401, "UNAUTHORIZED");
        assertThat(call(key).status()).as("neither has ended the application").isEqualTo(200);
        assertThat(send(acme, "GET", "/v1/application", "", APPLICATION_KEY, key)
                        .status())
                .as("an application key too many is no fault")
                .isEqualTo(200);
    }

    /// GAUNTLET H01, J08.
    @Test
    void applicationsOfOthersAreNotThere() {
        String key = created("key", KEY);
        Customer other = customer("other", "crm:use", "applications:manage");
        for (String method : List.of("GET", "DELETE", "PUT")) {
            refused(send(other, method, "/v1/application/" + key, "{}"), 404, "ENTITY_NOT_FOUND");
        }
        refused(send(other, "GET", "/v1/contacts", "", APPLICATION_KEY, key), 401, "SERVICE_UNAUTHORIZED");
        assertThat(send(other, "GET", "/v1/application", "").json()).isEmpty();
        Customer reader = customer("reader", "crm:use");
        refused(send(reader, "GET", "/v1/application", ""), 403, "NOT_ALLOWED");
        refused(send(reader, "POST", "/v1/application", body("key", KEY, "")), 403, "NOT_ALLOWED");
        assertThat(send(reader, "GET", "/v1/platform/Fake", "").status()).isEqualTo(200);
        assertThat(call(key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"type":"Nobody","authorization":"key","credential":{"key":"x"}}                   | 400 | NOT_VALID
            {"type":"Fake","authorization":"oauth_internal","credential":{"key":"x"}}          | 400 | NOT_VALID
            {"type":"Fake","authorization":"client_credentials","credential":{"client_id":"x"}}| 400 | NOT_VALID
            {"type":"Fake","authorization":"key","credential":{}}                              | 400 | NOT_VALID
            {"type":"Fake","authorization":"key","credential":{"key":"x","other":"y"}}         | 400 | NOT_VALID
            {"type":"Fake","authorization":"user","credential":{"email":"a","username":"b","password":"c"}} | 400 | NOT_VALID
            {"type":"Fake","authorization":"oAuth-external-refresh","credential":{"instance_url":"https://evil.test","access_token":"access-0"}} | 400 | NOT_VALID
            {"type":"Fake","authorization":"key","credential":"platform-key-1"}                | 400 | MALFORMED_REQUEST
            {"type":"Fake","authorization":"key","credential":{"key":{"x":1}}}                 | 400 | MALFORMED_REQUEST
            {"authorization":"key","credential":{"key":"x"}}                                   | 400 | MALFORMED_REQUEST
            {"type":"Fake","authorization":"key"}                                              | 400 | MALFORMED_REQUEST
            []                                                                                 | 400 | MALFORMED_REQUEST
            {"type":"Fake","authorization":"key","credential":{"key":"wrong"}}                 | 401 | UNAUTHORIZED
            """)
    void whatIsNotRightIsToldAndNothingIsMade(String body, int status, String code) {
        Got got = send("POST", "/v1/application", body);
        refused(got, status, code);
        assertThat(got.text()).doesNotContain("wrong", "access-0");
        assertThat(send("GET", "/v1/application", "").json()).isEmpty();
    }

    /// Two parts that lead to different hosts: neither is chosen, and neither is asked.
    @Test
    void anAddressAgreesWithTheOtherParts() {
        String parts = "{\"portal\":\"acme.bitrix24.com\",\"user\":\"1\",\"code\":\"abcdefghij\",\"instance_url\":"
                + "\"https://other.bitrix24.com/rest/1/abcdefghij\"}";
        Got got = send("POST", "/v1/application", body("key", parts, "").replace("Fake", "Bitrix24"));
        refused(got, 400, "NOT_VALID");
        String external = "{\"access_token\":\"access-0\",\"instance_url\":\"https://fake.test:%d/api%s\"}";
        created("oAuth-external-refresh", external.formatted(platform.port(), "/"));
        refused(create("oAuth-external-refresh", external.formatted(platform.port(), "//")), 400, "NOT_VALID");
    }

    @Test
    void aCredentialThatThePlatformRefusesTakesNoOtherPlace() {
        String key = created("key", KEY);
        String path = "/v1/application/" + key;
        refused(send("PUT", path, body("key", "{\"key\":\"wrong\"}", "x")), 401, "UNAUTHORIZED");
        refused(send("PUT", path, body("user", USER, "x")), 400, "NOT_VALID");
        refused(send("PUT", path, "{\"type\":\"HubSpot\"}"), 400, "NOT_VALID");
        refused(send("PUT", path, "{\"description\":\"" + "x".repeat(1001) + "\"}"), 400, "NOT_VALID");
        assertThat(call(key).status()).isEqualTo(200);
        assertThat(send("GET", path, "").json().get("description").asString()).isEqualTo("key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/platform", "/v1/platform/list"})
    void platformsSayWhatTheyNeed(String path) {
        JsonNode all = send("GET", path, "").json();
        assertThat(all.isArray()).isTrue();
        assertThat(all).extracting(one -> one.get("type").asString()).contains("Fake", "Salesforce", "HubSpot");
        JsonNode fake = send("GET", "/v1/platform/Fake", "").json();
        assertThat(all).contains(fake);
        assertThat(fake.propertyNames()).containsExactly("name", "type", "authorization", "resource");
        assertThat(fake.get("resource").isObject()).isTrue();
        assertThat(fake.get("authorization"))
                .extracting(way -> way.get("type").asString())
                .containsExactly("key", "user", "oAuth-internal", "oAuth-external-refresh");
        assertThat(fake.get("authorization").get(1).get("platformCredential"))
                .extracting(part -> part.get("name").asString())
                .containsExactlyInAnyOrder("email", "password");
        refused(send("GET", "/v1/platform/Nobody", ""), 404, "ENTITY_NOT_FOUND");
        refused(server.send("orders", "GET", path, ""), 401, "SERVICE_UNAUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/application/0123456789abcdef0123456789abcdef", "/v1/platform/Nobody"})
    void lookingForWhatIsNotThereIsCharged(String path) {
        Got changed = server.admin(
                "PUT",
                "/v1/apis/" + api,
                api(RETURN)
                        .replace(
                                "\"name\": \"data2crm\"",
                                "\"version\": 0, \"limits\":"
                                        + " {\"credential\": {\"requests\": 1, \"seconds\": 86400, \"burst\": 2}}"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        refused(send("GET", path, ""), 404, "ENTITY_NOT_FOUND");
        refused(send("GET", path, ""), 404, "ENTITY_NOT_FOUND");
        refused(send("GET", path, ""), 429, "TOO_MANY_REQUESTS");
    }

    /// Clients turn pages by the platform's own.
    @Test
    void theLinksOfPlatformsStayBesideThatOfAVersionThatGoes() {
        String key = created("key", KEY);
        Got changed = server.admin(
                "PUT",
                "/v1/apis/" + api,
                api(RETURN)
                        .replace("\"name\": \"data2crm\"", "\"version\": 0")
                        .replace(
                                "\"connection\":",
                                "\"deprecated\": {\"since\": \"2026-01-01T00:00:00Z\","
                                        + " \"link\": \"https://docs.example/v2\"}, \"connection\":"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(send(acme, "GET", "/v1/paged", "", APPLICATION_KEY, key)
                        .headers()
                        .get("link"))
                .containsExactlyInAnyOrder(
                        "<https://fake.test/api/paged?page=2>; rel=\"next\"",
                        "<https://docs.example/v2>; rel=\"deprecation\"");
    }

    /// A key of ours in the place of an application key opens nothing, and neither is ever shown.
    @Test
    void theTrailSaysWhoDidWhatAndNoSecret() {
        String key = created("user", USER);
        send("PUT", "/v1/application/" + key, "{\"description\":\"else\"}");
        send("DELETE", "/v1/application/" + key, "");
        refused(call(acme.apiKey()), 401, "SERVICE_UNAUTHORIZED");
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text())
                .contains("connection.add", "connection.describe", "connection.revoke", acme.application())
                .doesNotContain("platform-pass", acme.apiKey());
    }
}
