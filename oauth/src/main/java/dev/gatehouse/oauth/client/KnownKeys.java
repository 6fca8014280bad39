package dev.gatehouse.oauth.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The public keys of clients, ready to check signatures under: a set that was used lately is not read again.
public final class KnownKeys {
    /// How many sets are kept; some 10 kB each.
    private static final int KEPT = 1000;

    private final CryptoProviders crypto;
    private final RemoteKeys remote;
    private final Cache<PublicKeys, Ready> ready =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /// A set that was read.
    ///
    /// @param signer which of its keys a JWS was signed under
    /// @param has whether a key is one of them
    private record Ready(Function<UnverifiedJws, Optional<String>> signer, Predicate<PublicKey> has) {
        static final Ready NONE = new Ready(_ -> Optional.empty(), _ -> false);
    }

    /// @param crypto checks the signatures
    /// @param fetch gets keys that clients keep themselves
    public KnownKeys(CryptoProviders crypto, KeyFetch fetch, InstantSource clock) {
        this.crypto = crypto;
        this.remote = new RemoteKeys(fetch, crypto, clock);
    }

    /// Whether a JWS was signed under one of a client's keys. Nothing was under keys that cannot be read. Blocks
    /// where a client keeps its keys itself.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when those cannot be had now
    public boolean signed(UnverifiedJws jws, PublicKeys keys) {
        return signer(jws, keys).isPresent();
    }

    /// The thumbprint (RFC 7638) of the client's key that a JWS was signed under. Blocks where a client keeps
    /// its keys itself.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when those cannot be had now
    public Optional<String> signer(UnverifiedJws jws, PublicKeys keys) {
        return keys.uri()
                .map(uri -> remote.signer(jws, uri))
                .orElseGet(() -> ready.get(keys, this::read).signer().apply(jws));
    }

    /// Whether a key is one of a client's. Blocks where a client keeps its keys itself.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when those cannot be had now
    public boolean holds(PublicKey key, PublicKeys keys) {
        return keys.uri()
                .map(uri -> remote.holds(key, uri))
                .orElseGet(() -> ready.get(keys, this::read).has().test(key));
    }

    private Ready read(PublicKeys keys) {
        return switch (ClientKeys.read(keys.jwks())) {
            case ClientKeys.Read.Good(ClientKeys read) -> new Ready(read.checking(crypto), read::has);
            case ClientKeys.Read.Wrong _ -> Ready.NONE;
        };
    }
}
