package dev.gatehouse.oauth.assertion;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.ActClaim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Signs what Gatehouse tells an upstream about a call that it allowed: a JWT of type `gatehouse-assertion+jwt`
/// that lives 30 seconds and names the caller, its scopes, the method (`htm`) and the SHA-256 of the path
/// (`pth`); a user is named by its id. For a call in the name of a customer `sub` is the customer and `act` the
/// application (RFC 8693 section 4.1). The same call of the same credential or token gets the same assertion for
/// 10 seconds.
public final class Assertions {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration REUSE = Duration.ofSeconds(10);

    /// Bytes of one that is kept, with a path and scopes of the usual length.
    private static final int ABOUT = 2048;

    /// Everything that the text depends on.
    private record Call(
            Id api,
            String issuer,
            String audience,
            Id proof,
            String scopes,
            String details,
            Id organization,
            Optional<Id> customer,
            String client,
            Optional<String> actor,
            List<String> acting,
            String method,
            String path) {}

    private record Signed(Instant at, String keyId, String text) {}

    private final Keys keys;
    private final InstantSource clock;
    private final Cache<Call, Signed> recent;

    /// Assertions under the installation's key.
    ///
    /// @param maxRecent how many are kept for reuse; about 2 kB each, long paths count more
    public Assertions(Keys keys, InstantSource clock, long maxRecent) {
        this.keys = keys;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .maximumWeight(maxRecent * ABOUT)
                .weigher((Call call, Signed signed) -> 2
                                * (call.path().length()
                                        + call.scopes().length()
                                        + call.details().length()
                                        + signed.text().length())
                        + ABOUT / 4)
                .expireAfterWrite(REUSE)
                .build();
    }

    /// The assertion for an allowed call; empty when the installation has no key for it.
    ///
    /// @param audience who is to read it: the upstream, or the audience of an Api that has none here
    /// @param path canonical, without the query
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys are not at hand: [#signLoading] where
    /// waiting is allowed
    public Optional<String> sign(Verdict.Allowed allowed, String audience, String method, String path) {
        Api api = allowed.facts().api();
        Call call = new Call(
                api.id(),
                api.issuer(),
                audience,
                proof(allowed.facts()),
                allowed.scopes().text(),
                allowed.details().text(),
                allowed.lineage().organization(),
                allowed.lineage().customer(),
                allowed.members().holder().subject(),
                allowed.actor(),
                acting(allowed),
                method,
                path);
        Instant now = clock.instant();
        return keys.ring().asserting().map(key -> {
            Signed known = recent.getIfPresent(call);
            String keyId = key.jwk().keyId();
            if (known != null
                    && known.keyId().equals(keyId)
                    && !now.isBefore(known.at())
                    && now.isBefore(known.at().plus(REUSE))) {
                return known.text();
            }
            String text = key.writer().write(payload(call, now));
            recent.put(call, new Signed(now, keyId, text));
            return text;
        });
    }

    /// The same, after reading keys that changed when it must.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read now
    public Optional<String> signLoading(Verdict.Allowed allowed, String audience, String method, String path) {
        keys.catchUp();
        return sign(allowed, audience, method, path);
    }

    private static Id proof(Facts facts) {
        return switch (facts) {
            case Facts.Derived derived -> derived.claims().id();
            case Facts.Logged logged -> logged.session().id();
            case Facts.Direct _,
                    Facts.Refreshing _,
                    Facts.Acting _,
                    Facts.Beside _,
                    Facts.Exchanging _,
                    Facts.Passing _,
                    Facts.Delegating _ -> facts.members().credential().id();
        };
    }

    /// What the token says of it that was passed on by exchange; else the application that acts for a user or a
    /// customer.
    private static List<String> acting(Verdict.Allowed allowed) {
        if (allowed.facts() instanceof Facts.Derived derived
                && !derived.passed().isEmpty()) {
            return derived.claims().acting();
        }
        return allowed.actor()
                .or(() -> allowed.lineage()
                        .customer()
                        .map(_ -> allowed.members().holder().subject()))
                .map(List::of)
                .orElse(List.of());
    }

    private static byte[] payload(Call call, Instant now) {
        StringBuilder out = new StringBuilder(400).append('{');
        JsonText.member(out, "iss", call.issuer());
        JsonText.member(out.append(','), "aud", call.audience());
        JsonText.member(out.append(','), "sub", call.customer().map(Id::text).orElse(call.client()));
        String client = call.actor().orElse(call.client());
        ActClaim.append(out, call.acting());
        JsonText.member(out.append(','), "client_id", client);
        JsonText.member(out.append(','), "org", call.organization().text());
        JsonText.member(out.append(','), "scope", call.scopes());
        if (!call.details().isEmpty()) {
            out.append(",\"").append(AuthorizationDetails.NAME).append("\":").append(call.details());
        }
        JsonText.member(out.append(','), "htm", call.method());
        JsonText.member(out.append(','), "pth", hash(call.path()));
        out.append(",\"iat\":").append(now.getEpochSecond());
        out.append(",\"exp\":").append(now.plus(LIFE).getEpochSecond());
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String path) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
