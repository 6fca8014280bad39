package dev.gatehouse.dialect.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dialect.model.Answer;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Members and order of lists, as callers ask for them.
class ListFormTest {
    private static final Answer ANSWER = new Answer(
            200,
            Optional.empty(),
            Map.of(
                    "items",
                    new Template.Members(Map.of(
                            "key", new Template.Value("connection", Optional.empty()),
                            "type", new Template.Value("platform", Optional.empty()),
                            "description", new Template.Value("description", Optional.empty())))),
            Map.of(),
            Optional.empty());

    private static Result item(String key, String platform) {
        return Result.NONE.with(Output.CONNECTION, key).with(Output.PLATFORM, platform);
    }

    private static final List<Result> ITEMS =
            List.of(item("1", "HubSpot"), item("2", "Act"), item("3", "HubSpot"), item("4", "Zoho"));

    private static Optional<ListForm> form(String fields, String sort) {
        return ListForm.read(ANSWER, Optional.of(fields), Optional.of(sort));
    }

    private static String order(String sort) {
        return form("", sort).orElseThrow().sorted(ITEMS).stream()
                .map(item -> item.get("connection").orElseThrow().toString())
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1234",
        "',', 1234",
        "type, 2134",
        "-type, 4132",
        "'-type,-key', 4312",
        "'type, -key', 2314",
        "'+key', 1234",
        "'-key,key,-key', 4321",
        "description, 1234"
    })
    void itemsAreOrderedByTheMembersThatAreNamed(String sort, String expected) {
        assertThat(order(sort)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential", "platform", "--type", "type;key", "-", "Type"})
    void whatItemsDoNotHaveIsNoOrder(String sort) {
        assertThat(form("", sort)).isEmpty();
    }

    @Test
    void aMemberThatItemsDoNotHaveIsNotShown() {
        assertThat(Stream.of("type", "type,credential", " type ,,type")
                        .map(fields -> form(fields, "")
                                .orElseThrow()
                                .of(ANSWER)
                                .items()
                                .get("items")
                                .members()
                                .keySet()))
                .allSatisfy(shown -> assertThat(shown).containsExactly("type"));
        assertThat(form("credential", "")
                        .orElseThrow()
                        .of(ANSWER)
                        .items()
                        .get("items")
                        .members())
                .isEmpty();
        assertThat(form("", "").orElseThrow().of(ANSWER)).isEqualTo(ANSWER);
        assertThat(ListForm.read(ANSWER, Optional.empty(), Optional.empty())
                        .orElseThrow()
                        .ordered())
                .isFalse();
    }
}
