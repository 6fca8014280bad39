package dev.gatehouse.server.admin;

import dev.gatehouse.testkit.ReferencePage;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The reference pages that are made from the table of operations are those that are committed.
class ReferenceTest {
    @Test
    void theOpenApiDocumentIsTheCommittedOne() {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ReferencePage.same(
                "openapi.json", json.writeValueAsString(OpenApi.document()).replace("\r\n", "\n") + "\n");
    }

    @Test
    void theOperationsOfThePageAreThoseOfTheTable() {
        ReferencePage.section("admin-api.md", "operations", table());
    }

    private static String table() {
        return "| method and path | scope | takes | |\n|---|---|---|---|\n"
                + Operations.TABLE.stream().map(ReferenceTest::line).collect(Collectors.joining());
    }

    private static String line(Row row) {
        List<String> scopes = row.need().scopes().list();
        String scope = scopes.isEmpty() ? "any" : "`" + String.join("` or `", scopes) + "`";
        String taken = row.form().items().stream()
                .map(item -> "`" + item.attribute().name() + "`" + (item.required() ? "*" : ""))
                .collect(Collectors.joining(", "));
        String query = new TreeSet<>(row.query())
                .stream().map(name -> "`?" + name + "`").collect(Collectors.joining(", "));
        String takes = query + (query.isEmpty() || taken.isEmpty() ? "" : ", ") + taken;
        return "| `" + row.method() + " " + row.path().text() + "` | " + scope + " | " + takes + " | " + row.summary()
                + " |\n";
    }
}
