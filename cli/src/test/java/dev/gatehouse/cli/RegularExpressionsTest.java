package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.RegularExpressions.Found;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET M07: no regular expression that sees what callers send takes more steps than a few for each
/// character, whatever they send. A step is a look at a character.
class RegularExpressionsTest {
    /// One class of every module that a server is made of.
    private static final List<Class<?>> MODULES = List.of(
            dev.gatehouse.core.api.Api.class,
            dev.gatehouse.oauth.token.Minter.class,
            dev.gatehouse.storage.Storage.class,
            dev.gatehouse.server.Gatehouse.class);

    /// Where a regular expression is not a constant: it is given by a caller whose own is looked at, or made of
    /// constants at the start.
    private static final Set<String> NOT_CONSTANT = Set.of("dev/gatehouse/server/admin/Types.matching");

    private static final int LENGTH = 2_000;
    private static final int STEPS_EACH = 60;

    /// A text that ends an attempt that takes too long.
    private static final class Watched implements CharSequence {
        private final String text;
        private final long most;
        private long steps;

        Watched(String text) {
            this.text = text;
            this.most = (long) STEPS_EACH * (text.length() + 10);
        }

        @Override
        public char charAt(int index) {
            if (++steps > most) {
                throw new IllegalStateException("more than " + most + " steps");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Found> all() {
        return MODULES.stream().flatMap(module -> RegularExpressions.beside(module).stream());
    }

    @Test
    void everyOneIsSeen() {
        assertThat(all()).hasSizeGreaterThan(25);
        assertThat(all().flatMap(found -> found.regex().stream()))
                .contains("[A-Za-z0-9._~+/-]++=*+", "[!-~]{16,255}", "(?i:basic) +([A-Za-z0-9+/]{4,4096}={0,2})");
        assertThat(all().filter(found -> found.regex().isEmpty())
                        .map(Found::place)
                        .collect(Collectors.toSet()))
                .isEqualTo(NOT_CONSTANT);
    }

    static Stream<Found> constant() {
        return all().filter(found -> found.regex().isPresent()).distinct();
    }

    @ParameterizedTest
    @MethodSource("constant")
    void itTakesAFewStepsForEachCharacter(Found found) {
        String regex = found.regex().orElseThrow();
        attack(Pattern.compile(regex), found.whole(), regex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "a*a*a*b", "x(\\.?[0-9]+)*y", "([a-z]+,?)+;", "\"[^\"]*[ \t]*[ \t]*,"})
    void oneThatTriesAgainAndAgainIsFound(String regex) {
        assertThatThrownBy(() -> attack(Pattern.compile(regex), true, regex))
                .hasMessageMatching("(?s).*(more than [0-9]+ steps|StackOverflowError).*");
    }

    private static void attack(Pattern pattern, boolean whole, String regex) {
        Set<String> beginnings = new LinkedHashSet<>(List.of("", literal(regex)));
        for (String beginning : beginnings) {
            for (String part : parts(regex)) {
                for (String end : List.of("", "!", "\u0000")) {
                    String text = beginning + part.repeat(LENGTH / part.length()) + end;
                    Matcher matcher = pattern.matcher(new Watched(text));
                    try {
                        var _ = whole ? matcher.matches() : matcher.find();
                    } catch (IllegalStateException | StackOverflowError e) {
                        throw new AssertionError(
                                regex + " on '" + beginning + "', then '" + part + "' many times, then '" + end + "': "
                                        + e,
                                e);
                    }
                }
            }
        }
    }

    /// What every match begins with.
    private static String literal(String regex) {
        Matcher matcher = Pattern.compile("(?:[A-Za-z0-9_/@\" ]|\\\\[.])*+").matcher(regex);
        return matcher.lookingAt() ? matcher.group().replace("\\", "") : "";
    }

    /// Characters that the expression knows, singly and in pairs, to be sent many times.
    private static Set<String> parts(String regex) {
        Set<String> singles =
                new LinkedHashSet<>(List.of("a", "A", "f", "0", "7", " ", "\t", "\"", ",", ".", "\u00e4"));
        regex.chars().filter(c -> c > ' ' && c < 0x7f).forEach(c -> singles.add(Character.toString(c)));
        Set<String> parts = new LinkedHashSet<>(singles);
        for (String first : singles) {
            for (String second : singles) {
                parts.add(first + second);
            }
        }
        parts.addAll(List.of("\"a\",", "\"a\" , ", "W/\"a\", ", "1.", "a.b.", "::1", ";a=b"));
        return parts;
    }
}
