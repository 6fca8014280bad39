package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    /// Escape sequences, line ends, bidirectional overrides, C1 controls (GAUNTLET M07).
    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31m", "a\nb", "a\rb", "\u202egnp.exe", "\u009b31m", "\u2028", "\u0000"})
    void nothingFromAServerSteersTheTerminal(String text) {
        assertThat(Text.line(text))
                .contains("\\u")
                .matches(shown ->
                        shown.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028));
    }

    @Test
    void otherTextStays() {
        assertThat(Text.line("Ärger & Söhne 東京 😀")).isEqualTo("Ärger & Söhne 東京 😀");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "x"                 | x
            null                | -
            []                  | -
            {}                  | -
            ["owner","policy"]  | owner policy
            {"a":["b"]}         | {"a":["b"]}
            12                  | 12
            """)
    void valuesAreShownForPeople(String json, String shown) {
        assertThat(Text.of(Json.parse(json))).isEqualTo(shown);
    }
}
