package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.util.Locale;
import java.util.Optional;

/// The one spelling of each username. Letters are those of ASCII and have no case, so that no two names look or
/// compare alike in one place and not in another (GAUNTLET M06, L02): whatever would need folding is no username.
/// Nor is what has the form of an id, because a `client_id` that nobody chose is one, and names stand beside each
/// other in tokens.
public final class Usernames {
    /// The longest username.
    public static final int MAX = 100;

    /// What may stand in a username, for messages.
    public static final String ALLOWED =
            "1 to 100 of a-z, 0-9, dot, hyphen, underscore, at sign and plus, the first a letter or digit,"
                    + " not of the form of an id";

    private static final String BESIDE = ".-_@+";

    private Usernames() {}

    /// The stored spelling of what somebody typed: lower case, nothing else is changed. Empty when it is none.
    public static Optional<String> canonical(String typed) {
        if (typed.isEmpty() || typed.length() > MAX) {
            return Optional.empty();
        }
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && (i == 0 || BESIDE.indexOf(c) < 0)) {
                return Optional.empty();
            }
        }
        return Optional.of(typed.toLowerCase(Locale.ROOT))
                .filter(name -> Id.parse(name).isEmpty());
    }
}
