package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// API keys that users of Infobip make, list and change through its own API.
class InfobipKeysTest extends InfobipUsersFixture {
    private static final String KEYS = "/settings/2/api-keys";
    private static final String SMS = "\"scopeGuids\":[\"sms:message:send\"]";

    static Got send(RunningServer server, String authorization, String method, String target, String body) {
        return server.send(
                "orders", method, target, body, "Authorization", authorization, "Content-Type", "application/json");
    }

    static JsonNode created(RunningServer server, String authorization, String body) {
        Got got = send(server, authorization, "POST", KEYS, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    private JsonNode create(String body) {
        return created(server, basic(manager), body);
    }

    private Got update(JsonNode key, String body) {
        return send(server, basic(manager), "PUT", KEYS + "/" + key.get("id").asString(), body);
    }

    private static String app(JsonNode key) {
        return "App " + key.get("apiKeySecret").asString();
    }

    private static void refused(Got got, int status, String code) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.json().get("errorCode").asString()).isEqualTo(code);
        assertThat(got.json().propertyNames())
                .containsExactly("errorCode", "description", "action", "violations", "resources");
    }

    @Test
    void aKeyIsMadeUsedDisabledAndEnabled() throws IOException {
        JsonNode key = create("{\"name\":\"reports\"," + SMS + ",\"permissions\":[\"PUBLIC_API\"]}");
        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "apiKeySecret",
                        "accountId",
                        "name",
                        "allowedIPs",
                        "validFrom",
                        "validTo",
                        "enabled",
                        "permissions",
                        "scopeGuids");
        assertThat(key.get("apiKeySecret").asString())
                .matches("[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(key.get("enabled").asBoolean()).isTrue();
        assertThat(key.get("validFrom").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
        assertThat(sms(app(key)).status()).isEqualTo(200);
        assertThat(balance(app(key)).status())
                .as("a scope that it was not given")
                .isEqualTo(403);
        server = server.restarted(folder, clock);
        assertThat(sms(app(key)).status()).isEqualTo(200);

        Got disabled = update(key, "{\"enabled\":false}");
        assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
        assertThat(disabled.json().get("enabled").asBoolean()).isFalse();
        assertThat(disabled.json().get("name").asString()).isEqualTo("reports");
        refused(sms(app(key)), 401, "E401");
        assertThat(update(key, "{\"enabled\":true,\"name\":\"renamed\"}")
                        .json()
                        .get("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(sms(app(key)).status()).isEqualTo(200);
        clock.advance(Duration.ofDays(365));
        refused(sms(app(key)), 401, "E401");
    }

    /// What somebody above holds nobody below lifts; nothing of such a change is made.
    @Test
    void aKeyThatTheProviderHoldsStaysAsItIs() {
        String below = Customer.created(
                        server, "/v1/organizations", "{\"name\":\"below\",\"parent\":\"" + Setup.root(server) + "\"}")
                .get("id")
                .asString();
        Person local = Person.create(
                server,
                below,
                "local",
                Optional.of(Setup.role(
                        server, "local", List.of("account-management:manage", "sms:message:send"), "infobip")));
        JsonNode key = created(server, basic(local), "{\"name\":\"reports\"," + SMS + "}");
        String put = KEYS + "/" + key.get("id").asString();
        String path = "/v1/credentials/" + key.get("id").asString();
        assertThat(server.admin("POST", path + "/hold", "{\"hold\":\"owner\"}").status())
                .isEqualTo(200);
        refused(send(server, basic(local), "PUT", put, "{\"enabled\":true,\"name\":\"renamed\"}"), 403, "E403");
        assertThat(server.admin("GET", path, "").json().get("name").asString()).isEqualTo("reports");
        refused(sms(app(key)), 401, "E401");
        Got renamed = send(server, basic(local), "PUT", put, "{\"name\":\"renamed\"}");
        assertThat(renamed.json().get("enabled").asBoolean()).as(renamed.text()).isFalse();
        assertThat(server.admin("POST", path + "/lift", "{\"hold\":\"owner\"}").status())
                .isEqualTo(200);
        assertThat(sms(app(key)).status()).isEqualTo(200);
    }

    /// Of many at once each is made whole: whoever comes late looks again.
    @Test
    void changesAtOnceAreWholeOrNone() throws Exception {
        JsonNode key = create("{\"name\":\"begin\"," + SMS + "}");
        int callers = 8;
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String body = i % 2 == 0
                        ? "{\"enabled\":true,\"name\":\"open" + i + "\"}"
                        : "{\"enabled\":false,\"name\":\"closed" + i + "\"}";
                running.add(threads.submit(() -> {
                    start.await();
                    return update(key, body);
                }));
            }
            for (Future<Got> one : running) {
                Got got = one.get();
                statuses.add(got.status());
                if (got.status() == 200) {
                    assertThat(got.json().get("enabled").asBoolean())
                            .as(got.text())
                            .isEqualTo(got.json().get("name").asString().startsWith("open"));
                } else {
                    assertThat(got.header("Retry-After")).isNotEmpty();
                }
            }
        }
        assertThat(statuses).containsOnly(200).hasSize(callers);
        JsonNode now = send(
                        server,
                        basic(manager),
                        "GET",
                        KEYS + "/" + key.get("id").asString(),
                        "")
                .json();
        assertThat(now.get("enabled").asBoolean())
                .isEqualTo(now.get("name").asString().startsWith("open"));
        assertThat(sms(app(key)).status()).isEqualTo(now.get("enabled").asBoolean() ? 200 : 401);
    }

    /// Whoever changes a key while it is ended hears that it is gone, not that the server is.
    @Test
    void aKeyThatIsEndedMeanwhileIsNotThere() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            JsonNode key = create("{\"name\":\"short" + i + "\"," + SMS + "}");
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Got> ending = threads.submit(() -> {
                    start.await();
                    return server.admin(
                            "POST", "/v1/credentials/" + key.get("id").asString() + "/revoke", "{}");
                });
                Future<Got> changing = threads.submit(() -> {
                    start.await();
                    return update(key, "{\"enabled\":true,\"name\":\"late\"}");
                });
                assertThat(ending.get().status()).isEqualTo(200);
                statuses.add(changing.get().status());
            }
            refused(update(key, "{\"name\":\"later\"}"), 404, "E404");
        }
        assertThat(statuses).isSubsetOf(200, 404);
    }

    @Test
    void theSecretIsShownOnce() {
        JsonNode key = create("{\"name\":\"once\"," + SMS + "}");
        String secret = key.get("apiKeySecret").asString();
        Got got =
                send(server, session(manager), "GET", KEYS + "/" + key.get("id").asString(), "");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).doesNotContain(secret);
        assertThat(got.json().get("apiKeySecret").asString()).endsWith(secret.substring(secret.length() - 4));
        assertThat(send(server, basic(manager), "GET", KEYS, "").text()).doesNotContain(secret);
        assertThat(server.admin("GET", "/v1/audit?limit=20", "").text())
                .contains("credential.add")
                .doesNotContain(secret);
    }

    @Test
    void keysAreListedInPagesAndByNameAndState() {
        assertThat(send(server, basic(manager), "GET", KEYS, "").text())
                .contains("\"apiKeys\":[]", "\"totalCount\":0", "\"totalPages\":0");
        for (String name : List.of("a", "b", "c")) {
            create("{\"name\":\"" + name + "\"}");
        }
        JsonNode first =
                send(server, basic(manager), "GET", KEYS + "?size=2", "").json();
        assertThat(first.get("apiKeys").size()).isEqualTo(2);
        assertThat(first.at("/paging/totalCount").asInt()).isEqualTo(3);
        assertThat(first.at("/paging/totalPages").asInt()).isEqualTo(2);
        JsonNode second =
                send(server, basic(manager), "GET", KEYS + "?size=2&page=1", "").json();
        assertThat(second.get("apiKeys").size()).isEqualTo(1);
        JsonNode named =
                send(server, basic(manager), "GET", KEYS + "?name=b", "").json();
        assertThat(named.at("/apiKeys/0/name").asString()).isEqualTo("b");
        update(named.at("/apiKeys/0"), "{\"enabled\":false}");
        assertThat(send(server, basic(manager), "GET", KEYS + "?enabled=false", "")
                        .json()
                        .get("apiKeys")
                        .size())
                .isEqualTo(1);
    }

    /// GAUNTLET H04: left out means none, and nobody gives what it does not hold.
    @Test
    void aKeyHasNoMoreThanItsMaker() {
        JsonNode none = create("{\"name\":\"none\"}");
        assertThat(none.get("scopeGuids").size()).isZero();
        refused(sms(app(none)), 403, "E403");
        refused(
                send(server, basic(manager), "POST", KEYS, "{\"name\":\"more\",\"scopeGuids\":[\"message:send\"]}"),
                400,
                "E400");
        Got wider = update(none, "{\"scopeGuids\":[\"message:send\"]}");
        refused(wider, 400, "E400");
        assertThat(wider.json().at("/violations/0/property").asString()).isEqualTo("scopeGuids");
        assertThat(update(none, "{" + SMS + "}").status()).isEqualTo(200);
        assertThat(sms(app(none)).status()).isEqualTo(200);
        assertThat(update(none, "{\"scopeGuids\":[]}").status()).isEqualTo(200);
        refused(sms(app(none)), 403, "E403");
    }

    @Test
    void addressesAndTimesAreHeldAgainstEachCall() {
        JsonNode elsewhere =
                create("{\"name\":\"elsewhere\",\"allowedIPs\":[\"192.0.2.0/24\",\"192.0.2.7\"]," + SMS + "}");
        refused(sms(app(elsewhere)), 401, "E401");
        assertThat(update(elsewhere, "{\"allowedIPs\":[\"127.0.0.1\"]}").status())
                .isEqualTo(200);
        assertThat(sms(app(elsewhere)).status()).isEqualTo(200);
        for (String wrong : List.of(
                "\"allowedIPs\":[\"here\"]",
                "\"validTo\":\"2001-01-01T00:00:00\"",
                "\"validTo\":\"tomorrow\"",
                "\"scopeGuids\":[\"unknown\"]",
                "\"name\":5,\"scopeGuids\":7")) {
            refused(send(server, basic(manager), "POST", KEYS, "{\"name\":\"w\"," + wrong + "}"), 400, "E400");
        }
    }

    /// GAUNTLET H01, H06.
    @Test
    void onlyWhoMayManagesAndOnlyKeysOfItsOwn() {
        JsonNode key = create("{\"name\":\"managed\",\"scopeGuids\":[\"account-management:manage\"]}");
        refused(send(server, app(key), "POST", KEYS, "{\"name\":\"by a key\"}"), 403, "E403");
        refused(send(server, basic(sender), "GET", KEYS, ""), 403, "E403");
        refused(server.send("orders", "GET", KEYS, ""), 401, "E401");
        Customer other =
                Customer.create(server, "other", Setup.role(server, "other", List.of("message:send"), "infobip"));
        for (String id : List.of(other.apiKeyId(), other.secretId(), "crd_0000000000000", "x")) {
            refused(send(server, basic(manager), "GET", KEYS + "/" + id, ""), 404, "E404");
            refused(send(server, basic(manager), "PUT", KEYS + "/" + id, "{\"enabled\":false}"), 404, "E404");
        }
    }
}
