package dev.gatehouse.core.http;

import org.jspecify.annotations.Nullable;

/// One header field line as it was sent; the name keeps its case.
public final class Header {
    private final String name;
    private final String value;
    private @Nullable String folded;

    /// A header of this name and value.
    public Header(String name, String value) {
        this.name = name;
        this.value = value;
    }

    /// The same for a name of which is known what it folds to.
    public Header(String name, String value, String folded) {
        this(name, value);
        this.folded = folded;
    }

    /// The name as it was sent.
    public String name() {
        return name;
    }

    /// The value without blanks around it.
    public String value() {
        return value;
    }

    /// The name as upstreams may understand it, see [#fold]. Worked out once, by whoever asks first.
    public String folded() {
        String known = folded;
        if (known == null) {
            known = fold(name);
            folded = known;
        }
        return known;
    }

    /// A name in lower case, letters and digits only: many servers read it so, and CGI makes one character of all
    /// others (RFC 3875 section 4.1.18, GAUNTLET R4, K01).
    public static String fold(String name) {
        char[] folded = new char[name.length()];
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
            if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
                folded[length] = lower;
                length++;
            }
        }
        return new String(folded, 0, length);
    }

    /// Whether it stands beside what an upstream says under the same name and does not take its place, because both
    /// have something to say there: clients turn pages by `Link` (RFC 8288).
    public boolean joins() {
        return name.equalsIgnoreCase("Vary") || name.equalsIgnoreCase("Link");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Header same && same.name.equals(name) && same.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + value.hashCode();
    }

    /// The name only: values carry credentials.
    @Override
    public String toString() {
        return name;
    }
}
