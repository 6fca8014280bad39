package dev.gatehouse.core.api;

/// The one spelling of a request path that Gatehouse decides on and forwards (GAUNTLET K03). Nothing is
/// rewritten: a path either is canonical or is refused as ambiguous, so that what was decided on and what is
/// forwarded cannot differ.
public final class CanonicalPath {
    /// The longest path.
    public static final int MAX_LENGTH = 4096;

    private CanonicalPath() {}

    /// Whether the raw path (without query) begins with `/` and has no dot segments, empty segments before the
    /// last, backslashes, semicolons, control characters, non-ASCII bytes, or percent-encodings of anything that
    /// could be spelt plainly, of separators, of controls, or of ill-formed UTF-8. Percent-encodings are
    /// upper-case.
    public static boolean isCanonical(String path) {
        if (path.isEmpty() || path.charAt(0) != '/' || path.length() > MAX_LENGTH) {
            return false;
        }
        int segmentStart = 1;
        for (int i = 1; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '/') {
                if (!segmentAllowed(path, segmentStart, i)) {
                    return false;
                }
                segmentStart = i + 1;
            } else if (c == '%') {
                int width = encodedCharacter(path, i);
                if (width < 0) {
                    return false;
                }
                i += width - 1;
            } else if (!plain(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean segmentAllowed(String path, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return to == path.length();
        }
        return !(path.charAt(from) == '.' && (length == 1 || (length == 2 && path.charAt(from + 1) == '.')));
    }

    /// pchar of RFC 3986 section 3.3, without `;` (path parameters are read differently by every server).
    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+,=:@".indexOf(c) >= 0;
    }

    /// The width of the percent-encoded UTF-8 character at `at`, or -1 when it may not stand there.
    private static int encodedCharacter(String path, int at) {
        int first = octet(path, at);
        if (first < 0x20 || first == 0x7f) {
            return -1;
        }
        if (first < 0x80) {
            return plain((char) first)
                            || first == '/'
                            || first == '\\'
                            || first == ';'
                            || first == '%'
                            || first == '#'
                            || first == '?'
                    ? -1
                    : 3;
        }
        int more = first >= 0xc2 && first <= 0xdf
                ? 1
                : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : -1;
        if (more < 0) {
            return -1;
        }
        int code = first & (0x3f >> more);
        for (int k = 1; k <= more; k++) {
            int next = octet(path, at + 3 * k);
            if (next < 0x80 || next > 0xbf) {
                return -1;
            }
            code = code << 6 | (next & 0x3f);
        }
        boolean overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        boolean surrogate = code >= 0xd800 && code <= 0xdfff;
        boolean control = code >= 0x80 && code <= 0x9f;
        return overlong || surrogate || control || code > 0x10ffff ? -1 : 3 * (more + 1);
    }

    private static int octet(String path, int at) {
        if (at + 2 >= path.length() || path.charAt(at) != '%') {
            return -1;
        }
        int high = "0123456789ABCDEF".indexOf(path.charAt(at + 1));
        int low = "0123456789ABCDEF".indexOf(path.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
