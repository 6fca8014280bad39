package dev.gatehouse.connect.key;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.egress.ClientIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Looks at the keys of a credential before anybody is asked with them.
public final class CredentialKeys {
    private CredentialKeys() {}

    /// What is wrong with them, without a word of what is in them.
    public static Optional<String> fault(Way way, Map<String, String> values, Instant now) {
        if (way.assertion().isPresent()) {
            SigningAlgorithm algorithm = way.assertion().get().algorithm();
            Optional<PrivateKey> key = Optional.ofNullable(values.get(Field.PRIVATE_KEY))
                    .flatMap(PrivateKeys::read)
                    .filter(one -> PrivateKeys.signs(one, algorithm))
                    .filter(one -> Assertions.signature(one, algorithm, "probe").isPresent());
            return key.isPresent()
                    ? Optional.empty()
                    : Optional.of("private_key is no key in PEM, PKCS#8 without a password, for " + algorithm.wire());
        }
        if (!way.identified()) {
            return Optional.empty();
        }
        Optional<ClientIdentity> identity = Identities.read(values);
        if (identity.isEmpty()) {
            return Optional.of("certificate and private_key are no pair in PEM, the key PKCS#8 without a password");
        }
        X509Certificate certificate = identity.get().chain().getFirst();
        return now.isAfter(certificate.getNotAfter().toInstant())
                ? Optional.of(
                        "the certificate ended at " + certificate.getNotAfter().toInstant())
                : Optional.empty();
    }
}
