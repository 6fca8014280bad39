package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.SigningKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Signed JWTs (RFC 9068), for Apis whose services verify by themselves.
final class JwtFormat implements Format {
    private static final String TYPE = "at+jwt";

    private final Keys keys;
    private final VerifiedTokens verified;
    private final InstantSource clock;

    JwtFormat(Keys keys, VerifiedTokens verified, InstantSource clock) {
        this.keys = keys;
        this.verified = verified;
        this.clock = clock;
    }

    /// Every encoded JSON object begins with `{"` or `{` and white space, which makes `ey`, `ew` or `eC` and so on;
    /// the dots suffice.
    @Override
    public boolean recognises(String text) {
        int first = text.indexOf('.');
        return first > 0 && text.startsWith("ey") && text.indexOf('.', first + 1) > 0;
    }

    @Override
    public Read read(String text, Api api) {
        if (text.length() > MAX_LENGTH) {
            return new Read.Refused("longer than any token of ours");
        }
        Instant now = clock.instant();
        VerifiedTokens.Fingerprint fingerprint = VerifiedTokens.fingerprint(text);
        Optional<Claims> known =
                verified.find(fingerprint, api, keyId -> keys.ring().verifying(api.id(), keyId, now));
        return known.isPresent() ? new Read.Proven(known.get()) : verify(text, fingerprint, api, now);
    }

    private Read verify(String text, VerifiedTokens.Fingerprint fingerprint, Api api, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parse(text, TYPE, MAX_LENGTH);
        if (jws.isEmpty()) {
            return new Read.Refused("not a compact JWS of type " + TYPE);
        }
        Optional<SigningKey> key = keys.ring().verifying(api.id(), jws.get().keyId(), now);
        if (key.isEmpty()) {
            return new Read.Refused("the token names no signing key of this Api in use");
        }
        Optional<byte[]> payload = jws.get().verify(key.get().verifier());
        if (payload.isEmpty()) {
            return new Read.Refused("the signature is wrong");
        }
        Optional<Claims> claims = JwtClaims.decode(payload.get(), api, now);
        if (claims.isEmpty()) {
            return new Read.Refused("the claims are not those of an access token of this Api");
        }
        verified.keep(fingerprint, key.get(), api, claims.get());
        return new Read.Proven(claims.get());
    }

    @Override
    public Optional<String> write(Claims claims, Api api) {
        return keys.ring()
                .signing(api.id(), api.tokens().algorithm())
                .map(key -> key.writer().write(JwtClaims.encode(claims, api)));
    }
}
