package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.Spots.Spot;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GAUNTLET H03 and M02, made from the OpenAPI document: a member that an operation does not take is refused by
/// name at every depth, a value of another type than the member's is refused, and nothing changes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {
    private static final List<String> HOPED_FOR = List.of(
            "isAdmin",
            "tenantId",
            "ownerId",
            "userId",
            "status",
            "enabled",
            "hash",
            "digest",
            "createdAt",
            "quota",
            "revoked",
            "standing",
            "parent_id",
            "NAME",
            "name ",
            "__proto__",
            "$type");

    /// What such a member is given, by turns.
    private static final List<String> VALUES =
            List.of("null", "\"\"", "\"x\"", "true", "0", "[]", "{}", "\"role\"", "[\"*\"]");

    private static final List<String> OTHER_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e3",
            "9223372036854775808",
            "\"\"",
            "\"\\u0000\"",
            "\"" + "x".repeat(8000) + "\"",
            "[]",
            "[null]",
            "[[]]",
            "{}",
            "{\"\":null}",
            "{\"a\":[1]}");

    @TempDir
    static Path folder;

    private RunningServer server;
    private Requests requests;
    private Estate estate;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        requests = Requests.to(server);
        estate = Estate.below(server, Estate.provider(server).organization(), "customer")
                .withApi();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<Operation> writes() {
        return requests.document().writes();
    }

    private List<Operation> bodies() {
        return writes().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(requests.document().memberNames());
        names.addAll(HOPED_FOR);
        return names;
    }

    @Test
    void thereIsMuchToTry() {
        assertThat(names())
                .contains("id", "role", "state", "generation", "secret", "isAdmin", "code")
                .hasSizeGreaterThan(50);
        assertThat(writes()).hasSizeGreaterThan(20);
    }

    /// H03.
    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aMemberThatIsNotTakenIsRefusedByName(Operation operation) {
        Map<String, String> before = StoredRows.of(folder);
        Set<String> names = names();
        int[] turn = {0};
        everySpot(operation, (body, spot) -> {
            if (spot.closed()) {
                for (String name : names) {
                    if (!spot.schema().get("properties").has(name)) {
                        JsonNode value = RunningServer.JSON.readTree(VALUES.get(turn[0]++ % VALUES.size()));
                        refused(operation, Spots.with(body, spot.at() + "/" + name, value), "unknown_field");
                    }
                }
            }
        });
        assertThat(turn[0]).isGreaterThan(50);
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    /// M02.
    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aValueOfAnotherTypeIsRefused(Operation operation) {
        Map<String, String> before = StoredRows.of(folder);
        int[] refusals = {0};
        everySpot(operation, (body, spot) -> {
            for (String json : OTHER_VALUES) {
                if (spot.at().isEmpty()) {
                    continue;
                }
                ObjectNode changed = Spots.with(body, spot.at(), RunningServer.JSON.readTree(json));
                if (!requests.check().allows(operation.body().orElseThrow(), changed)) {
                    refused(operation, changed, "invalid_field", "unknown_field", "missing_field", "invalid_request");
                    refusals[0]++;
                }
            }
        });
        assertThat(refusals[0]).isGreaterThan(5);
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    /// Every value of every body that the operation takes, each place once.
    private void everySpot(Operation operation, BiConsumer<ObjectNode, Spot> use) {
        JsonNode schema = operation
                .body()
                .orElseGet(() -> RunningServer.JSON.readTree("{\"type\":\"object\",\"properties\":{}}"));
        Set<String> seen = new HashSet<>();
        List<List<String>> choices = new ArrayList<>(List.of(List.of()));
        Requests.optional(operation).forEach(name -> choices.add(List.of(name)));
        for (List<String> others : choices) {
            ObjectNode body = requests.body(operation, estate, others);
            for (Spot spot : new Spots(requests.check()).in(schema, body)) {
                if (seen.add(spot.at())) {
                    use.accept(body, spot);
                }
            }
        }
    }

    private void refused(Operation operation, JsonNode body, String... codes) {
        Got got = requests.send(server.bootstrapKey(), operation, requests.path(operation, estate), body);
        assertThat(got.status()).as("%s: %s", body, got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString())
                .as("%s: %s", body, got.text())
                .isIn((Object[]) codes);
    }
}
