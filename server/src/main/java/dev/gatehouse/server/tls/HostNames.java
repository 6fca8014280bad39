package dev.gatehouse.server.tls;

import dev.gatehouse.core.net.AddressBlock;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names that a certificate is for (RFC 9525): DNS names, whose first label may be `*`, and addresses. The
/// subject does not count.
///
/// @param dns lower-case
public record HostNames(Set<String> dns, Set<InetAddress> addresses) {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /// Covers nothing.
    public static final HostNames NONE = new HostNames(Set.of(), Set.of());

    /// Keeps copies.
    public HostNames {
        dns = Set.copyOf(dns);
        addresses = Set.copyOf(addresses);
    }

    /// The names of this certificate; none when they cannot be read.
    public static HostNames of(X509Certificate certificate) {
        Set<String> dns = new HashSet<>();
        Set<InetAddress> addresses = new HashSet<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0) instanceof Integer kind && name.get(1) instanceof String value) {
                    if (kind == DNS) {
                        dns.add(value.toLowerCase(Locale.ROOT));
                    } else if (kind == ADDRESS) {
                        AddressBlock.numeric(value).ifPresent(addresses::add);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return NONE;
        }
        return new HostNames(dns, addresses);
    }

    boolean isEmpty() {
        return dns.isEmpty() && addresses.isEmpty();
    }

    /// Whether the certificate is for this host.
    ///
    /// @param host lower-case, as in a `Host` header, with or without a port
    public boolean covers(String host) {
        String name = withoutPort(host);
        if (name.startsWith("[") && name.endsWith("]")) {
            return address(name.substring(1, name.length() - 1));
        }
        return coversName(name) || address(name);
    }

    /// Whether the certificate is for this DNS name; `*` stands for exactly one label (RFC 9525 section 6.3).
    boolean coversName(String name) {
        int dot = name.indexOf('.');
        return !name.startsWith("*") && (dns.contains(name) || (dot > 0 && dns.contains("*" + name.substring(dot))));
    }

    private boolean address(String text) {
        Optional<InetAddress> address = addresses.isEmpty() ? Optional.empty() : AddressBlock.numeric(text);
        return address.filter(addresses::contains).isPresent();
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
