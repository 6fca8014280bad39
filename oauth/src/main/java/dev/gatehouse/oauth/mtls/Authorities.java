package dev.gatehouse.oauth.mtls;

import dev.gatehouse.core.http.CallerCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Those whose word about a client's name counts (RFC 8705 section 2.1). What they took back is not asked for:
/// whoever goes by them ends the client here, which counts at once.
public final class Authorities {
    /// Nobody's word counts.
    public static final Authorities NONE = new Authorities(List.of());

    /// `id-kp-clientAuth` (RFC 5280 section 4.2.1.12), and any use.
    private static final Set<String> USES = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private static final int INTERMEDIATES = 5;

    private final Set<TrustAnchor> anchors;

    /// @param trusted their own certificates
    public Authorities(List<X509Certificate> trusted) {
        this.anchors = trusted.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether they vouch for a certificate as a client's, now.
    public boolean vouch(CallerCertificate certificate, Instant now) {
        return !anchors.isEmpty() && forClients(certificate.leaf()) && path(certificate, now);
    }

    private static boolean forClients(X509Certificate leaf) {
        try {
            List<String> uses = leaf.getExtendedKeyUsage();
            return leaf.getBasicConstraints() < 0
                    && (uses == null || uses.stream().anyMatch(USES::contains));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean path(CallerCertificate certificate, Instant now) {
        try {
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(certificate.leaf());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(INTERMEDIATES);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificate.chain())));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
