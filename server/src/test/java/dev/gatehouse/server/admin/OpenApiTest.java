package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The OpenAPI document says what the table of operations says, neither more nor less.
class OpenApiTest {
    private static final Map<String, Object> DOCUMENT = OpenApi.document();

    private static List<Row> rows() {
        return Operations.TABLE;
    }

    @Test
    void everyRowIsInTheDocumentAndNothingElse() {
        List<String> documented = new ArrayList<>();
        object(DOCUMENT, "paths")
                .forEach((path, operations) -> ((Map<?, ?>) operations)
                        .keySet()
                        .forEach(method -> documented.add(method.toString().toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Operations.TABLE.stream()
                        .map(row -> row.method() + " " + row.path().text())
                        .toList());
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(operations().map(operation -> operation.get("operationId")))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.toString().matches("[a-z][a-zA-Z0-9]+"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOperationSaysWhatItDoes(Row row) {
        assertThat(row.summary())
                .as("say it in the table: .shows(NOUN, \"...\"), .creates, .lists or .answers")
                .isNotBlank()
                .doesNotContain("|", "\n");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(DOCUMENT, references);
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            String[] parts = reference.split("/", -1);
            assertThat(object(object(DOCUMENT, "components"), parts[2])).containsKey(parts[3]);
        }
    }

    @Test
    void everyDescribedParameterIsTakenSomewhere() {
        assertThat(Parameters.QUERY)
                .allMatch(taken ->
                        Operations.TABLE.stream().anyMatch(row -> row.query().contains(taken.name())));
    }

    private static Stream<Map<String, Object>> operations() {
        return object(DOCUMENT, "paths").values().stream()
                .flatMap(path -> ((Map<?, ?>) path).values().stream())
                .map(OpenApiTest::object);
    }

    private static void collect(Object value, List<String> references) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                if (name.equals("$ref")) {
                    references.add(member.toString());
                }
                collect(member, references);
            });
        } else if (value instanceof List<?> items) {
            items.forEach(item -> collect(item, references));
        }
    }

    private static Map<String, Object> object(Map<String, Object> members, String name) {
        assertThat(members).containsKey(name);
        return object(members.get(name));
    }

    @SuppressWarnings("unchecked") // the document is made of nothing else
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
