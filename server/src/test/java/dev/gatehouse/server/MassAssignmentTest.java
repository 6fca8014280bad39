package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// GAUNTLET H03, made from the OpenAPI document: a member that a write does not take is refused by name, at every
/// depth and whatever its value, and nothing changes.
class MassAssignmentTest extends HostileBodiesFixture {
    /// The members that H03 names, and others that a caller may hope for, each with a value that would serve it.
    private static final Map<String, String> HOPED_FOR = Map.ofEntries(
            Map.entry("role", "\"owner\""),
            Map.entry("isAdmin", "true"),
            Map.entry("tenantId", "\"org_0000000000000\""),
            Map.entry("ownerId", "\"app_0000000000000\""),
            Map.entry("userId", "1"),
            Map.entry("id", "\"app_0000000000000\""),
            Map.entry("status", "\"active\""),
            Map.entry("enabled", "true"),
            Map.entry("scopes", "\"role\""),
            Map.entry("hash", "\"00\""),
            Map.entry("createdAt", "\"2020-01-01T00:00:00Z\""),
            Map.entry("quota", "1000000"),
            Map.entry("digest", "\"00\""),
            Map.entry("revoked", "false"),
            Map.entry("standing", "{\"holds\":[]}"),
            Map.entry("parent_id", "\"org_0000000000000\""),
            Map.entry("NAME", "\"x\""),
            Map.entry("name ", "\"x\""),
            Map.entry("__proto__", "{\"role\":\"owner\"}"),
            Map.entry("$type", "\"x\""));

    private static final List<String> EMPTY = List.of("null", "\"\"", "[]", "{}");

    /// What members of other operations are given, by turns.
    private static final List<String> BY_TURNS =
            List.of("null", "\"\"", "\"x\"", "true", "0", "[]", "{}", "\"role\"", "[\"*\"]");

    /// The members to try, each with the values that it is given: every member that the document knows anywhere,
    /// and what a caller may hope for.
    private Map<String, List<String>> tried() {
        Map<String, List<String>> tried = new LinkedHashMap<>();
        for (String name : requests.document().memberNames()) {
            tried.put(name, List.of(BY_TURNS.get(tried.size() % BY_TURNS.size())));
        }
        HOPED_FOR.forEach((name, value) ->
                tried.put(name, Stream.concat(EMPTY.stream(), Stream.of(value)).toList()));
        return tried;
    }

    @Test
    void thereIsMuchToTry() {
        assertThat(tried())
                .containsKeys("id", "role", "state", "generation", "secret", "isAdmin", "code")
                .hasSizeGreaterThan(50);
        assertThat(writes()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aMemberThatIsNotTakenIsRefusedByName(Operation operation) {
        Map<String, String> before = StoredRows.of(folder);
        int[] refusals = {0};
        Spots.everywhere(
                requests,
                operation,
                estate,
                (body, spot) -> tried().forEach((name, values) -> {
                    if (spot.closed() && !spot.schema().get("properties").has(name)) {
                        for (String json : values) {
                            JsonNode value = RunningServer.JSON.readTree(json);
                            refused(operation, name, Spots.with(body, spot.at() + "/" + name, value));
                            refusals[0]++;
                        }
                    }
                }));
        assertThat(refusals[0]).isGreaterThan(100);
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    private void refused(Operation operation, String name, JsonNode body) {
        Got got = requests.send(server.bootstrapKey(), operation, requests.path(operation, estate), body);
        assertThat(got.status()).as("%s: %s", body, got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString())
                .as("%s: %s", body, got.text())
                .isEqualTo("unknown_field");
        assertThat(got.json().get("detail").asString())
                .as("%s: %s", body, got.text())
                .contains(name.strip());
    }
}
