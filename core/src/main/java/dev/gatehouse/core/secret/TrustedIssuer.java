package dev.gatehouse.core.secret;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Somebody else whose signed word an application is believed by (RFC 7523 section 2.1): what a credential of
/// public keys is that are not the application's own.
///
/// @param issuer the `iss` of what it signs
/// @param subject the `sub` that stands for the application; absent where each `sub` is the username of a user
/// @param keys the issuer's
public record TrustedIssuer(String issuer, Optional<String> subject, PublicKeys keys) {
    /// The longest issuer, and the longest subject.
    public static final int MAX_LENGTH = 255;

    private static final String MARK = "assertion_issuer ";
    private static final String ONE = "=";
    private static final String USERS = "@";

    /// A name as it can be in a claim; empty for what is none.
    public static Optional<String> name(String text) {
        return Optional.of(text)
                .filter(one -> !one.isBlank()
                        && one.length() <= MAX_LENGTH
                        && one.chars().noneMatch(Character::isISOControl));
    }

    /// One string, as it is stored.
    public String text() {
        return MARK
                + encode(issuer)
                + ' '
                + subject.map(one -> ONE + encode(one)).orElse(USERS)
                + ' '
                + keys.jwks();
    }

    /// What [#text] wrote; empty for anything else.
    public static Optional<TrustedIssuer> of(String text) {
        if (!text.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] parts = text.substring(MARK.length()).split(" ", 3);
        if (parts.length < 3 || !(parts[1].startsWith(ONE) || parts[1].equals(USERS))) {
            return Optional.empty();
        }
        Optional<String> subject =
                parts[1].equals(USERS) ? Optional.empty() : Optional.of(decode(parts[1].substring(ONE.length())));
        return Optional.of(new TrustedIssuer(decode(parts[0]), subject, new PublicKeys(parts[2])));
    }

    /// Whether it says so of this subject.
    public boolean speaksOf(String of, String about) {
        return issuer.equals(of) && subject.orElse(about).equals(about);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
