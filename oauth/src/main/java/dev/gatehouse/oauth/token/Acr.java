package dev.gatehouse.oauth.token;

import dev.gatehouse.core.token.Methods;
import java.util.List;
import java.util.Optional;

/// How surely a person signed in (OpenID Connect Core section 2, `acr`): `1` by one factor, `2` by two. What is
/// told is what was done, whatever was asked for.
public final class Acr {
    /// Both, the lower first.
    public static final List<String> ALL = List.of("1", "2");

    private Acr() {}

    /// The value for these methods (RFC 8176); none where nothing is known.
    static Optional<String> of(List<String> methods) {
        return methods.isEmpty()
                ? Optional.empty()
                : Optional.of(Methods.several(methods) ? ALL.getLast() : ALL.getFirst());
    }

    /// Whether somebody who signed in by these methods meets one of the values that are asked for (section 3.1.2.1,
    /// `acr_values`, apart by spaces). Values that are none of ours ask for nothing.
    public static boolean met(String asked, List<String> methods) {
        List<String> known =
                List.of(asked.split(" ")).stream().filter(ALL::contains).toList();
        return known.isEmpty()
                || known.contains(ALL.getFirst())
                || of(methods).filter(known::contains).isPresent();
    }
}
