package dev.gatehouse.oauth.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static Optional<Json.Members> read(String text) {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyKindOfValueIsRead() {
        Json.Members members =
                read(" {\"a\":\"\\u0041\\n\\\"\\\\\\/\\ud83d\\ude00\",\"b\":-12,\"c\":[true,false,null,{}],\"d\":1.5e3,\"e\":{}} \n")
                        .orElseThrow();
        assertThat(members.text("a")).contains("A\n\"\\/😀");
        assertThat(members.whole("b")).contains(-12L);
        assertThat(members.whole("d")).isEmpty();
        assertThat(members.text("b")).isEmpty();
        assertThat(members.byName().get("d")).isEqualTo(new Json.OtherNumber("1.5e3"));
        assertThat(((Json.Items) members.byName().get("c")).values()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"x\"",
                "{",
                "}",
                "{}x",
                "{}{}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":0x1}",
                "{\"a\":tru}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"a\":\"",
                "{\"a\":\"\\",
                "\uFEFF{}",
                "{}\u0000",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[",
                "// x\n{}",
                "{}/**/",
                "{\"a\":\u00a01}",
                "{\"a\":\u0661}"
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void m02DepthCountAndEncodingAreBounded() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        assertThat(read(deep)).isEmpty();
        assertThat(read("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}")).isPresent();
        assertThat(read("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}")).isEmpty();
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++) {
            many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        assertThat(read(many.append('}').toString())).isEmpty();
        assertThat(StrictJson.object("{}".getBytes(StandardCharsets.UTF_16))).isEmpty();
        assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isEmpty();
        assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}))
                .isEmpty();
    }

    @Test
    void n04NumbersPast64BitsAreNoIntegers() {
        for (String number : java.util.List.of(
                "9223372036854775808", "-9223372036854775809", "1" + "0".repeat(100_000), "1e2", "1.0", "-0")) {
            assertThat(read("{\"a\":" + number + "}").orElseThrow().whole("a"))
                    .as(number.substring(0, 2))
                    .isEmpty();
        }
        assertThat(read("{\"a\":9223372036854775807}").orElseThrow().whole("a")).contains(Long.MAX_VALUE);
    }

    @Test
    void m07WhatIsWrittenHasNoLineBreaksAndReadsBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x2100; c++) {
            all.append((char) c);
        }
        StringBuilder out = new StringBuilder("{");
        JsonText.member(out, "a", all.toString());
        String text = out.append('}').toString();
        assertThat(text.chars().noneMatch(c -> Character.isISOControl(c) && c < 0x80))
                .isTrue();
        assertThat(read(text).orElseThrow().text("a")).contains(all.toString());
    }
}
