package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Secrets that are told again, because their Api keeps them: which, to whom, and for how long.
class RevealTest {
    private static final String READ = ",\"scopes\":{\"orders\":[\"things:read\"]}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer customer;
    private int callers;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "sealed");
        Setup.api(server, "parcels", "sealed");
        Setup.reveal(server, "orders", "[\"api_key\",\"secret\"]");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode key(String kind, String more) {
        return Customer.created(
                server,
                "/v1/applications/" + customer.application() + "/credentials",
                "{\"kind\":\"" + kind + "\",\"name\":\"k\"" + more + "}");
    }

    private static String id(JsonNode key) {
        return key.get("id").asString();
    }

    private Got reveal(String key) {
        return server.admin("POST", "/v1/credentials/" + key + "/reveal", "");
    }

    private void tells(String key, String secret) {
        Got got = reveal(key);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("secret").asString()).isEqualTo(secret);
    }

    private void none(String key) {
        Got got = reveal(key);
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(got.json().get("code").asString()).isEqualTo("conflict");
    }

    private long told(String key) {
        return server.admin("GET", "/v1/audit?limit=200&target=" + key, "")
                .json()
                .get("items")
                .valueStream()
                .filter(row -> row.get("verb").asString().equals("credential.reveal"))
                .count();
    }

    @Test
    void aSecretIsToldAgainAndEachTimeIsInTheAuditTrail() throws IOException {
        JsonNode key = key("api_key", READ);
        String secret = key.get("secret").asString();
        Got got = reveal(id(key));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.json().get("secret").asString()).isEqualTo(secret);
        assertThat(got.json().get("hint")).isEqualTo(key.get("hint"));
        assertThat(told(id(key))).isEqualTo(1);
        server = server.restarted(folder, clock);
        tells(id(key), secret);
        assertThat(told(id(key))).isEqualTo(2);
        assertThat(server.admin("GET", "/v1/credentials/" + id(key), "").text()).doesNotContain(secret);
        assertThat(server.call("orders", "GET", "/things", "X-Api-Key", secret).status())
                .isEqualTo(200);
    }

    @Test
    void aRoleAtOneApiMakesItsKeysThatApis() {
        tells(customer.apiKeyId(), customer.apiKey());
        tells(customer.secretId(), customer.secret());
    }

    @Test
    void aFirstKeyIsKeptToo() {
        Setup.role(server, "member", "orders");
        assertThat(server.admin(
                                "PATCH",
                                "/v1/organizations/" + Setup.root(server),
                                "{\"first_key\":{\"kind\":\"secret\",\"role\":\"member\"}}")
                        .status())
                .isEqualTo(200);
        JsonNode first = Customer.created(server, "/v1/organizations", "{\"name\":\"new\"}")
                .get("key");
        tells(first.get("credential").asString(), first.get("secret").asString());
    }

    @Test
    void rotationKeepsTheNewSecretAndTheOldOneAsLongAsItCounts() {
        JsonNode old = key("api_key", READ);
        String path = "/v1/credentials/" + id(old) + "/rotate";
        JsonNode next = server.admin("POST", path, "{\"overlap_seconds\":60}").json();
        tells(id(next), next.get("secret").asString());
        tells(id(old), old.get("secret").asString());
        JsonNode last = server.admin("POST", "/v1/credentials/" + id(next) + "/rotate", "{}")
                .json();
        none(id(next));
        tells(id(last), last.get("secret").asString());
    }

    @Test
    void nothingIsKeptOfWhatWasBroughtOfOtherKindsAndOfKeysOfSeveralApis() {
        none(id(key("secret", READ + ",\"secret\":\"brought-from-elsewhere\"")));
        none(id(key("secret", READ + ",\"secret_sha256\":\"" + "ab".repeat(32) + "\"")));
        none(id(key("domain_key", READ + ",\"origins\":[\"https://a.example\"]")));
        none(id(key("signing_key", "")));
        String role = Setup.role(server, "both", "orders", "parcels");
        Customer both = Customer.create(server, "two", role);
        none(both.apiKeyId());
        JsonNode elsewhere = Customer.created(
                server,
                "/v1/applications/" + both.application() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":\"role\",\"apis\":[\"parcels\"]}");
        none(id(elsewhere));
        JsonNode here = Customer.created(
                server,
                "/v1/applications/" + both.application() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"h\",\"scopes\":\"role\",\"apis\":[\"orders\"]}");
        tells(id(here), here.get("secret").asString());
        assertThat(server.admin("PATCH", "/v1/credentials/" + id(here), "{\"apis\":null}")
                        .status())
                .isEqualTo(200);
        none(id(here));
        none(server.admin("GET", "/v1/whoami", "").json().at("/credential/id").asString());
    }

    @Test
    void aSecretEndsWithItsCredentialAndWithWhatThisStandsOn() {
        JsonNode key = key("api_key", READ);
        String path = "/v1/credentials/" + id(key);
        assertThat(server.admin("POST", path + "/suspend", "").status()).isEqualTo(200);
        tells(id(key), key.get("secret").asString());
        assertThat(server.admin("POST", path + "/revoke", "").status()).isEqualTo(200);
        none(id(key));
        tells(customer.apiKeyId(), customer.apiKey());
        assertThat(server.admin("POST", "/v1/organizations/" + customer.organization() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        none(customer.apiKeyId());
        assertThat(told(id(key))).isEqualTo(1);
    }

    @Test
    void anApiThatTakesItBackHasEndedWhatItKept() {
        Setup.reveal(server, "orders", "[\"secret\"]");
        none(customer.apiKeyId());
        tells(customer.secretId(), customer.secret());
        Setup.reveal(server, "orders", "[]");
        none(customer.secretId());
        none(id(key("secret", READ)));
        Setup.reveal(server, "orders", "[\"api_key\",\"secret\"]");
        none(customer.apiKeyId());
        none(customer.secretId());
        JsonNode fresh = key("secret", READ);
        tells(id(fresh), fresh.get("secret").asString());
    }

    @Test
    void whoeverIsToldCouldHaveMadeIt() {
        String plain = caller("keys:write", "things:read");
        assertThat(as(plain).status()).isEqualTo(403);
        Got weak = as(caller("keys:reveal", "things:read"));
        assertThat(weak.status()).isEqualTo(403);
        assertThat(weak.json().get("code").asString()).isEqualTo("beyond_own_rights");
        Got strong = as(caller("keys:reveal", "things:write"));
        assertThat(strong.status()).as(strong.text()).isEqualTo(200);
        assertThat(strong.json().get("secret").asString()).isEqualTo(customer.apiKey());
        Customer other = Customer.create(server, "other", Setup.role(server, "seller", "orders"));
        assertThat(server.admin(
                                Secret.of(caller("keys:reveal", "things:write")),
                                "POST",
                                "/v1/credentials/" + other.apiKeyId() + "/reveal",
                                "")
                        .status())
                .as("of another tenant")
                .isEqualTo(404);
        assertThat(told(other.apiKeyId())).isZero();
        assertThat(told(customer.apiKeyId())).isEqualTo(1);
    }

    /// A key of the customer's organization that manages keys and holds a scope at `orders`.
    private String caller(String manages, String scope) {
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + customer.organization() + "/roles",
                        "{\"name\":\"" + (manages + "-" + scope + callers++).replace(":", "-")
                                + "\",\"rights\":{\"gatehouse\":[\"" + manages + "\"],\"orders\":[\"" + scope + "\"]}}")
                .get("id")
                .asString();
        return Customer.of(server, customer.organization(), "of " + role, role).apiKey();
    }

    private Got as(String caller) {
        return server.admin(Secret.of(caller), "POST", "/v1/credentials/" + customer.apiKeyId() + "/reveal", "");
    }

    /// Its reply would be kept for a day, and the key may be gone in a minute.
    @Test
    void anAnswerIsNeverKept() {
        for (int i = 0; i < 2; i++) {
            Got got = server.send(
                    "admin",
                    "POST",
                    "/v1/credentials/" + customer.apiKeyId() + "/reveal",
                    "",
                    "Authorization",
                    "Bearer " + server.bootstrapKey().reveal(),
                    "Idempotency-Key",
                    "once");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.json().get("code").asString()).isEqualTo("invalid_header");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "public_key", "signing_key", "identity", "keys"})
    void onlyKindsThatHaveASecretAreTaken(String kind) {
        Got got = server.admin(
                "POST", "/v1/apis", "{\"name\":\"x\",\"issuer\":\"https://x.example\",\"reveal\":[\"" + kind + "\"]}");
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("code").asString()).isEqualTo("invalid_field");
        assertThat(got.json().get("detail").asString())
                .startsWith("reveal")
                .contains("api_key or secret or domain_key or user_secret");
    }

    /// The reply is held against the document.
    @Test
    void theAnswerIsWhatIsDocumented() {
        Requests requests = Requests.to(server);
        Operation operation = requests.document().operations().stream()
                .filter(one -> one.path().endsWith("/reveal"))
                .findFirst()
                .orElseThrow();
        Got got = requests.send(
                server.bootstrapKey(),
                operation,
                operation.path().replace("{credential}", customer.secretId()),
                RunningServer.JSON.createObjectNode());
        assertThat(got.status()).as(got.text()).isEqualTo(operation.success());
        assertThat(got.json().get("secret").asString()).isEqualTo(customer.secret());
    }

    @Test
    void anApiShowsWhatItKeeps() {
        List<String> kinds = server.admin("GET", "/v1/apis/orders", "")
                .json()
                .get("reveal")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(kinds).containsExactly("api_key", "secret");
        assertThat(server.admin("GET", "/v1/apis/parcels", "").json().has("reveal"))
                .isFalse();
    }
}
