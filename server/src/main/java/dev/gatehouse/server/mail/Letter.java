package dev.gatehouse.server.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A letter of plain text.
///
/// @param to an address in the form of [#address]
public record Letter(String to, String subject, String text) {
    /// Dot-atoms of ASCII (RFC 5322 section 3.4.1), nothing quoted and no comments: nothing in it ends a line or
    /// begins another address.
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+@[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)*+");

    /// The longest address (RFC 5321 section 4.5.3.1).
    private static final int MAX_ADDRESS = 254;

    /// Refuses what a caller should have looked at.
    ///
    /// @throws IllegalArgumentException for another address, or a subject of more than a line
    public Letter {
        if (address(to).isEmpty() || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a letter");
        }
    }

    /// The mailbox that it ends up in, as far as an address tells: small and capital letters are one to all mail
    /// servers that there are, and what follows a `+` is the reader's own at most.
    public String mailbox() {
        int at = to.lastIndexOf('@');
        String local = to.substring(0, at);
        int more = local.indexOf('+');
        return ((more > 0 ? local.substring(0, more) : local) + to.substring(at)).toLowerCase(Locale.ROOT);
    }

    /// What letters can be sent to.
    public static Optional<String> address(String text) {
        return text.length() <= MAX_ADDRESS && ADDRESS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
