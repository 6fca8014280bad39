package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// ID tokens (OpenID Connect Core section 2): who signed in, when and how, said to one client. They open nothing
/// here: neither their type nor their keys are those of access tokens (GAUNTLET E06).
public final class IdTokens {
    /// What an ID token says that comes back as a hint, whether or not its time is over.
    ///
    /// @param subject the user, as the client knows it
    public record Hint(String subject, String clientId) {}

    private static final int MAX_LENGTH = 4096;

    private final Keys keys;
    private final ClientJwts jwts;
    private final InstantSource clock;

    /// Signed under keys of their own.
    public IdTokens(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.jwts = new ClientJwts(keys);
        this.clock = clock;
    }

    /// The ID token beside an access token, or alone. Blocks when the Api's first key has to be drawn.
    ///
    /// @param who the user and the login, as the client knows them
    /// @param more what the client asked to be told besides, never a claim of ours
    /// @param nonce what the client sent to find again in the first one
    /// @param algorithm the client's
    /// @throws FactsUnavailable when there is no key to sign with
    public String write(
            Grant grant,
            Subjects.Told who,
            Map<String, Object> more,
            Optional<String> nonce,
            Optional<Secret> accessToken,
            Api api,
            SigningAlgorithm algorithm) {
        return jwts.write(api, algorithm, SigningKey.PLAIN, payload(grant, who, more, nonce, accessToken, api));
    }

    private byte[] payload(
            Grant grant,
            Subjects.Told who,
            Map<String, Object> more,
            Optional<String> nonce,
            Optional<Secret> accessToken,
            Api api) {
        long now = clock.instant().getEpochSecond();
        StringBuilder out = new StringBuilder(400).append('{');
        JsonText.member(out, "iss", api.issuer());
        JsonText.member(out.append(','), "sub", who.subject());
        JsonText.member(out.append(','), "aud", grant.claims().clientId());
        out.append(",\"iat\":").append(now);
        out.append(",\"exp\":").append(now + api.tokens().life().toSeconds());
        out.append(",\"auth_time\":").append(grant.authenticated().getEpochSecond());
        nonce.ifPresent(one -> JsonText.member(out.append(','), "nonce", one));
        Acr.of(grant.methods()).ifPresent(acr -> JsonText.member(out.append(','), "acr", acr));
        if (!grant.methods().isEmpty()) {
            String separator = ",\"amr\":[";
            for (String method : grant.methods()) {
                JsonText.quote(out.append(separator), method);
                separator = ",";
            }
            out.append(']');
        }
        accessToken.ifPresent(token -> JsonText.member(out.append(','), "at_hash", hash(token)));
        JsonText.member(out.append(','), "sid", who.login());
        if (!more.isEmpty()) {
            StringBuilder others = new StringBuilder();
            JsonText.object(others, more);
            out.append(',').append(others, 1, others.length() - 1);
        }
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Core section 3.1.3.6: the left half of the hash that belongs to the signature's algorithm: SHA-256 for all
    /// of ours.
    private static String hash(Secret accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.bytes());
            return Base64Url.encode(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Reads an ID token of this Api that a client sends back (Core section 3.1.2.1, RP-Initiated Logout section
    /// 2): genuine, and no older than a login can be.
    ///
    /// @throws FactsUnavailable when the keys cannot be read now
    public Optional<Hint> hint(String text, Api api) {
        return genuine(text, api).flatMap(IdTokens::hint);
    }

    private Optional<Json.Members> genuine(String text, Api api) {
        keys.catchUp();
        return UnverifiedJws.parse(text, SigningKey.PLAIN, MAX_LENGTH)
                .flatMap(jws -> keys.ring()
                        .identifies(api.id(), jws.keyId(), clock.instant())
                        .flatMap(key -> jws.verify(key.verifier())))
                .flatMap(StrictJson::object)
                .filter(claims -> claims.text("iss").equals(Optional.of(api.issuer())));
    }

    /// Whom an ID token is of.
    ///
    /// @param login the one that its client was told of
    public record Subject(Id user, String clientId, Id login) {}

    /// Reads an ID token of this Api that still counts. Of a client that knows users and logins under names of
    /// its own it names nobody.
    ///
    /// @throws FactsUnavailable when the keys cannot be read now
    public Optional<Subject> subject(String text, Api api) {
        long second = clock.instant().getEpochSecond();
        return genuine(text, api)
                .filter(claims ->
                        claims.whole("exp").filter(end -> second < end).isPresent())
                .flatMap(claims -> {
                    Optional<Id> user = claims.text("sub").flatMap(sub -> Id.parse(Kind.USER, sub));
                    Optional<Id> login = claims.text("sid").flatMap(sid -> Id.parse(Kind.SESSION, sid));
                    return hint(claims)
                            .filter(_ -> user.isPresent() && login.isPresent())
                            .map(hint -> new Subject(user.get(), hint.clientId(), login.get()));
                });
    }

    private static Optional<Hint> hint(Json.Members claims) {
        Optional<String> user = claims.text("sub");
        Optional<String> client = claims.text("aud");
        return user.isPresent() && client.isPresent() && claims.text("sid").isPresent()
                ? Optional.of(new Hint(user.get(), client.get()))
                : Optional.empty();
    }
}
