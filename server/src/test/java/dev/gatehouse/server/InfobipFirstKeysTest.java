package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// API keys in both forms of Infobip's API, the deprecated one and its successor: one thing under two names.
class InfobipFirstKeysTest extends InfobipUsersFixture {
    private static final String FIRST = "/settings/1/accounts/_/api-keys";
    private static final String SECOND = "/settings/2/api-keys";

    private Got send(String method, String target, String body) {
        return InfobipKeysTest.send(server, basic(manager), method, target, body);
    }

    private JsonNode created(String target, String body, int status) {
        Got got = send("POST", target, body);
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        return got.json();
    }

    private static String app(JsonNode key) {
        return "App " + (key.has("publicApiKey") ? key.get("publicApiKey") : key.get("apiKeySecret")).asString();
    }

    private static void refused(Got got, int status, String code) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.json().get("errorCode").asString()).isEqualTo(code);
    }

    @Test
    void aKeyIsMadeShownChangedAndDisabled() {
        JsonNode key = created(FIRST, "{\"name\":\"old\",\"validTo\":\"2027-07-09T06:04:54.988+00:00\"}", 201);
        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder(
                        "key",
                        "publicApiKey",
                        "accountKey",
                        "name",
                        "allowedIPs",
                        "validFrom",
                        "validTo",
                        "enabled",
                        "permissions");
        assertThat(key.get("permissions").toString()).isEqualTo("[\"ALL\"]");
        assertThat(key.get("validTo").asString()).isEqualTo("2027-07-09T06:04:54.988+00:00");
        assertThat(sms(app(key)).status()).as("all that its maker may give").isEqualTo(200);
        assertThat(balance(app(key)).status()).isEqualTo(200);

        String path = FIRST + "/" + key.get("key").asString();
        JsonNode shown = send("GET", path, "").json();
        assertThat(shown.get("publicApiKey").asString())
                .isNotEqualTo(key.get("publicApiKey").asString())
                .endsWith(key.get("publicApiKey").asString().substring(65));
        String account = key.get("accountKey").asString();
        assertThat(send("GET", "/settings/1/accounts/" + account + "/api-keys", "")
                        .json()
                        .get("apiKeys")
                        .size())
                .isEqualTo(1);
        assertThat(send("GET", SECOND + "/" + key.get("key").asString(), "")
                        .json()
                        .get("permissions")
                        .toString())
                .as("the same key in the later form")
                .isEqualTo("[\"PUBLIC_API\"]");

        Got narrowed = send("PUT", path, "{\"permissions\":[\"TFA\"]}");
        assertThat(narrowed.json().get("permissions").toString()).isEqualTo("[\"TFA\"]");
        refused(sms(app(key)), 403, "E403");
        assertThat(send("PUT", path, "{\"permissions\":[\"ALL\"]}").status()).isEqualTo(200);
        assertThat(sms(app(key)).status()).isEqualTo(200);
        Got disabled = send("PUT", path, "{\"enabled\":false}");
        assertThat(disabled.json().get("enabled").asBoolean()).isFalse();
        refused(sms(app(key)), 401, "E401");
    }

    @Test
    void fortyKeysAreListedAndFound() {
        for (int i = 0; i < 39; i++) {
            created(FIRST, "{\"name\":\"k" + i + "\",\"permissions\":[\"EXTERNAL_INTEGRATIONS\"]}", 201);
        }
        JsonNode one = created(FIRST, "{\"name\":\"one\"}", 201);
        for (String again : List.of(FIRST, SECOND)) { // forty a day of an account, in whichever form
            Got over = send("POST", again, "{\"name\":\"forty-first\"}");
            refused(over, 429, "E429");
            assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(2000, 2160);
        }
        assertThat(send("PUT", FIRST + "/" + one.get("key").asString(), "{\"name\":\"one\"}")
                        .status())
                .as("changes count apart")
                .isEqualTo(200);
        more(one.get("accountKey").asString());
        assertThat(send("GET", FIRST, "").json().get("apiKeys").size()).isEqualTo(40);
        assertThat(send("GET", FIRST + "?limit=3", "").json().get("apiKeys").size())
                .isEqualTo(3);
        String secret = one.get("publicApiKey").asString();
        for (String found : List.of("?name=one", "?publicApiKey=" + secret)) {
            JsonNode keys = send("GET", FIRST + found, "").json().get("apiKeys");
            assertThat(keys.size()).as(found).isEqualTo(1);
            assertThat(keys.at("/0/key")).isEqualTo(one.get("key"));
        }
        assertThat(send("GET", FIRST + "?publicApiKey=" + secret + "0", "")
                        .json()
                        .get("apiKeys")
                        .size())
                .isZero();
        assertThat(send("GET", SECOND + "?apiKeySecret=" + secret, "").text()).doesNotContain(secret);
        assertThat(send("GET", SECOND + "?apiKeySecret=" + secret, "")
                        .json()
                        .at("/apiKeys/0/name")
                        .asString())
                .isEqualTo("one");
    }

    /// Who has used up its changes still closes a key.
    @Test
    void closingAKeyIsNeverPutOff() {
        JsonNode leaked = created(FIRST, "{\"name\":\"leaked\"}", 201);
        JsonNode one = created(FIRST, "{\"name\":\"one\"}", 201);
        String path = FIRST + "/" + one.get("key").asString();
        for (int i = 0; i < 40; i++) {
            assertThat(send("PUT", path, "{\"enabled\":false}").status())
                    .as("closing is no change")
                    .isEqualTo(200);
        }
        for (int i = 0; i < 40; i++) {
            assertThat(send("PUT", path, "{\"name\":\"n" + i + "\"}").status()).isEqualTo(200);
        }
        refused(send("PUT", path, "{\"name\":\"over\"}"), 429, "E429");
        refused(send("PUT", path, "{\"enabled\":true}"), 429, "E429");
        refused(send("PUT", path, "{\"enabled\":false,\"name\":\"over\"}"), 429, "E429");
        String other = FIRST + "/" + leaked.get("key").asString();
        assertThat(sms(app(leaked)).status()).isEqualTo(200);
        assertThat(send("PUT", other, "{\"enabled\":false}").status()).isEqualTo(200);
        refused(sms(app(leaked)), 401, "E401");
        JsonNode shown = send("GET", other, "").json();
        assertThat(send(
                                "PUT",
                                other,
                                "{\"enabled\":false,\"name\":\""
                                        + shown.get("name").asString() + "\"}")
                        .status())
                .as("with what it is already")
                .isEqualTo(200);
    }

    /// The provider makes another one, in its own way, which is not held against the account.
    private void more(String account) {
        server.admin("GET", "/v1/organizations/" + account + "/applications", "")
                .json()
                .get("items")
                .forEach(one -> {
                    if (one.get("name").asString().equals("api-keys")) {
                        Customer.created(
                                server,
                                "/v1/applications/" + NombaFixture.id(one) + "/credentials",
                                "{\"kind\":\"api_key\",\"name\":\"more\"}");
                    }
                });
    }

    /// None is none: what is said to be empty is not what is left out.
    @Test
    void aKeyWithoutPermissionsOpensNothing() {
        JsonNode none = created(FIRST, "{\"name\":\"none\",\"permissions\":[]}", 201);
        assertThat(none.get("permissions").toString()).isEqualTo("[]");
        refused(sms(app(none)), 403, "E403");
        String path = FIRST + "/" + none.get("key").asString();
        assertThat(send("PUT", path, "{\"name\":\"still none\"}")
                        .json()
                        .get("permissions")
                        .toString())
                .isEqualTo("[]");
        refused(sms(app(none)), 403, "E403");
        assertThat(send("PUT", path, "{\"permissions\":[\"ALL\"]}").status()).isEqualTo(200);
        assertThat(sms(app(none)).status()).isEqualTo(200);
        assertThat(send("PUT", path, "{\"permissions\":[]}")
                        .json()
                        .get("permissions")
                        .toString())
                .isEqualTo("[]");
        refused(sms(app(none)), 403, "E403");
    }

    /// Whoever may manage keys and nothing else closes one that can do more, and does not open it again.
    @Test
    void aKeyIsOpenedAgainByWhoMayGiveAllThatItOpens() {
        JsonNode key = created(FIRST, "{\"name\":\"wide\"}", 201);
        String path = FIRST + "/" + key.get("key").asString();
        String clerk = basic(Person.create(
                server,
                "clerk",
                Optional.of(Setup.role(server, "clerk", List.of("account-management:manage"), "infobip"))));
        assertThat(InfobipKeysTest.send(server, clerk, "PUT", path, "{\"enabled\":false}")
                        .status())
                .isEqualTo(200);
        refused(sms(app(key)), 401, "E401");
        refused(InfobipKeysTest.send(server, clerk, "PUT", path, "{\"enabled\":true}"), 403, "E403");
        refused(sms(app(key)), 401, "E401");
        assertThat(send("PUT", path, "{\"enabled\":true}").status()).isEqualTo(200);
        assertThat(sms(app(key)).status()).isEqualTo(200);
    }

    /// Nobody takes the public id that an organization's keys are going to have, nor keeps it from having some by
    /// the name.
    @Test
    void thePlaceOfKeysIsNotTaken() {
        String org = NombaFixture.id(Customer.created(server, "/v1/organizations", "{\"name\":\"new\"}"));
        assertThat(server.admin(
                                "POST",
                                "/v1/organizations/" + org + "/applications",
                                "{\"name\":\"x\",\"client_id\":\"api-keys." + org + "\"}")
                        .status())
                .isEqualTo(409);
        String own = created(SECOND, "{\"name\":\"own\"}", 200).get("accountId").asString();
        String below = NombaFixture.id(
                Customer.created(server, "/v1/organizations", "{\"name\":\"below\",\"parent\":\"" + own + "\"}"));
        Customer.created(server, "/v1/organizations/" + below + "/applications", "{\"name\":\"api-keys\"}");
        created(SECOND, "{\"name\":\"k\",\"accountId\":\"" + below + "\"}", 200);
    }

    /// From before the public id was reserved, somebody else may have it.
    @Test
    void whoHasTheIdFromBeforeKeepsNobodyFromHavingKeys() throws IOException {
        String own = created(SECOND, "{\"name\":\"own\"}", 200).get("accountId").asString();
        String org = NombaFixture.id(
                Customer.created(server, "/v1/organizations", "{\"name\":\"new\",\"parent\":\"" + own + "\"}"));
        Customer.created(
                server, "/v1/organizations/" + own + "/applications", "{\"name\":\"other\",\"client_id\":\"other\"}");
        StoredRows.change(
                folder.resolve("data/gatehouse.db"),
                "UPDATE application SET client_id = 'api-keys." + org + "' WHERE client_id = 'other'");
        server = server.restarted(folder, clock);
        JsonNode key = created(SECOND, "{\"name\":\"k\",\"accountId\":\"" + org + "\"}", 200);
        created(SECOND, "{\"name\":\"k2\",\"accountId\":\"" + org + "\"}", 200);
        assertThat(send("GET", "/settings/1/accounts/" + org + "/api-keys", "").text())
                .contains(key.get("id").asString(), "k2");
    }

    /// GAUNTLET H01, H04, H06.
    @Test
    void notByAKeyNotForOthersAndNotByWhoMayNot() {
        JsonNode key = created(FIRST, "{\"name\":\"managing\"}", 201);
        refused(InfobipKeysTest.send(server, app(key), "GET", FIRST, ""), 403, "E403");
        refused(InfobipKeysTest.send(server, app(key), "POST", FIRST, "{\"name\":\"x\"}"), 403, "E403");
        refused(InfobipKeysTest.send(server, basic(sender), "GET", FIRST, ""), 403, "E403");
        refused(server.send("orders", "GET", FIRST, ""), 401, "E401");
        Customer other =
                Customer.create(server, "other", Setup.role(server, "other", List.of("message:send"), "infobip"));
        refused(send("GET", "/settings/1/accounts/org_0000000000000/api-keys", ""), 404, "E404");
        refused(send("GET", "/settings/1/accounts/elsewhere/api-keys", ""), 404, "E404");
        refused(send("POST", FIRST, "{\"name\":\"x\",\"permissions\":[\"PUBLIC_API\"]}"), 400, "E400");
        refused(send("POST", FIRST, "{\"permissions\":[\"ALL\"]}"), 400, "E400");
        refused(send("GET", FIRST + "/" + other.apiKeyId(), ""), 404, "E404");
    }

    @Test
    void platformsAndPermissionsAreKeptAndToldApart() {
        JsonNode key = created(
                SECOND,
                "{\"name\":\"p\",\"platform\":[{\"applicationId\":\"a & b\",\"action\":\"FILL\"},"
                        + "{\"applicationId\":\"c\",\"entityId\":\"e\"}]}",
                200);
        assertThat(key.has("permissions")).isFalse();
        assertThat(key.at("/platform/0/applicationId").asString()).isEqualTo("a & b");
        assertThat(key.at("/platform/1/entityId").asString()).isEqualTo("e");
        String drawn = key.at("/platform/0/key").asString();
        assertThat(drawn).matches("[0-9a-f]{32}");
        String path = SECOND + "/" + key.get("id").asString();
        assertThat(send("GET", path, "").json().get("platform")).isEqualTo(key.get("platform"));
        Got kept = send(
                "PUT",
                path,
                "{\"platform\":[{\"key\":\"" + drawn + "\",\"applicationId\":\"z\",\"action\":\"FORCE\"}]}");
        assertThat(kept.json().at("/platform/0/key").asString()).isEqualTo(drawn);
        assertThat(kept.json().get("platform").size()).isEqualTo(1);
        Got permitted = send("PUT", path, "{\"permissions\":[\"2FA_CLIENT\",\"WEB_SDK\"]}");
        assertThat(permitted.json().get("permissions").size())
                .as(permitted.text())
                .isEqualTo(2);
        assertThat(permitted.json().has("platform")).isFalse();
        Got usual = send("PUT", path, "{\"permissions\":[],\"platform\":[]}");
        assertThat(usual.json().get("permissions").toString()).isEqualTo("[\"PUBLIC_API\"]");
        for (String wrong : List.of(
                "\"platform\":[{\"entityId\":\"e\"}]",
                "\"platform\":[{\"applicationId\":\"a\",\"action\":\"DROP\"}]",
                "\"platform\":[{\"applicationId\":\"a\",\"other\":\"o\"}]",
                "\"platform\":[{}]",
                "\"platform\":\"a\"",
                "\"permissions\":[\"PUBLIC_API\",\"WEB_SDK\"]",
                "\"permissions\":[\"WEB_SDK\"],\"platform\":[{\"applicationId\":\"a\"}]",
                "\"permissions\":[\"ALL\"]")) {
            refused(send("POST", SECOND, "{\"name\":\"w\"," + wrong + "}"), 400, "E400");
        }
        assertThat(send("POST", SECOND, "{\"name\":\"w\",\"platform\":[{\"entityId\":\"e\"}]}")
                        .json()
                        .at("/violations/0/property")
                        .asString())
                .isEqualTo("platform[0].applicationId");
    }

    @Test
    void keysOfAnAccountBelowAreItsOwn() {
        String own = created(SECOND, "{\"name\":\"own\"}", 200).get("accountId").asString();
        String below = NombaFixture.id(
                Customer.created(server, "/v1/organizations", "{\"name\":\"below\",\"parent\":\"" + own + "\"}"));
        JsonNode key = created(
                SECOND,
                "{\"name\":\"below\",\"accountId\":\"" + below + "\",\"scopeGuids\":[\"sms:message:send\"]}",
                200);
        assertThat(key.get("accountId").asString()).isEqualTo(below);
        assertThat(sms(app(key)).status()).isEqualTo(200);
        assertThat(send("GET", SECOND + "?accountId=" + below, "").text()).contains("\"totalCount\":1");
        assertThat(send("GET", SECOND, "").text()).contains("\"totalCount\":1").contains("\"own\"");
        assertThat(send("GET", SECOND + "/" + key.get("id").asString(), "").status())
                .isEqualTo(200);
        assertThat(send(
                                "GET",
                                "/settings/1/accounts/" + below + "/api-keys/"
                                        + key.get("id").asString(),
                                "")
                        .status())
                .isEqualTo(200);
        refused(send("GET", FIRST + "/" + key.get("id").asString(), ""), 404, "E404");
        server.admin("POST", "/v1/organizations/" + below + "/suspend", "{}");
        refused(sms(app(key)), 401, "E401");
        refused(send("GET", SECOND + "?accountId=org_0000000000001", ""), 404, "E404");
    }

    @Test
    void listsAreOrdered() {
        for (String name : List.of("b", "c", "a")) {
            created(SECOND, "{\"name\":\"" + name + "\"}", 200);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(names("")).containsExactly("b", "c", "a");
        assertThat(names("?orderDirection=DESC")).containsExactly("a", "c", "b");
        assertThat(names("?orderBy=NAME")).containsExactly("a", "b", "c");
        assertThat(names("?orderBy=NAME&orderDirection=DESC")).containsExactly("c", "b", "a");
        assertThat(send("GET", SECOND + "?orderBy=NAME&orderDirection=DESC", "").text())
                .contains("\"orderBy\":\"NAME\"", "\"orderDirection\":\"DESC\"");
        refused(send("GET", SECOND + "?orderBy=colour", ""), 400, "E400");
        refused(send("GET", SECOND + "?orderDirection=sideways", ""), 400, "E400");
    }

    private List<String> names(String query) {
        return send("GET", SECOND + query, "")
                .json()
                .get("apiKeys")
                .valueStream()
                .map(key -> key.get("name").asString())
                .toList();
    }
}
