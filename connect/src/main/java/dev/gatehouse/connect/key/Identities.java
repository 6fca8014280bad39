package dev.gatehouse.connect.key;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.egress.ClientIdentity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes of a credential who connections to the platform are from: a certificate and its private key. They go with
/// calls of that connection and with its requests for tokens, and with nothing else.
public final class Identities {
    private static final byte[] PROBE = {1};

    private Identities() {}

    /// Who it is, of the parts of a credential, where the way shows a certificate; empty where it shows none, and
    /// where it should and cannot.
    public static Optional<ClientIdentity> of(Way way, Map<String, String> values) {
        return way.identified() ? read(values) : Optional.empty();
    }

    static Optional<ClientIdentity> read(Map<String, String> values) {
        Optional<List<X509Certificate>> chain = Optional.ofNullable(values.get(Field.CERTIFICATE))
                .flatMap(Identities::chain)
                .filter(Identities::linked);
        Optional<PrivateKey> key =
                Optional.ofNullable(values.get(Field.PRIVATE_KEY)).flatMap(PrivateKeys::read);
        return chain.flatMap(certificates -> key.filter(
                        own -> pair(own, certificates.getFirst().getPublicKey()))
                .map(own -> new ClientIdentity(certificates, own)));
    }

    private static Optional<List<X509Certificate>> chain(String pem) {
        return Pem.blocks("CERTIFICATE", pem).flatMap(blocks -> {
            List<X509Certificate> chain = new ArrayList<>();
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                for (byte[] block : blocks) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
                }
                return Optional.of(chain);
            } catch (CertificateException e) {
                return Optional.empty();
            }
        });
    }

    /// Whether each is followed by who issued it, as TLS wants them (RFC 8446 section 4.4.2).
    private static boolean linked(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                return false;
            }
        }
        return chain.stream().distinct().count() == chain.size();
    }

    /// Whether what the one signs the other verifies. Numbers that are no key make some providers throw anything.
    private static boolean pair(PrivateKey key, PublicKey open) {
        Optional<String> algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            case "EdDSA", "Ed25519" -> Optional.of("Ed25519");
            default -> Optional.empty();
        };
        if (algorithm.isEmpty()) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm.get());
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
