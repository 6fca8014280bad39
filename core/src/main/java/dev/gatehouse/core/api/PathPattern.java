package dev.gatehouse.core.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The path of a route: literal segments, `{name}` for exactly one segment, and a last `**` for any number of
/// further segments (none included). Matched against canonical paths only, byte by byte and case-sensitively.
public record PathPattern(List<Segment> segments) {
    /// The most segments of a pattern or a path.
    public static final int MAX_SEGMENTS = 64;

    /// One piece of a pattern.
    public sealed interface Segment {
        /// Matches itself.
        record Literal(String text) implements Segment {}

        /// Matches one segment.
        record Variable(String name) implements Segment {}

        /// Matches the rest.
        record Rest() implements Segment {}
    }

    /// Reads a pattern such as `/orders/{id}/items/**`; empty when it is not one.
    public static Optional<PathPattern> parse(String text) {
        if (!text.startsWith("/")
                || !CanonicalPath.isCanonical(text.replace("{", "").replace("}", ""))) {
            return Optional.empty();
        }
        List<Segment> segments = new ArrayList<>();
        List<String> parts = split(text);
        for (int i = 0; i < parts.size(); i++) {
            Optional<Segment> segment = segment(parts.get(i), i == parts.size() - 1);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return segments.size() > MAX_SEGMENTS ? Optional.empty() : Optional.of(new PathPattern(List.copyOf(segments)));
    }

    private static Optional<Segment> segment(String part, boolean last) {
        if (part.equals("**")) {
            return last ? Optional.of(new Segment.Rest()) : Optional.empty();
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            String name = part.substring(1, part.length() - 1);
            return name.matches("[a-zA-Z][a-zA-Z0-9_]{0,63}")
                    ? Optional.of(new Segment.Variable(name))
                    : Optional.empty();
        }
        return part.indexOf('{') >= 0 || part.indexOf('}') >= 0 || part.indexOf('*') >= 0
                ? Optional.empty()
                : Optional.of(new Segment.Literal(part));
    }

    /// The segments of a canonical path: `/` has one empty segment, a trailing slash makes a last empty one.
    static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /// What `**` stands for in a path that matches, with a slash before it; the whole path where there is no
    /// `**`.
    public String rest(String path) {
        if (!(segments.getLast() instanceof Segment.Rest)) {
            return path;
        }
        List<String> parts = split(path);
        return "/" + String.join("/", parts.subList(Math.min(segments.size() - 1, parts.size()), parts.size()));
    }

    /// The text that [#parse(String)] reads.
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Segment segment : segments) {
            out.append('/')
                    .append(
                            switch (segment) {
                                case Segment.Literal(String literal) -> literal;
                                case Segment.Variable(String name) -> "{" + name + "}";
                                case Segment.Rest() -> "**";
                            });
        }
        return out.toString();
    }
}
