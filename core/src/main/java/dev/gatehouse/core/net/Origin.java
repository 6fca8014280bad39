package dev.gatehouse.core.net;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The web origin of a page, as browsers serialise it (RFC 6454 section 6.2, Fetch section 3.2): scheme, host,
/// and the port where it is not the scheme's own. There is one spelling of each.
///
/// @param scheme `http` or `https`
/// @param host in lower case, labels in their ASCII form (A-labels); a numeric IPv4 address, or `[::1]`
/// @param port empty for the scheme's own
public record Origin(String scheme, String host, OptionalInt port) {
    private static final int LONGEST = 280;
    private static final int LONGEST_HOST = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*+");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final String IPV6_LOOPBACK = "[::1]";

    /// Reads what a browser sends. Empty for `null`, for lists, and for every other spelling: user, path, a dot
    /// at the end, upper case, the scheme's own port, Unicode (GAUNTLET I01, I02, I05).
    public static Optional<Origin> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String scheme = text.startsWith("https://") ? "https" : text.startsWith("http://") ? "http" : "";
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        String rest = text.substring(scheme.length() + 3);
        int colon = rest.startsWith(IPV6_LOOPBACK) ? rest.indexOf(':', IPV6_LOOPBACK.length()) : rest.indexOf(':');
        String host = colon < 0 ? rest : rest.substring(0, colon);
        OptionalInt port = colon < 0 ? OptionalInt.empty() : port(scheme, rest.substring(colon + 1));
        return host(host) && port.isPresent() == colon >= 0
                ? Optional.of(new Origin(scheme, host, port))
                : Optional.empty();
    }

    private static OptionalInt port(String scheme, String digits) {
        if (!PORT.matcher(digits).matches()) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(digits);
        return port > 65_535 || port == (scheme.equals("https") ? 443 : 80)
                ? OptionalInt.empty()
                : OptionalInt.of(port);
    }

    private static boolean host(String host) {
        if (host.equals(IPV6_LOOPBACK)) {
            return true;
        }
        if (host.length() > LONGEST_HOST || !NAME.matcher(host).matches()) {
            return false;
        }
        char last = host.charAt(host.lastIndexOf('.') + 1);
        // A name whose last label begins with a digit is an address (URL section 3.5), or none that a browser sends.
        return last < '0' || last > '9' || AddressBlock.numeric(host).isPresent();
    }

    /// Whether the host is an address.
    public boolean numeric() {
        char last = host.charAt(host.lastIndexOf('.') + 1);
        return host.equals(IPV6_LOOPBACK) || (last >= '0' && last <= '9');
    }

    /// Whether the page comes from the machine that the browser runs on.
    public boolean loopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals(IPV6_LOOPBACK)
                || (numeric() && host.startsWith("127."));
    }

    /// The serialisation.
    public String text() {
        return scheme + "://" + host + (port.isPresent() ? ":" + port.getAsInt() : "");
    }

    @Override
    public String toString() {
        return text();
    }
}
