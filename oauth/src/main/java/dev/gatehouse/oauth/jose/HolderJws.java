package dev.gatehouse.oauth.jose;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A compact JWS that brings the key that it is under. Once [#signed] says so, whoever wrote it has that key.
public final class HolderJws {
    private final UnverifiedJws jws;
    private final ClientJwk key;

    private HolderJws(UnverifiedJws jws, ClientJwk key) {
        this.jws = jws;
        this.key = key;
    }

    /// Reads one of a type. Empty unless its header has `alg`, `typ` and `jwk`, and that is a sound public key
    /// (GAUNTLET F05); what else it says is passed over (RFC 7515 section 4), but for what no header may say.
    public static Optional<HolderJws> parse(String text, String type, int maxLength) {
        AtomicReference<Optional<ClientJwk>> key = new AtomicReference<>(Optional.empty());
        Optional<UnverifiedJws> jws = UnverifiedJws.parseWithKey(text, type, maxLength, jwk -> {
            key.set(ClientJwk.brought(jwk));
            return key.get().isPresent();
        });
        return jws.flatMap(read -> key.get().map(brought -> new HolderJws(read, brought)));
    }

    /// The thumbprint of the key (RFC 7638, SHA-256).
    public String thumbprint() {
        return key.thumbprint();
    }

    /// What its header says that it is signed with.
    public String algorithm() {
        return jws.algorithm();
    }

    /// What it claims, for turning away what no signature could make good.
    public byte[] claimed() {
        return jws.claimed();
    }

    /// Whether it was signed under its key, with an algorithm of that key.
    public boolean signed(CryptoProviders crypto) {
        return key.algorithms().stream()
                .filter(jws::names)
                .findFirst()
                .flatMap(algorithm -> JwsVerifier.brought(algorithm, key.key(), crypto))
                .flatMap(jws::verify)
                .isPresent();
    }
}
