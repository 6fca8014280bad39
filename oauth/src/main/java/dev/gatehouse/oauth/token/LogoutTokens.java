package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.keys.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4): that a login has ended, said to one client.
/// Signed under the keys of ID tokens, as clients expect, and of a type of their own, so that neither passes for
/// the other (GAUNTLET E06).
public final class LogoutTokens {
    /// The type (section 2.4).
    public static final String TYPE = "logout+jwt";

    /// How long one counts (section 2.4: at most two minutes are recommended).
    public static final Duration LIFE = Duration.ofMinutes(2);

    private static final String EVENT = "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}";
    private static final int NAME_BYTES = 16;

    private final ClientJwts jwts;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random a secure one, names tokens
    public LogoutTokens(Keys keys, InstantSource clock, RandomGenerator random) {
        this.jwts = new ClientJwts(keys);
        this.clock = clock;
        this.random = random;
    }

    /// Another one at each call. Blocks when the Api's first key has to be drawn.
    ///
    /// @param who the user and the login, as the client knows them
    /// @param algorithm the client's for ID tokens (section 2.4)
    /// @throws FactsUnavailable when there is no key to sign with
    public String write(String clientId, Subjects.Told who, Api api, SigningAlgorithm algorithm) {
        return jwts.write(api, algorithm, TYPE, payload(clientId, who, api));
    }

    /// Never with a `nonce`: that is what tells it from an ID token where types are not looked at.
    private byte[] payload(String clientId, Subjects.Told who, Api api) {
        long now = clock.instant().getEpochSecond();
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        StringBuilder out = new StringBuilder(400).append('{');
        JsonText.member(out, "iss", api.issuer());
        JsonText.member(out.append(','), "sub", who.subject());
        JsonText.member(out.append(','), "aud", clientId);
        out.append(",\"iat\":").append(now);
        out.append(",\"exp\":").append(now + LIFE.toSeconds());
        JsonText.member(out.append(','), "jti", Base64Url.encode(name));
        JsonText.member(out.append(','), "sid", who.login());
        out.append(',').append(EVENT);
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The body of the request that it is sent in (section 2.5).
    public static Bytes form(String token) {
        return Bytes.of(("logout_token=" + token).getBytes(StandardCharsets.US_ASCII));
    }
}
