package dev.gatehouse.core.right;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6749 section 3.3 and GAUNTLET G01.
class ScopesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a ", " a", "a  b", "a\tb", "a\nb", "a\"b", "a\\b", "ä", "a\u0000", "a a", "a\u007f"})
    void malformedListsAreRefused(String list) {
        assertThat(Scopes.parse(list)).isEmpty();
    }

    @Test
    void listsAreReadInAnyOrderAndShownInOne() {
        assertThat(Scopes.parse("b a:x !"))
                .hasValueSatisfying(scopes -> assertThat(scopes.text()).isEqualTo("! a:x b"));
    }

    @Test
    void countAndLengthAreBounded() {
        assertThat(Scopes.parse(many(Scopes.MAX))).isPresent();
        assertThat(Scopes.parse(many(Scopes.MAX + 1))).isEmpty();
        assertThat(Scopes.parse("a".repeat(Scopes.MAX_LENGTH))).isPresent();
        assertThat(Scopes.parse("a".repeat(Scopes.MAX_LENGTH + 1))).isEmpty();
        assertThat(Scopes.parse("a ".repeat(500_000) + "a")).isEmpty();
    }

    @Test
    void implicationIsTransitiveAndEndsInCycles() {
        Catalogue catalogue = Catalogue.of(Map.of(
                "a", new Catalogue.Entry("", Scopes.of("b")),
                "b", new Catalogue.Entry("", Scopes.of("c")),
                "c", new Catalogue.Entry("", Scopes.of("b")),
                "d", new Catalogue.Entry("", Scopes.NONE)));
        assertThat(catalogue.grants(Scopes.of("a"), "c")).isTrue();
        assertThat(catalogue.grants(Scopes.of("c"), "b")).isTrue();
        assertThat(catalogue.grants(Scopes.of("c"), "a")).isFalse();
        assertThat(catalogue.grants(Scopes.of("a", "b", "c"), "d")).isFalse();
    }

    @Test
    void aScopeThatTheCatalogueDoesNotKnowGrantsNothing() {
        Catalogue catalogue = Catalogue.of(Map.of("a", new Catalogue.Entry("", Scopes.NONE)));
        assertThat(catalogue.grants(Scopes.of("x"), "x")).isFalse();
        assertThatThrownBy(() -> Catalogue.of(Map.of("a", new Catalogue.Entry("", Scopes.of("gone")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rightsAreWithinOthersByNameOrImplicationAtEachApi() {
        Catalogue catalogue = Catalogue.of(Map.of(
                "read", new Catalogue.Entry("", Scopes.NONE), "write", new Catalogue.Entry("", Scopes.of("read"))));
        Id one = new Id(Kind.API, 1);
        Id two = new Id(Kind.API, 2);
        Rights writeOne = Rights.at(one, Scopes.of("write"));
        assertThat(Rights.NONE.within(Rights.NONE, _ -> catalogue)).isTrue();
        assertThat(Rights.at(one, Scopes.of("read")).within(writeOne, _ -> catalogue))
                .isTrue();
        assertThat(writeOne.within(Rights.at(one, Scopes.of("read")), _ -> catalogue))
                .isFalse();
        assertThat(Rights.at(two, Scopes.of("read")).within(writeOne, _ -> catalogue))
                .isFalse();
        assertThat(Rights.at(one, Scopes.of("*")).within(writeOne, _ -> catalogue))
                .isFalse();
    }

    private static String many(int count) {
        List<String> scopes = IntStream.range(0, count).mapToObj(i -> "s" + i).toList();
        return scopes.stream().collect(Collectors.joining(" "));
    }
}
