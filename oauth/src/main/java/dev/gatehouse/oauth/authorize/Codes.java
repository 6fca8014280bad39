package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.endpoint.CodeGrant;
import dev.gatehouse.oauth.endpoint.GrantLives;
import dev.gatehouse.oauth.jose.Base64Url;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Draws codes: 256 random bits, of which only a digest is kept, beside what was granted.
public final class Codes {
    private final GrantStore grants;
    private final Pepper pepper;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random a secure one
    public Codes(GrantStore grants, Pepper pepper, InstantSource clock, RandomGenerator random) {
        this.grants = grants;
        this.pepper = pepper;
        this.clock = clock;
        this.random = random;
    }

    /// The code of what a person grants.
    Opened open(HttpFacts http, Asked asked, SignedIn who, Verdict.Allowed allowed, boolean remember) {
        byte[] bytes = new byte[CodeGrant.BYTES];
        random.nextBytes(bytes);
        Secret code = Secret.of(CodeGrant.PREFIX + Base64Url.encode(bytes));
        Instant now = clock.instant();
        Grant grant = grant(asked, who, allowed, now);
        Stored<Grant> stored = grants.open(
                grant, pepper.digest(code), now.plus(GrantLives.CODE), remember, asked.pushed(), act(http, grant));
        return Opened.of(stored, Map.of("code", code));
    }

    /// What a person grants.
    static Grant grant(Asked asked, SignedIn who, Verdict.Allowed allowed, Instant now) {
        Lineage lineage = allowed.lineage();
        Claims claims = new Claims(
                        lineage.granted().orElseThrow().grant(),
                        asked.api().id(),
                        who.user().text(),
                        asked.client().application().clientId(),
                        lineage,
                        allowed.scopes(),
                        now,
                        now.plus(GrantLives.WHOLE))
                .detailed(allowed.details());
        return new Grant(
                        claims,
                        who.user(),
                        who.session(),
                        who.authenticated(),
                        who.methods(),
                        new Grant.Binding(
                                asked.form().value("redirect_uri"),
                                asked.form().value("code_challenge"),
                                asked.form().value("dpop_jkt").map(Confirmation::key)),
                        asked.form().value("nonce"))
                .asking(asked.claims().text());
    }

    /// The person does it, now.
    static Act act(HttpFacts http, Grant grant) {
        Lineage lineage = grant.claims().lineage();
        return new Act(
                new Act.Actor.Member(lineage.organization(), grant.user(), lineage.credential()),
                http.id(),
                grant.claims().issuedAt());
    }
}
