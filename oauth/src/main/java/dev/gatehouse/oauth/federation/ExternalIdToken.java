package dev.gatehouse.oauth.federation;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.oauth.client.RemoteKeys;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The checks of an ID token that somebody else issued (OpenID Connect Core section 3.1.3.7).
///
/// @param own keys that are where their provider is; a key that is not among them is looked for again
/// @param elsewhere those that are somewhere else
public record ExternalIdToken(RemoteKeys own, RemoteKeys elsewhere) {
    /// How far the clock of a provider may be from ours.
    public static final Duration SKEW = Duration.ofSeconds(60);

    /// The longest ID token.
    public static final int MAX_LENGTH = 16 * 1024;

    /// The longest subject (section 2).
    private static final int MAX_SUBJECT = 255;

    /// How old one may be when it comes: it was made for this moment.
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final Duration MAX_LIFE = Duration.ofDays(2);
    private static final int MAX_VALUES = 32;

    /// Access tokens and whatever else has a type of its own is no ID token (RFC 8725 section 3.11).
    private static final Set<String> TYPES = Set.of("jwt");

    /// What one has to say.
    ///
    /// @param clientId who we are there
    /// @param nonce of this very sign-in
    /// @param accessToken that came with it
    /// @param provenSince when at the earliest the person may have proven itself there, if that matters
    public record Wanted(
            ProviderMetadata provider,
            String clientId,
            String nonce,
            Optional<String> accessToken,
            Optional<Instant> provenSince) {}

    /// What reading gave.
    public sealed interface Read {
        /// Somebody.
        record Good(ExternalIdentity identity) implements Read {}

        /// Nobody, and why: for logs, never for browsers.
        record Wrong(String why) implements Read {}
    }

    /// Reads one. The checks in order; the first that fails answers. Blocks when it has to look for keys.
    ///
    /// @throws FactsUnavailable when nobody can tell now
    public Read read(String text, Wanted wanted, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH);
        // RFC 8725 section 3.1: an algorithm is one that the key is for; those that keys of others are for are all
        // asymmetric, so that `none` and HMAC are under no key.
        ProviderMetadata provider = wanted.provider();
        RemoteKeys keys = provider.own(provider.keys()) ? own : elsewhere;
        if (jws.isEmpty() || keys.signer(jws.get(), provider.keys()).isEmpty()) {
            return new Read.Wrong("signature");
        }
        Optional<Json.Members> claimed = StrictJson.object(jws.get().claimed());
        return claimed.map(claims -> checked(claims, jws.get().algorithm(), wanted, now))
                .orElseGet(() -> new Read.Wrong("claims"));
    }

    private static Read checked(Json.Members claims, String algorithm, Wanted wanted, Instant now) {
        if (!claims.text("iss").equals(Optional.of(wanted.provider().issuer()))) {
            return new Read.Wrong("iss");
        }
        if (!isFor(claims, wanted.clientId())) {
            return new Read.Wrong("aud");
        }
        if (claims.text("nonce").filter(nonce -> same(nonce, wanted.nonce())).isEmpty()) {
            return new Read.Wrong("nonce");
        }
        if (!timely(claims, now)) {
            return new Read.Wrong("time");
        }
        if (!fresh(claims, wanted.provenSince(), now)) {
            return new Read.Wrong("auth_time");
        }
        if (!hashes(claims, algorithm, wanted.accessToken())) {
            return new Read.Wrong("at_hash");
        }
        return claims.text("sub")
                .filter(ExternalIdToken::isSubject)
                .<Read>map(subject -> new Read.Good(identity(claims, subject, wanted)))
                .orElseGet(() -> new Read.Wrong("sub"));
    }

    /// We alone: one that names others besides was made for others, too. With `azp` it says who asked for it.
    private static boolean isFor(Json.Members claims, String clientId) {
        Json aud = claims.byName().get("aud");
        boolean ours =
                new Json.Text(clientId).equals(aud) || new Json.Items(List.of(new Json.Text(clientId))).equals(aud);
        return ours
                && (!claims.byName().containsKey("azp") || claims.text("azp").equals(Optional.of(clientId)));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean timely(Json.Members claims, Instant now) {
        long second = now.getEpochSecond();
        Optional<Long> end = claims.whole("exp");
        Optional<Long> made = claims.whole("iat");
        boolean begun = !claims.byName().containsKey("nbf")
                || claims.whole("nbf")
                        .filter(time -> time <= second + SKEW.toSeconds())
                        .isPresent();
        return begun
                && end.filter(time -> time > second - SKEW.toSeconds() && time < second + MAX_LIFE.toSeconds())
                        .isPresent()
                && made.filter(time -> time <= second + SKEW.toSeconds()
                                && time >= second - MAX_AGE.toSeconds() - SKEW.toSeconds())
                        .isPresent();
    }

    /// Section 3.1.2.1: a provider that was asked for an age says when.
    private static boolean fresh(Json.Members claims, Optional<Instant> since, Instant now) {
        Optional<Long> at = claims.whole("auth_time");
        long second = now.getEpochSecond();
        boolean sound = !claims.byName().containsKey("auth_time")
                || at.filter(time -> time >= 0 && time <= second + SKEW.toSeconds())
                        .isPresent();
        return sound
                && since.map(from -> at.filter(time -> time >= from.getEpochSecond() - SKEW.toSeconds())
                                .isPresent())
                        .orElse(true);
    }

    /// Section 3.1.3.6: the left half of the hash of the token, by the hash of the signature.
    private static boolean hashes(Json.Members claims, String algorithm, Optional<String> accessToken) {
        if (!claims.byName().containsKey("at_hash")) {
            return true;
        }
        Optional<String> hash = switch (algorithm) {
            case "ES256", "RS256", "PS256" -> Optional.of("SHA-256");
            case "ES384" -> Optional.of("SHA-384");
            case "ES512", "EdDSA", "Ed25519" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
        return hash.isPresent()
                && accessToken.isPresent()
                && claims.text("at_hash")
                        .filter(said -> same(said, half(hash.get(), accessToken.get())))
                        .isPresent();
    }

    private static String half(String hash, String token) {
        try {
            byte[] whole = MessageDigest.getInstance(hash).digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(Arrays.copyOf(whole, whole.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }

    /// A text of printable ASCII; a number is none, whatever it would look like (GAUNTLET J04).
    private static boolean isSubject(String text) {
        return !text.isEmpty() && text.length() <= MAX_SUBJECT && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static ExternalIdentity identity(Json.Members claims, String subject, Wanted wanted) {
        Set<String> proven = new HashSet<>();
        claims.text("acr").ifPresent(proven::add);
        if (claims.byName().get("amr") instanceof Json.Items(List<Json> values) && values.size() <= MAX_VALUES) {
            values.forEach(value -> {
                if (value instanceof Json.Text(String method)) {
                    proven.add(method);
                }
            });
        }
        Map<String, String> texts = new HashMap<>();
        claims.byName().forEach((name, value) -> {
            if (value instanceof Json.Text(String text)) {
                texts.put(name, text);
            }
        });
        return new ExternalIdentity(
                wanted.provider().issuer(),
                subject,
                claims.whole("auth_time").map(Instant::ofEpochSecond),
                proven,
                texts);
    }
}
