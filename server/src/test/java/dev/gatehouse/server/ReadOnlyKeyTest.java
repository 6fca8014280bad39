package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.admin.WriteOperations;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET H04, H06 through HTTP, over every row of the admin API's table: a key does what its scopes say,
/// although its application has the role of the owner.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyKeyTest {
    private static final String READS = Stream.of("orgs", "apps", "keys", "apis", "roles", "audit", "nodes")
            .map(noun -> "\"" + noun + ":read\"")
            .collect(Collectors.joining(","));

    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;
    private Secret reader = Secret.of("none");
    private Secret empty = Secret.of("none");
    private String application = "";
    private String role = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        role = Setup.role(server, "buyer", "orders");
        customer = Customer.create(server, "one", role);
        var whoami = server.admin("GET", "/v1/whoami", "").json();
        application = whoami.get("application").get("id").asString();
        reader = key("\"scopes\":{\"gatehouse\":[" + READS + "]}");
        empty = key("\"environment\":\"live\"");
    }

    private Secret key(String scopes) {
        return Secret.of(Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\",\"expires_at\":\"2026-01-01T12:00:00Z\"," + scopes + "}")
                .get("secret")
                .asString());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<WriteOperations.Listed> writes() {
        return WriteOperations.all().stream().filter(WriteOperations.Listed::writes);
    }

    private static Stream<WriteOperations.Listed> reads() {
        return WriteOperations.all().stream().filter(row -> !row.writes());
    }

    private static Stream<WriteOperations.Listed> scoped() {
        return WriteOperations.all().stream().filter(WriteOperations.Listed::scoped);
    }

    private String filled(String path) {
        return path.replace("{organization}", customer.organization())
                .replace("{application}", customer.application())
                .replace("{credential}", customer.apiKeyId())
                .replace("{role}", role)
                .replace("{api}", "orders");
    }

    @Test
    void theTableHasBothKinds() {
        assertThat(writes()).hasSizeGreaterThan(20);
        assertThat(reads()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aReadOnlyKeyWritesNothing(WriteOperations.Listed row) {
        String path = filled(row.path());
        String before = state();
        var got = server.admin(reader, row.method(), path, "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.json().get("code").asString()).isEqualTo("insufficient_scope");
        assertThat(got.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        return server.admin("GET", "/v1/organizations/" + customer.organization(), "")
                        .text()
                + server.admin("GET", "/v1/applications/" + customer.application(), "")
                        .text()
                + server.admin("GET", "/v1/credentials/" + customer.apiKeyId(), "")
                        .text()
                + server.admin("GET", "/v1/roles/" + role, "").text()
                + server.admin("GET", "/v1/apis/orders", "").text();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void aReadOnlyKeyReads(WriteOperations.Listed row) {
        assertThat(server.admin(reader, "GET", filled(row.path()), "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("scoped")
    void aKeyWithoutScopesDoesNothing(WriteOperations.Listed row) {
        var got = server.admin(empty, row.method(), filled(row.path()), row.writes() ? "{}" : "");
        assertThat(got.status()).as(got.text()).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("scoped")
    void withoutACredentialEverythingIs401(WriteOperations.Listed row) {
        var got = server.adminWith(row.method(), filled(row.path()), new byte[0]);
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse\"");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @MethodSource("scoped")
    void aCustomersKeyIsNothingHere(WriteOperations.Listed row) {
        var got =
                server.admin(Secret.of(customer.apiKey()), row.method(), filled(row.path()), row.writes() ? "{}" : "");
        assertThat(got.status()).as(got.text()).isEqualTo(403);
    }
}
