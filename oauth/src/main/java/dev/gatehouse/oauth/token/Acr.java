package dev.gatehouse.oauth.token;

import java.util.List;

/// How well a user proved itself, in one word for clients (`acr`, OpenID Connect Core section 2): by one thing, or by
/// two.
public final class Acr {
    /// One thing: a password.
    public static final String ONE = "urn:gatehouse:acr:1";

    /// Two things: a password and a code, say.
    public static final String TWO = "urn:gatehouse:acr:2";

    /// Both, in the order in which they are better.
    public static final List<String> ALL = List.of(ONE, TWO);

    private Acr() {}

    /// The word for these methods (RFC 8176).
    public static String of(List<String> methods) {
        return methods.contains("mfa") ? TWO : ONE;
    }

    /// Whether a user who proved itself by these methods is as good as the word wants: two things are one thing, too.
    public static boolean meets(String wanted, List<String> methods) {
        return wanted.equals(of(methods)) || (wanted.equals(ONE) && of(methods).equals(TWO));
    }
}
