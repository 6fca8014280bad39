package dev.gatehouse.oauth.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/// Which implementation makes signatures: the native Corretto provider where it loads, the JDK elsewhere.
///
/// @param corretto the native provider; absent when it could not be loaded
/// @param description one line for the log at start
public record CryptoProviders(Optional<Provider> corretto, String description) {
    /// Chooses. The Corretto provider keeps silent when its native part does not load, so it is asked.
    public static CryptoProviders choose() {
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        Throwable error = corretto.getLoadingError();
        if (error == null) {
            return new CryptoProviders(
                    Optional.of(corretto), "signatures by " + corretto.getName() + " " + corretto.getVersionStr());
        }
        return new CryptoProviders(
                Optional.empty(),
                "signatures by the JDK, about eight times slower: the native provider did not load ("
                        + error.getClass().getSimpleName() + ")");
    }

    /// The JDK's own, whatever else is there.
    public static CryptoProviders jdk() {
        return new CryptoProviders(Optional.empty(), "signatures by the JDK");
    }

    /// Who signs by this algorithm.
    public Signature signature(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> from = serving("Signature", algorithm);
        return from.isPresent() ? Signature.getInstance(algorithm, from.get()) : Signature.getInstance(algorithm);
    }

    KeyFactory keyFactory(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> from = serving("KeyFactory", algorithm);
        return from.isPresent() ? KeyFactory.getInstance(algorithm, from.get()) : KeyFactory.getInstance(algorithm);
    }

    /// Who draws keys of this algorithm.
    public KeyPairGenerator keyPairGenerator(String algorithm) throws NoSuchAlgorithmException {
        Optional<Provider> from = serving("KeyPairGenerator", algorithm);
        return from.isPresent()
                ? KeyPairGenerator.getInstance(algorithm, from.get())
                : KeyPairGenerator.getInstance(algorithm);
    }

    private Optional<Provider> serving(String service, String algorithm) {
        return corretto.filter(provider -> provider.getService(service, algorithm) != null);
    }
}
