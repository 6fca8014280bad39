package dev.gatehouse.core.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// The internal name of one stored thing: random 64 bits and a kind. Its public form is the kind's prefix, an
/// underscore and 13 characters of Crockford's base 32 (lower case, no `i l o u`), for example
/// `org_0c5wmv3k2n8qa`. There is exactly one spelling of each id.
public record Id(Kind kind, long value) {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 13;

    /// A fresh id. Zero is kept for "none" in tokens and is never drawn.
    public static Id random(Kind kind, RandomGenerator random) {
        long value = random.nextLong();
        while (value == 0) {
            value = random.nextLong();
        }
        return new Id(kind, value);
    }

    /// Reads the public form; anything else, other spellings of the same bits included, is empty.
    public static Optional<Id> parse(String text) {
        int mark = text.indexOf('_');
        if (mark < 0 || text.length() - mark - 1 != LENGTH) {
            return Optional.empty();
        }
        Optional<Kind> kind = Kind.of(text.substring(0, mark));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = mark + 1; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0 || (i == mark + 1 && digit > 15)) {
                return Optional.empty();
            }
            value = value << 5 | digit;
        }
        return Optional.of(new Id(kind.get(), value));
    }

    /// Reads the public form of one kind only.
    public static Optional<Id> parse(Kind kind, String text) {
        return parse(text).filter(id -> id.kind() == kind);
    }

    /// The public form.
    public String text() {
        StringBuilder out = new StringBuilder(kind.prefix().length() + 1 + LENGTH);
        out.append(kind.prefix()).append('_');
        for (int shift = 60; shift >= 0; shift -= 5) {
            out.append(DIGITS.charAt((int) (value >>> shift) & 31));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
