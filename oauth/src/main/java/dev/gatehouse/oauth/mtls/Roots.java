package dev.gatehouse.oauth.mtls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/// Which certificates of authorities are roots: those that they signed themselves. Nothing of a root is checked
/// when a path to it is built, so it is here.
final class Roots {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    /// `keyCertSign` (RFC 5280 section 4.2.1.3).
    private static final int SIGNS = 5;

    private Roots() {}

    /// @throws IllegalArgumentException unless it may sign for others. A root that limits names is refused,
    ///     because nobody would keep to that
    static void check(X509Certificate one) {
        boolean[] uses = one.getKeyUsage();
        if (one.getBasicConstraints() < 0 || (uses != null && !uses[SIGNS])) {
            throw new IllegalArgumentException("a certificate in it is not one of an authority");
        }
        if (is(one) && one.getExtensionValue(NAME_CONSTRAINTS) != null) {
            throw new IllegalArgumentException("a root in it has name constraints, which would not count");
        }
    }

    static boolean is(X509Certificate one) {
        return signed(one, one);
    }

    static boolean inTime(X509Certificate root, Instant now) {
        try {
            root.checkValidity(Date.from(now));
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    /// @throws IllegalArgumentException unless a chain of signatures leads from each of the others to a root
    static void reached(List<X509Certificate> roots, List<X509Certificate> others) {
        List<X509Certificate> left = new ArrayList<>(others);
        List<X509Certificate> reached = roots;
        while (!left.isEmpty() && !reached.isEmpty()) {
            List<X509Certificate> above = reached;
            reached = left.stream()
                    .filter(one -> above.stream().anyMatch(signer -> signed(one, signer)))
                    .toList();
            left.removeAll(reached);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("no root in it has signed for "
                    + left.getFirst().getSubjectX500Principal().getName());
        }
    }

    private static boolean signed(X509Certificate one, X509Certificate by) {
        if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
