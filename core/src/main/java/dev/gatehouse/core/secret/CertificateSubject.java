package dev.gatehouse.core.secret;

import dev.gatehouse.core.net.AddressBlock;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/// The one name that a client's certificate has to bear, whichever authority that is trusted here signed it
/// (RFC 8705 section 2.1.2).
///
/// @param value in one spelling
public record CertificateSubject(Name name, String value) {
    /// Where in the certificate it is.
    public enum Name {
        /// The distinguished name of the subject, as RFC 4514 writes it.
        DN("tls_client_auth_subject_dn", "a distinguished name such as CN=reports,O=Example,C=DE"),
        /// A `dNSName` of the subject's alternative names.
        DNS("tls_client_auth_san_dns", "a host name"),
        /// A `uniformResourceIdentifier` there.
        URI("tls_client_auth_san_uri", "an absolute URI"),
        /// An `iPAddress` there.
        IP("tls_client_auth_san_ip", "an IP address"),
        /// An `rfc822Name` there.
        EMAIL("tls_client_auth_san_email", "an email address");

        private final String wire;
        private final String allowed;

        Name(String wire, String allowed) {
            this.wire = wire;
            this.allowed = allowed;
        }

        /// The name in APIs, files and storage.
        public String wire() {
            return wire;
        }

        /// What its values are, for messages.
        public String allowed() {
            return allowed;
        }
    }

    /// The longest value.
    public static final int MAX_LENGTH = 512;

    private static final Pattern HOST = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}(\\.[a-z0-9][a-z0-9-]{0,62}){0,126}");

    private static final Pattern MAIL = Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,255}");

    /// Reads what somebody registers; empty when it can be in no certificate.
    public static Optional<CertificateSubject> parse(Name name, String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        Optional<String> value = switch (name) {
            case DN -> distinguished(text);
            case DNS ->
                Optional.of(text.toLowerCase(Locale.ROOT))
                        .filter(host -> HOST.matcher(host).matches());
            case URI -> absolute(text);
            case IP -> AddressBlock.numeric(text).map(InetAddress::getHostAddress);
            case EMAIL -> Optional.of(text).filter(mail -> MAIL.matcher(mail).matches());
        };
        return value.map(one -> new CertificateSubject(name, one));
    }

    private static Optional<String> distinguished(String text) {
        try {
            return new X500Principal(text).getName().isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> absolute(String text) {
        try {
            return new URI(text).isAbsolute() ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// One string, as it is stored.
    public String text() {
        return name.wire() + ' ' + value;
    }

    /// What [#text] wrote; empty for anything else.
    public static Optional<CertificateSubject> of(String text) {
        int space = text.indexOf(' ');
        for (Name name : Name.values()) {
            if (space > 0 && name.wire().equals(text.substring(0, space))) {
                return parse(name, text.substring(space + 1));
            }
        }
        return Optional.empty();
    }
}
