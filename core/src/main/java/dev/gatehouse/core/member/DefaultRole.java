package dev.gatehouse.core.member;

import java.util.List;

/// What an organization says of the role of applications and members whose maker names none: of its own, and of
/// those below it, as far as none nearer says something else.
public sealed interface DefaultRole {
    /// It says nothing, so the nearest above counts that does.
    record Above() implements DefaultRole {}

    /// None, whatever those above say.
    record None() implements DefaultRole {}

    /// One role.
    ///
    /// @param name of a role of the organization that says so, or of the nearest one above it that has one
    record Named(String name) implements DefaultRole {}

    /// As it is stored and audited.
    default String text() {
        return switch (this) {
            case Above() -> "";
            case None() -> "none";
            case Named(String name) -> "role " + name;
        };
    }

    /// The reverse of [#text].
    static DefaultRole read(String text) {
        if (text.isEmpty()) {
            return new Above();
        }
        return text.startsWith("role ") ? new Named(text.substring("role ".length())) : new None();
    }

    /// The part of a chain that begins with the organization whose word counts; empty when nobody says anything.
    ///
    /// @param chain an organization and those above it
    static List<Organization> saying(List<Organization> chain) {
        return chain.stream()
                .dropWhile(one -> one.defaultRole() instanceof Above)
                .toList();
    }
}
