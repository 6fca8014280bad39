package dev.gatehouse.dialect.read;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.PathPattern.Segment;
import java.util.Optional;

/// Compares canonical paths with patterns.
public final class Paths {
    private Paths() {}

    /// Whether a pattern is for a path.
    public static boolean match(PathPattern pattern, String path) {
        int from = 1;
        for (Segment segment : pattern.segments()) {
            if (segment instanceof Segment.Rest) {
                return true;
            }
            int end = end(path, from);
            if (from > path.length() || !fits(segment, path, from, end)) {
                return false;
            }
            from = end + 1;
        }
        return from == path.length() + 1;
    }

    private static boolean fits(Segment segment, String path, int from, int end) {
        return switch (segment) {
            case Segment.Literal(String text) -> text.length() == end - from && path.startsWith(text, from);
            case Segment.Variable _ -> end > from;
            case Segment.Rest() -> true;
        };
    }

    /// The decoded value of a variable in a path that the pattern matches.
    static Optional<String> variable(PathPattern pattern, String path, String name) {
        int from = 1;
        for (Segment segment : pattern.segments()) {
            int end = end(path, from);
            if (segment instanceof Segment.Variable(String own) && own.equals(name)) {
                return Encoded.decode(path.substring(from, end), false);
            }
            from = end + 1;
        }
        return Optional.empty();
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
