package dev.gatehouse.egress;

import dev.gatehouse.core.net.AddressBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a request goes: an absolute URL taken apart, more strictly than RFC 3986, so that no two readers of it
/// can differ about the host (GAUNTLET A02, J06).
///
/// @param host a DNS name in lower case, or a numeric address, IPv6 without brackets
/// @param numeric the address, when the host is one
/// @param resource path and query as they are sent, never empty
record Target(boolean tls, String host, Optional<InetAddress> numeric, int port, String resource) {
    private static final int MAX_LENGTH = 8192;

    private static final Pattern URL =
            Pattern.compile("(https?)://(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::([1-9][0-9]{0,4}))?(/[^?#]*)?(\\?[^#]*)?");

    /// Labels of letters, digits and inner hyphens (RFC 1123). The last does not begin with a digit, so that
    /// nothing that some resolver takes for an address (`127.1`, `0x7f000001`) is a name.
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /// Reads a URL.
    static Optional<Target> parse(String url) {
        if (url.length() > MAX_LENGTH || !url.chars().allMatch(Target::allowed)) {
            return Optional.empty();
        }
        int path = beginOfPath(url);
        Matcher matcher = URL.matcher(url.substring(0, path).toLowerCase(Locale.ROOT) + url.substring(path));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean tls = matcher.group(1).equals("https");
        int port = matcher.group(3) == null ? standard(tls) : Integer.parseInt(matcher.group(3));
        String resource = (matcher.group(4) == null ? "/" : matcher.group(4))
                + (matcher.group(5) == null ? "" : matcher.group(5));
        return port > 0xffff ? Optional.empty() : at(tls, matcher.group(2), port, resource);
    }

    /// A host as it stands in a URL.
    static Optional<Target> at(boolean tls, String host, int port, String resource) {
        if (host.startsWith("[")) {
            return AddressBlock.numeric(host.substring(1, host.length() - 1))
                    .filter(_ -> host.indexOf(':') > 0)
                    .map(address -> new Target(tls, address.getHostAddress(), Optional.of(address), port, resource));
        }
        Optional<InetAddress> numeric = AddressBlock.numeric(host);
        return numeric.isPresent()
                        || (host.length() <= 253 && NAME.matcher(host).matches())
                ? Optional.of(new Target(tls, host, numeric, port, resource))
                : Optional.empty();
    }

    /// Printable ASCII without what browsers, shells and proxies read in ways of their own.
    private static boolean allowed(int c) {
        return c > 0x20 && c < 0x7f && "\\\"<>^`{|}".indexOf(c) < 0;
    }

    private static int beginOfPath(String url) {
        int authority = url.indexOf("://") + 3;
        for (int i = authority; i < url.length(); i++) {
            if ("/?#".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }

    private static int standard(boolean tls) {
        return tls ? 443 : 80;
    }

    /// Host and port, for lists and counters.
    String authority() {
        return host + " " + port;
    }

    /// The `Host` header.
    String hostHeader() {
        String name = numeric.filter(Inet6Address.class::isInstance).isPresent() ? "[" + host + "]" : host;
        return port == standard(tls) ? name : name + ":" + port;
    }
}
