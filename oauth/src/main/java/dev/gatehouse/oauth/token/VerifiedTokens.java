package dev.gatehouse.oauth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.oauth.keys.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/// Remembers which token, by its SHA-256, carries which verified claims under which key. A fact about a signature
/// and never a decision: `decide` still runs for every request, and a key that is no longer accepted, another Api,
/// or an Api that changed its names makes the entry useless (GAUNTLET R5, G04). Bounded; holds no token.
final class VerifiedTokens {
    /// The SHA-256 of a token.
    record Fingerprint(long first, long second, long third, long fourth) {}

    private record Entry(String keyId, String thumbprint, String issuer, String audience, Claims claims) {}

    private final Cache<Fingerprint, Entry> entries;

    VerifiedTokens(long maxEntries) {
        this.entries = Caffeine.newBuilder().maximumSize(maxEntries).build();
    }

    static Fingerprint fingerprint(String token) {
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Fingerprint(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The claims of a token that was verified before, when its key is still accepted for this Api.
    Optional<Claims> find(Fingerprint token, Api api, Function<String, Optional<SigningKey>> accepted) {
        return Optional.ofNullable(entries.getIfPresent(token))
                .filter(entry -> entry.claims().api().equals(api.id()))
                .filter(entry ->
                        entry.issuer().equals(api.issuer()) && entry.audience().equals(api.audience()))
                .filter(entry -> accepted.apply(entry.keyId())
                        .map(key -> key.jwk().thumbprint().equals(entry.thumbprint()))
                        .orElse(false))
                .map(Entry::claims);
    }

    void keep(Fingerprint token, SigningKey key, Api api, Claims claims) {
        entries.put(token, new Entry(key.jwk().keyId(), key.jwk().thumbprint(), api.issuer(), api.audience(), claims));
    }
}
