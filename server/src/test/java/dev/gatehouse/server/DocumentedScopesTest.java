package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GAUNTLET H04 and H06, made from the OpenAPI document: an operation is done for keys that have the scope which
/// the document names for it, and for no others. Every key here belongs to an application with the role of the
/// owner.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedScopesTest {
    @TempDir
    static Path folder;

    private final Map<String, Secret> keys = new HashMap<>();
    private RunningServer server;
    private Secret keyAtOrders = Secret.of("none");
    private Requests requests;
    private Estate estate;
    private JsonNode catalogue = RunningServer.JSON.createObjectNode();
    private String application = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        requests = Requests.to(server);
        Estate provider = Estate.provider(server);
        application = provider.id("app");
        estate = Estate.below(server, provider.organization(), "customer")
                .withSession()
                .withApi()
                .withProvider();
        String role = Setup.role(server, "buyer", "orders");
        keyAtOrders = Secret.of(Customer.create(server, "one", role).apiKey());
        catalogue = server.admin("GET", "/v1/apis/gatehouse", "").json().get("scopes");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<Operation> writes() {
        return requests.document().writes();
    }

    private List<Operation> scoped() {
        return requests.document().operations().stream()
                .filter(operation -> !operation.scopes().isEmpty())
                .toList();
    }

    @Test
    void everyWriteNeedsAScopeThatIsNotForReading() {
        assertThat(writes()).hasSizeGreaterThan(20).allSatisfy(operation -> {
            assertThat(operation.scopes()).isNotEmpty().allMatch(catalogue::has);
            assertThat(operation.scopes()).noneMatch(scope -> scope.endsWith(":read"));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aKeyThatMayReadEverythingWritesNothing(Operation operation) {
        refused(operation, key(scope -> scope.endsWith(":read")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scoped")
    void aKeyWithAllScopesButTheRightOneIsRefused(Operation operation) {
        refused(operation, key(scope -> operation.scopes().stream().noneMatch(needed -> gives(scope, needed))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scoped")
    void aKeyWithoutScopesIsRefused(Operation operation) {
        refused(operation, key(_ -> false));
    }

    /// With the right scope alone the request is looked at, and refused for what is in it.
    @ParameterizedTest(name = "{0}")
    @MethodSource("scoped")
    void theRightScopeIsEnoughToBeHeard(Operation operation) {
        ObjectNode body = requests.body(operation, estate, List.of()).put("no_such_member", 1);
        for (String scope : operation.scopes()) {
            Secret key = key(scope::equals);
            Map<String, String> before = StoredRows.of(folder);
            Got got = requests.send(key, operation, requests.path(operation, estate), body);
            if (operation.writes()) {
                assertThat(got.json().get("code").asString()).isEqualTo("unknown_field");
            } else {
                assertThat(got.status()).as(got.text()).isEqualTo(200);
            }
            assertThat(StoredRows.of(folder)).isEqualTo(before);
        }
    }

    private List<Operation> all() {
        return requests.document().operations();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void withoutACredentialEverythingIs401(Operation operation) {
        Got got = server.adminWith(operation.method(), requests.path(operation, estate), new byte[0]);
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    /// A key with all that a role gives, at another Api.
    @ParameterizedTest(name = "{0}")
    @MethodSource("scoped")
    void aKeyForAnotherApiIsRefused(Operation operation) {
        refused(operation, keyAtOrders);
    }

    private void refused(Operation operation, Secret key) {
        Map<String, String> before = StoredRows.of(folder);
        ObjectNode body = requests.body(operation, estate, List.of());
        Got got = requests.send(key, operation, requests.path(operation, estate), body);
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.json().get("code").asString()).isEqualTo("insufficient_scope");
        assertThat(got.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"", "scope=\"" + String.join(" ", operation.scopes()) + "\"");
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    private boolean gives(String scope, String needed) {
        return scope.equals(needed)
                || catalogue.get(scope).path("implies").values().stream()
                        .anyMatch(implied -> gives(implied.asString(), needed));
    }

    /// A key with the scopes of the admin API that are picked.
    private Secret key(Predicate<String> picked) {
        List<String> scopes = new ArrayList<>(catalogue.propertyNames());
        scopes.removeIf(picked.negate());
        String json = scopes.stream().map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        return keys.computeIfAbsent(
                json,
                _ -> Secret.of(Customer.created(
                                server,
                                "/v1/applications/" + application + "/credentials",
                                "{\"kind\":\"api_key\",\"name\":\"k\",\"scopes\":{\"gatehouse\":[" + json + "]}}")
                        .get("secret")
                        .asString()));
    }
}
