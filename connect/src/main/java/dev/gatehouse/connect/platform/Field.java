package dev.gatehouse.connect.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/// One part of a credential.
///
/// @param name its name in credentials and templates
/// @param title what a person is asked for
/// @param secret whether people see dots while they type it
/// @param required whether a connection has it from the beginning; others come with the platform's answers
/// @param pattern what the whole value looks like
/// @param example a value that is of nobody's
/// @param lines whether it has several lines: keys and certificates in PEM, which are put nowhere on a call
public record Field(
        String name,
        String title,
        boolean secret,
        boolean required,
        Optional<Pattern> pattern,
        Optional<String> example,
        boolean lines) {
    /// The private key of ways that sign, or that show a certificate.
    public static final String PRIVATE_KEY = "private_key";

    /// The certificate of ways that show one, with those that signed it behind it.
    public static final String CERTIFICATE = "certificate";

    /// The longest value.
    public static final int MAX_VALUE = 8192;

    /// The field that says which account at the platform a credential is for, where it says so.
    public static final String ACCOUNT = "account";

    /// One of a single line.
    public Field(
            String name,
            String title,
            boolean secret,
            boolean required,
            Optional<Pattern> pattern,
            Optional<String> example) {
        this(name, title, secret, required, pattern, example, false);
    }

    /// One in PEM.
    static Field pem(String name, String title, boolean secret) {
        return new Field(name, title, secret, true, Optional.empty(), Optional.empty(), true);
    }

    /// The same, which comes with the platform's answers.
    public Field optional() {
        return new Field(name, title, secret, false, pattern, example, lines);
    }

    /// Whether a value may be this part: printable ASCII within bounds, as the pattern says; with line breaks where
    /// it has lines.
    public boolean takes(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_VALUE
                && value.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || (lines && (c == '\n' || c == '\r')))
                && pattern.map(whole -> whole.matcher(value).matches()).orElse(true);
    }
}
