package dev.gatehouse.oauth.mtls;

import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.secret.CertificateSubject;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The names that a certificate bears (RFC 5280 sections 4.1.2.6 and 4.2.1.6).
final class BornNames {
    private BornNames() {}

    /// Whether a certificate bears a client's name. Distinguished names are compared as RFC 5280 section 7.1
    /// has it, everything else as it is written.
    static boolean has(X509Certificate certificate, CertificateSubject subject) {
        return switch (subject.name()) {
            case DN -> certificate.getSubjectX500Principal().equals(new X500Principal(subject.value()));
            case EMAIL -> alternative(certificate, 1, subject.value());
            case DNS -> alternative(certificate, 2, subject.value());
            case URI -> alternative(certificate, 6, subject.value());
            case IP -> alternative(certificate, 7, subject.value());
        };
    }

    /// @param type the tag of `GeneralName`
    private static boolean alternative(X509Certificate certificate, int type, String value) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(name -> name.size() >= 2 && name.getFirst().equals(type))
                            .map(name -> spelt(type, name.get(1)))
                            .anyMatch(Optional.of(value)::equals);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static Optional<String> spelt(int type, Object name) {
        if (!(name instanceof String text)) {
            return Optional.empty();
        }
        return switch (type) {
            case 2 -> Optional.of(text.toLowerCase(Locale.ROOT));
            case 7 -> AddressBlock.numeric(text).map(InetAddress::getHostAddress);
            default -> Optional.of(text);
        };
    }
}
