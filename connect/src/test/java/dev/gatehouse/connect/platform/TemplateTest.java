package dev.gatehouse.connect.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that are found in a text which somebody sent.
class TemplateTest {
    private static final String HOOK = "https://{portal}/rest/{user}/{code}";

    private static Template template(String text) {
        return Template.parse(text).orElseThrow();
    }

    /// A text that counts how often a character of it is read.
    private record Counted(String text, AtomicInteger reads) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static int reads(String template, String text) {
        Counted counted = new Counted(text, new AtomicInteger());
        assertThat(template(template).match(counted)).isEmpty();
        return counted.reads().get();
    }

    @Test
    void whatFillsItIsFound() {
        assertThat(template(HOOK).match("https://acme.bitrix24.com/rest/1/abc"))
                .contains(Map.of("portal", "acme.bitrix24.com", "user", "1", "code", "abc"));
        assertThat(template("{instance_url}/Api/V8").match("https://crm.example.com/suite/Api/V8"))
                .contains(Map.of("instance_url", "https://crm.example.com/suite"));
        assertThat(template("{a}-{a}").match("x-x")).contains(Map.of("a", "x"));
        assertThat(template("https://api.example.com").match("https://api.example.com"))
                .contains(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "https://{portal}/rest,      https://evil.test/x/rest",
        "https://{portal}/rest,      https:///rest",
        "https://{portal}/rest,      http://acme/rest",
        "{a}-{a},                    x-y"
    })
    void whatDoesNotFillItIsNot(String template, String text) {
        assertThat(template(template).match(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://acme.test/rest/1/ab\nc", "https://acme test/rest/1/a", "https://ä.test/rest/1/a"})
    void nothingButPrintableAsciiIsFound(String text) {
        assertThat(template(HOOK).match(text)).isEmpty();
    }

    /// A body that is as long as one may be, made so that each place could end anywhere.
    @Test
    void aLongTextIsNotLookedAt() {
        assertThat(reads(HOOK, "https://" + "/rest/x/".repeat(7500) + "\n")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {HOOK, "{a}/rest/{b}/{c}/end", "https://{a}.{b}.{c}"})
    void theWorstThatIsLookedAtCostsLittle(String template) {
        assertThat(reads(template, "https://" + "/rest/x/".repeat(36) + "!?")).isLessThan(100_000);
        assertThat(reads(template, "https://" + "a".repeat(290) + "/")).isLessThan(100_000);
    }
}
