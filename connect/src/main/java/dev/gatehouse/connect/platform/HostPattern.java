package dev.gatehouse.connect.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/// Hosts that a platform owns: one name, or with `*.` every name that has one label more. `*` alone is for
/// platforms that their customers run themselves.
public record HostPattern(String text) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:\\*\\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private static final String ANY = "*";

    /// Reads a pattern; `*.` stands before at least two labels.
    public static Optional<HostPattern> parse(String text) {
        return text.equals(ANY) || SHAPE.matcher(text).matches()
                ? Optional.of(new HostPattern(text))
                : Optional.empty();
    }

    /// Whether customers name the host.
    public boolean any() {
        return text.equals(ANY);
    }

    /// Whether a host in lower case is one of them.
    public boolean matches(String host) {
        if (any() || text.equals(host)) {
            return true;
        }
        int label = host.indexOf('.');
        return text.startsWith("*.") && label > 0 && text.substring(1).equals(host.substring(label));
    }
}
