package dev.gatehouse.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET M06, L02.
class UsernamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"alice", "a", "9", "a.b-c_d@e+f", "user_1", "user_0c5wmv3k2n8q", "nobody_0c5wmv3k2n8qa"})
    void plainNamesAreTheirOwnSpelling(String name) {
        assertThat(Usernames.canonical(name)).contains(name);
        assertThat(Usernames.canonical(name.toUpperCase(Locale.ROOT))).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_a", "@a", "a b", "a\u0000", "al\u0131ce", "\u212Aelvin", "ålice"})
    void whatWouldNeedFoldingIsNone(String name) {
        assertThat(Usernames.canonical(name)).isEmpty();
    }

    @Test
    void itsLengthIsBounded() {
        assertThat(Usernames.canonical("a".repeat(Usernames.MAX))).isPresent();
        assertThat(Usernames.canonical("a".repeat(Usernames.MAX + 1))).isEmpty();
    }

    /// An application that was given no `client_id` has its id for one (GAUNTLET C08).
    @ParameterizedTest
    @EnumSource
    void nothingOfTheFormOfAnIdIsOne(Kind kind) {
        String id = new Id(kind, 4711).text();
        assertThat(Usernames.canonical(id)).isEmpty();
        assertThat(Usernames.canonical(id.toUpperCase(Locale.ROOT))).isEmpty();
    }
}
