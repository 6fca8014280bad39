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
public record Field(
        String name,
        String title,
        boolean secret,
        boolean required,
        Optional<Pattern> pattern,
        Optional<String> example) {
    /// The longest value.
    public static final int MAX_VALUE = 8192;

    /// The field that says which account at the platform a credential is for, where it says so.
    public static final String ACCOUNT = "account";

    /// The same, which comes with the platform's answers.
    public Field optional() {
        return new Field(name, title, secret, false, pattern, example);
    }

    /// Whether a value may be this part: printable ASCII within bounds, as the pattern says.
    public boolean takes(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_VALUE
                && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                && pattern.map(whole -> whole.matcher(value).matches()).orElse(true);
    }
}
