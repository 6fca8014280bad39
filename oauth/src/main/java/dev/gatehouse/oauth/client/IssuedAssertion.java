package dev.gatehouse.oauth.client;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.secret.TrustedIssuer;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an issuer signed as the ground of a token (RFC 7523 section 3): in order in all but its signature, which
/// nobody has checked.
///
/// @param name its `jti`, or what stands for one where it has none
/// @param until when its use may be forgotten
/// @param actor who alone may act for the subject, where the issuer says (RFC 8693 section 4.4)
public record IssuedAssertion(
        String issuer, String subject, String name, Instant until, Optional<Json.Members> actor, UnverifiedJws jws) {
    /// What reading gave.
    public sealed interface Read {
        /// An assertion.
        record Good(IssuedAssertion assertion) implements Read {}

        /// None that could count, whoever signed it; and why.
        record Wrong(String why) implements Read {}
    }

    private static final int MAX_LENGTH = 8192;

    /// What no `jti` begins with.
    private static final String UNNAMED = "\n";

    private static final String TYPE = "authorization-grant+jwt";
    private static final String MAY_ACT = "may_act";

    /// What has a type of its own, such as an access token, was made for something else (RFC 8725 section 3.11).
    private static final Set<String> TYPES = Set.of("jwt", TYPE);

    /// Reads an assertion. The checks in order; the first that fails answers.
    ///
    /// @param here whom it may be for, as the only one: a list that names us besides others was made for others
    ///     (GAUNTLET C06)
    public static Read read(String text, Set<String> here, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH);
        Optional<Json.Members> claimed = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (jws.isEmpty() || claimed.isEmpty()) {
            return new Read.Wrong("not a compact JWS with claims whose header leaves keys to us");
        }
        Json.Members claims = claimed.get();
        Optional<String> issuer = claims.text("iss").flatMap(TrustedIssuer::name);
        Optional<String> subject = claims.text("sub").flatMap(TrustedIssuer::name);
        Optional<String> name = claims.byName().containsKey("jti")
                ? claims.text("jti").flatMap(TrustedIssuer::name)
                : Optional.of(UNNAMED + text.substring(0, text.lastIndexOf('.')));
        if (issuer.isEmpty() || subject.isEmpty() || name.isEmpty()) {
            return new Read.Wrong("no iss, sub or jti of 1 to " + TrustedIssuer.MAX_LENGTH + " characters");
        }
        if (claims.single("aud").filter(here::contains).isEmpty()) {
            return new Read.Wrong("aud is not the issuer or the token endpoint");
        }
        if (claims.byName().containsKey(MAY_ACT) && claims.object(MAY_ACT).isEmpty()) {
            return new Read.Wrong("may_act names nobody");
        }
        return ClientAssertion.untimely(claims, now)
                .<Read>map(Read.Wrong::new)
                .orElseGet(() -> new Read.Good(new IssuedAssertion(
                        issuer.get(),
                        subject.get(),
                        name.get(),
                        Instant.ofEpochSecond(claims.whole("exp").orElseThrow()).plus(ClientAssertion.SKEW),
                        claims.object(MAY_ACT),
                        jws.get())));
    }

    /// Whether what is shown as a subject token is of another issuer than this Api's.
    public static boolean foreign(String text, Api api) {
        return UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH)
                .flatMap(read -> StrictJson.object(read.claimed()))
                .flatMap(claims -> claims.text("iss"))
                .filter(issuer -> !issuer.equals(api.issuer()))
                .isPresent();
    }

    /// Whether a client may act by it. Where the issuer names somebody, everything that it says of it has to be
    /// true of the client: what is not understood could be what keeps others out.
    public boolean admits(String clientId, Api api) {
        return actor.map(Json.Members::byName)
                .map(said -> (said.containsKey("sub") || said.containsKey("client_id"))
                        && said.entrySet().stream().allMatch(one -> switch (one.getKey()) {
                            case "sub", "client_id" -> one.getValue().equals(new Json.Text(clientId));
                            case "iss" -> one.getValue().equals(new Json.Text(api.issuer()));
                            default -> false;
                        }))
                .orElse(true);
    }

    /// The use that there is one of, whichever application shows it: the names are the issuer's to give (RFC 7523
    /// section 3, item 7), and an issuer is whoever has the key, not everybody of whom somebody says that it is
    /// one.
    ///
    /// @param signer the thumbprint of the key that it was signed under
    public Bytes use(String signer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(TYPE, issuer, signer)) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return Bytes.of(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
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
