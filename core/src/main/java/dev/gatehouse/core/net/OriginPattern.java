package dev.gatehouse.core.net;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Which pages something is for: those of one origin, or `https://*.` and those of every host exactly one label
/// below a name. `http` is for the machine itself only; `null` is no origin.
///
/// @param origin the one origin, or what stands behind `*.`
/// @param below whether it is for hosts below that one, and not for it
public record OriginPattern(Origin origin, boolean below) {
    private static final String WILDCARD = "https://*.";

    /// Reads a pattern. Host names may be written in Unicode and are kept as A-labels where both say the same;
    /// whether a wildcard is below a public suffix is not told here (GAUNTLET I02, I04, I05).
    public static Optional<OriginPattern> parse(String text) {
        boolean below = text.startsWith(WILDCARD);
        return ascii(below ? "https://" + text.substring(WILDCARD.length()) : text)
                .flatMap(Origin::parse)
                .filter(origin -> origin.scheme().equals("https") || origin.loopback())
                .filter(origin -> !below || (!origin.numeric() && origin.host().indexOf('.') > 0))
                .map(origin -> new OriginPattern(origin, below));
    }

    /// The same in ASCII. What does not come back as it was has another spelling, which is the one to write.
    private static Optional<String> ascii(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(text);
        }
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return Optional.empty();
        }
        int from = scheme + 3;
        int colon = text.indexOf(':', from);
        int to = colon < 0 ? text.length() : colon;
        String host = text.substring(from, to);
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            return IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES).equals(host)
                            && ascii.equals(ascii.toLowerCase(Locale.ROOT))
                    ? Optional.of(text.substring(0, from) + ascii + text.substring(to))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether pages of this origin are meant.
    public boolean admits(Origin page) {
        return below ? Optional.of(origin).equals(above(page)) : origin.equals(page);
    }

    /// The origin whose wildcard is for this page: without its first label.
    static Optional<Origin> above(Origin page) {
        int dot = page.host().indexOf('.');
        return dot < 0 || page.numeric()
                ? Optional.empty()
                : Optional.of(new Origin(page.scheme(), page.host().substring(dot + 1), page.port()));
    }

    /// Whether every page of the other pattern is one of this.
    public boolean covers(OriginPattern other) {
        return equals(other) || (!other.below() && admits(other.origin()));
    }

    /// What [#parse(String)] reads.
    public String text() {
        OptionalInt port = origin.port();
        return below ? WILDCARD + origin.host() + (port.isPresent() ? ":" + port.getAsInt() : "") : origin.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
