package dev.gatehouse.core.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which connection of the caller's organization the calls of a route go through.
public sealed interface ConnectionRule {
    /// The one whose id stands in this header of the call.
    record InHeader(String header) implements ConnectionRule {}

    /// The one of this name.
    record Named(String name) implements ConnectionRule {}

    /// Reads `header NAME` or `name NAME`.
    static Optional<ConnectionRule> parse(String text) {
        int space = text.indexOf(' ');
        String value = text.substring(space + 1);
        return switch (space < 0 ? "" : text.substring(0, space)) {
            case "header" -> header(value).map(InHeader::new);
            case "name" -> value.isEmpty() ? Optional.empty() : Optional.of(new Named(value));
            default -> Optional.empty();
        };
    }

    /// The text that [#parse(String)] reads.
    default String text() {
        return switch (this) {
            case InHeader(String header) -> "header " + header;
            case Named(String name) -> "name " + name;
        };
    }

    /// A header that may name a connection: none that means something else already.
    static Optional<String> header(String name) {
        return Shapes.HEADER.matcher(name).matches()
                        && !Shapes.TAKEN.matcher(name.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of(name)
                : Optional.empty();
    }

    /// The forms of names.
    final class Shapes {
        private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
        private static final Pattern TAKEN = Pattern.compile("authorization|cookie|host|origin|referer|connection|te"
                + "|trailer|upgrade|expect|forwarded|via|accept.*|content-.*|transfer-.*|proxy-.*|sec-.*|if-.*"
                + "|x-forwarded-.*|x-gatehouse-.*");

        private Shapes() {}
    }
}
