package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The reference pages that are made from the table of operations are those that are committed. With the system
/// property `gatehouse.write` they are written instead.
class ReferenceTest {
    private static final Path DOCUMENT = Path.of("../docs/reference/openapi.json");
    private static final Path PAGE = Path.of("../docs/reference/admin-api.md");
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- end of operations -->\n";
    private static final String COMMAND = "./mvnw -q -pl server -am test -Dtest=ReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgatehouse.write=true";

    @Test
    void theOpenApiDocumentIsTheCommittedOne() throws IOException {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        same(DOCUMENT, json.writeValueAsString(OpenApi.document()).replace("\r\n", "\n") + "\n");
    }

    @Test
    void theOperationsOfThePageAreThoseOfTheTable() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        same(PAGE, before + "\n" + table() + "\n" + page.substring(page.indexOf(END)));
    }

    private static void same(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("gatehouse.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is out of date; write it with: %s", file, COMMAND)
                .isEqualTo(expected);
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
