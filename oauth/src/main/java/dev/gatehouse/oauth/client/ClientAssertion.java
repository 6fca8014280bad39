package dev.gatehouse.oauth.client;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// What a client signed to prove itself (RFC 7523 section 3): in order in all but its signature, which nobody has
/// checked.
///
/// @param jti the SHA-256 of its name
/// @param until when its use may be forgotten
/// @param strict whether it is as FAPI 2.0 Security Profile wants it (sections 5.3.2.1, 5.4.1): for the
///     issuer under that name, with an algorithm that may be
public record ClientAssertion(String clientId, Bytes jti, Instant until, boolean strict, UnverifiedJws jws) {
    /// What reading gave.
    public sealed interface Read {
        /// An assertion.
        record Good(ClientAssertion assertion) implements Read {}

        /// None that could count, whoever signed it; and why.
        record Wrong(String why) implements Read {}
    }

    /// The only `client_assertion_type` (RFC 7523 section 2.2).
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// How far ahead its end may be.
    public static final Duration MAX_LIFE = Duration.ofHours(1);

    /// How far the clock of a client may be ahead of ours (FAPI 2.0 section 5.3.2.1: at least 10 seconds, less
    /// than 60).
    public static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MAX_LENGTH = 8192;
    private static final int MAX_NAME = 255;

    /// The type of those that are made for the issuer and nobody else (RFC 7523bis section 4).
    private static final String STRICT = "client-authentication+jwt";

    /// Access tokens, proofs and whatever else has a type of its own is no assertion (RFC 8725 section 3.11,
    /// GAUNTLET E06).
    private static final Set<String> TYPES = Set.of("jwt", STRICT);

    /// Reads an assertion. The checks in order; the first that fails answers.
    ///
    /// @param clientId who the request says that it is from, if it says so
    /// @param issuer whom it is for, as the only one: a list that names us besides others was made for others
    ///     (GAUNTLET C06)
    /// @param endpoints other names for that, for those that do not say that they are of the type that has one
    public static Read read(
            String text, Optional<String> clientId, String issuer, Collection<String> endpoints, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH);
        Optional<Json.Members> claimed = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (jws.isEmpty() || claimed.isEmpty()) {
            return new Read.Wrong("not a compact JWS of alg, typ and kid with claims");
        }
        Json.Members claims = claimed.get();
        Optional<String> subject = named(claims, "sub");
        if (subject.isEmpty() || !claims.text("iss").equals(subject)) {
            return new Read.Wrong("iss and sub are not the client_id");
        }
        if (!clientId.orElse(subject.get()).equals(subject.get())) {
            return new Read.Wrong("client_id names another client");
        }
        boolean strict = jws.get().typed(STRICT);
        if (claims.text("aud")
                .filter(aud -> aud.equals(issuer) || (!strict && endpoints.contains(aud)))
                .isEmpty()) {
            return new Read.Wrong("aud is not the issuer");
        }
        Optional<String> jti = named(claims, "jti");
        if (jti.isEmpty()) {
            return new Read.Wrong("no jti of 1 to " + MAX_NAME + " characters");
        }
        return untimely(claims, now)
                .<Read>map(Read.Wrong::new)
                .orElseGet(() -> new Read.Good(new ClientAssertion(
                        subject.get(),
                        hash(jti.get()),
                        Instant.ofEpochSecond(claims.whole("exp").orElseThrow()).plus(SKEW),
                        claims.text("aud").equals(Optional.of(issuer))
                                && ClientProfile.signable(jws.get().algorithm()),
                        jws.get())));
    }

    private static Optional<String> named(Json.Members claims, String name) {
        return claims.text(name).filter(value -> !value.isEmpty() && value.length() <= MAX_NAME);
    }

    /// Why its times are wrong. A client whose clock is ahead has some time; one that is over has none.
    static Optional<String> untimely(Json.Members claims, Instant now) {
        long second = now.getEpochSecond();
        long soon = second + SKEW.toSeconds();
        Optional<Long> end = claims.whole("exp");
        if (end.isEmpty() || end.get() <= second) {
            return Optional.of("exp is missing or over");
        }
        if (end.get() > soon + MAX_LIFE.toSeconds()) {
            return Optional.of("exp is more than " + MAX_LIFE.toMinutes() + " minutes ahead");
        }
        return later(claims, "nbf", soon) || later(claims, "iat", soon)
                ? Optional.of("nbf or iat is ahead of our clock, or no time")
                : Optional.empty();
    }

    private static boolean later(Json.Members claims, String name, long soon) {
        return claims.byName().containsKey(name)
                && claims.whole(name).filter(time -> time >= 0 && time <= soon).isEmpty();
    }

    private static Bytes hash(String jti) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(jti.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Its text is as good as a secret until it is used.
    @Override
    public String toString() {
        return "[assertion of " + clientId + "]";
    }
}
