package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "false",
                "0",
                "-0.5e+10",
                "1E3",
                "\"\"",
                "{\"a\":[1,{\"b\":null}],\"c\":\"x\"}",
                "\"ä€😀\"",
                "\"a\\\"b\\\\c\\n\\u0007\\u009b\""
            })
    void whatWasReadIsWrittenTheSame(String text) {
        assertThat(Json.parse(text).compact()).isEqualTo(text);
        assertThat(Json.parse(Json.parse(text).pretty())).isEqualTo(Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "NaN",
                "tru",
                "nul",
                "'a'",
                "\"a",
                "\"a\nb\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "{} {}",
                "1 2",
                "\uFEFF{}",
                "{\"a\":1,\"a\":2}",
                "[1]x"
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void depthIsBounded() {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageContaining("nested too deeply");
    }

    @Test
    void anErrorNeverRepeatsTheText() {
        assertThatThrownBy(() -> Json.parse("ghk_live_secret")).hasMessageNotContaining("ghk");
    }

    @Test
    void aNullMemberCountsAsMissing() {
        Json.Obj object = (Json.Obj) Json.parse("{\"a\":null,\"b\":\"x\",\"c\":1}");
        assertThat(object.get("a")).isEmpty();
        assertThat(object.text("b")).isEqualTo(Optional.of("x"));
        assertThat(object.text("c")).isEmpty();
        assertThat(object.items("c")).isEmpty();
        assertThat(object.with("b", "y").without("c").compact()).isEqualTo("{\"a\":null,\"b\":\"y\"}");
    }
}
