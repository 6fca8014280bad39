package dev.gatehouse.egress;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One place that the operator opens on purpose, whatever address it has: an internal host, a port of its own,
/// plain HTTP.
///
/// @param host a DNS name or a numeric address
/// @param trusted the certificate that connections to it trust instead of the usual authorities: its own or that
///     of its authority
public record Opening(boolean tls, String host, int port, Optional<X509Certificate> trusted) {
    private static final Pattern TEXT =
            Pattern.compile("(?:(https?)://)?(\\[[0-9a-f:.]+]|[a-z0-9.-]+):([1-9][0-9]{0,4})");

    /// Reads `host:port`, `https://host:port` or `http://host:port`; the first is the second.
    public static Optional<Opening> parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 0xffff) {
            return Optional.empty();
        }
        boolean tls = !"http".equals(matcher.group(1));
        return Target.at(tls, matcher.group(2), Integer.parseInt(matcher.group(3)), "/")
                .map(target -> new Opening(tls, target.host(), target.port(), Optional.empty()));
    }

    /// The same, trusting this certificate.
    public Opening trusting(X509Certificate certificate) {
        return new Opening(tls, host, port, Optional.of(certificate));
    }

    boolean opens(Target target) {
        return target.tls() == tls && target.port() == port && target.host().equals(host);
    }
}
