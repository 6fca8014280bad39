package dev.gatehouse.oauth.mtls;

import dev.gatehouse.core.http.CallerCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Those whose word about a client's name counts (RFC 8705 section 2.1): roots, and what they signed for others
/// to sign with, which is checked as whatever comes with a connection. What they took back is not asked for:
/// whoever goes by them ends the client here, which counts at once.
public final class Authorities implements Vouching {
    /// Nobody's word counts.
    public static final Authorities NONE = new Authorities(List.of());

    /// `id-kp-clientAuth` (RFC 5280 section 4.2.1.12), and any use.
    private static final Set<String> USES = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private static final int INTERMEDIATES = 5;

    private final List<X509Certificate> roots;
    private final List<X509Certificate> intermediates;

    /// @param known the certificates of authorities, in any order
    /// @throws IllegalArgumentException when one of them is none, or leads to no root among them
    public Authorities(List<X509Certificate> known) {
        known.forEach(Roots::check);
        this.roots = known.stream().filter(Roots::is).toList();
        this.intermediates = known.stream().filter(one -> !Roots.is(one)).toList();
        Roots.reached(roots, intermediates);
    }

    @Override
    public boolean vouch(CallerCertificate certificate, Instant now) {
        Set<TrustAnchor> anchors = roots.stream()
                .filter(root -> Roots.inTime(root, now))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toUnmodifiableSet());
        return !anchors.isEmpty() && proves(certificate.leaf()) && path(certificate, anchors, now);
    }

    /// RFC 5280 section 4.2.1.3: who signs a handshake has to be let sign.
    private static boolean proves(X509Certificate leaf) {
        boolean[] uses = leaf.getKeyUsage();
        return leaf.getBasicConstraints() < 0 && (uses == null || uses[0]);
    }

    private boolean path(CallerCertificate certificate, Set<TrustAnchor> anchors, Instant now) {
        try {
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(certificate.leaf());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(INTERMEDIATES);
            parameters.setDate(Date.from(now));
            List<X509Certificate> between = new ArrayList<>(certificate.chain());
            between.addAll(intermediates);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
            return CertPathBuilder.getInstance("PKIX").build(parameters) instanceof PKIXCertPathBuilderResult built
                    && forClients(built.getCertPath().getCertificates())
                    && shortEnough(built);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// The JDK looks at no use of those between.
    private static boolean forClients(List<? extends Certificate> path) throws GeneralSecurityException {
        for (Certificate one : path) {
            List<String> uses = ((X509Certificate) one).getExtendedKeyUsage();
            if (uses != null && uses.stream().noneMatch(USES::contains)) {
                return false;
            }
        }
        return true;
    }

    /// The JDK checks nothing of a root: neither its time nor how many it lets sign.
    private static boolean shortEnough(PKIXCertPathBuilderResult built) {
        return built.getCertPath().getCertificates().size() - 1
                <= built.getTrustAnchor().getTrustedCert().getBasicConstraints();
    }
}
