package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GAUNTLET M02, made from the OpenAPI document: a value of another type than the member's is refused, and
/// nothing changes.
class HostileBodiesTest extends HostileBodiesFixture {
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

    private List<Operation> bodies() {
        return writes().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aValueOfAnotherTypeIsRefused(Operation operation) {
        Map<String, String> before = StoredRows.of(folder);
        int[] refusals = {0};
        Spots.everywhere(requests, operation, estate, (body, spot) -> {
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

    private void refused(Operation operation, JsonNode body, String... codes) {
        Got got = requests.send(server.bootstrapKey(), operation, requests.path(operation, estate), body);
        assertThat(got.status()).as("%s: %s", body, got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString())
                .as("%s: %s", body, got.text())
                .isIn((Object[]) codes);
    }
}
