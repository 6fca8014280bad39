package dev.gatehouse.oauth.client;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.secret.TrustedIssuer;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What an issuer signed as the ground of a token (RFC 7523 section 3): in order in all but its signature, which
/// nobody has checked.
///
/// @param jti the SHA-256 of its issuer and its name
/// @param until when its use may be forgotten
public record IssuedAssertion(String issuer, String subject, Bytes jti, Instant until, UnverifiedJws jws) {
    /// What reading gave.
    public sealed interface Read {
        /// An assertion.
        record Good(IssuedAssertion assertion) implements Read {}

        /// None that could count, whoever signed it; and why.
        record Wrong(String why) implements Read {}
    }

    private static final int MAX_LENGTH = 8192;

    /// What has a type of its own, such as an access token, was made for something else (RFC 8725 section 3.11).
    private static final Set<String> TYPES = Set.of("jwt", "authorization-grant+jwt");

    /// Reads an assertion. The checks in order; the first that fails answers.
    ///
    /// @param here whom it may be for, as the only one: a list that names us besides others was made for others
    ///     (GAUNTLET C06)
    public static Read read(String text, Set<String> here, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH);
        Optional<Json.Members> claimed = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (jws.isEmpty() || claimed.isEmpty()) {
            return new Read.Wrong("not a compact JWS of alg, typ and kid with claims");
        }
        Json.Members claims = claimed.get();
        Optional<String> issuer = claims.text("iss").flatMap(TrustedIssuer::name);
        Optional<String> subject = claims.text("sub").flatMap(TrustedIssuer::name);
        Optional<String> jti = claims.text("jti").flatMap(TrustedIssuer::name);
        if (issuer.isEmpty() || subject.isEmpty() || jti.isEmpty()) {
            return new Read.Wrong("no iss, sub and jti of 1 to " + TrustedIssuer.MAX_LENGTH + " characters");
        }
        if (claims.text("aud").filter(here::contains).isEmpty()) {
            return new Read.Wrong("aud is not the issuer or the token endpoint");
        }
        return ClientAssertion.untimely(claims, now)
                .<Read>map(Read.Wrong::new)
                .orElseGet(() -> new Read.Good(new IssuedAssertion(
                        issuer.get(),
                        subject.get(),
                        hash(issuer.get(), jti.get()),
                        Instant.ofEpochSecond(claims.whole("exp").orElseThrow()).plus(ClientAssertion.SKEW),
                        jws.get())));
    }

    private static Bytes hash(String issuer, String jti) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Bytes.of(digest.digest(jti.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Its text is as good as a secret until it is used.
    @Override
    public String toString() {
        return "[assertion of " + issuer + "]";
    }
}
