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
import java.util.random.RandomGenerator;

/// Draws codes: 256 random bits, of which only a digest is kept, beside what was granted.
public final class Codes {
    /// What opening one came to.
    sealed interface Opened {
        /// It is there.
        record Code(String code) implements Opened {}

        /// The person has to be asked: what it consented to was taken back.
        record Unasked() implements Opened {}

        /// The pushed request was answered before.
        record Answered() implements Opened {}

        /// The person or its login is gone.
        record Over() implements Opened {}

        /// Not now.
        record Later() implements Opened {}
    }

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
        String code = CodeGrant.PREFIX + Base64Url.encode(bytes);
        Instant now = clock.instant();
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
        Grant grant = new Grant(
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
        Act act =
                new Act(new Act.Actor.Member(lineage.organization(), who.user(), lineage.credential()), http.id(), now);
        Instant codeEnds = now.plus(GrantLives.CODE);
        return switch (grants.open(grant, pepper.digest(Secret.of(code)), codeEnds, remember, asked.pushed(), act)) {
            case Stored.Done<Grant> _ -> new Opened.Code(code);
            case Stored.Conflict<Grant> _ -> new Opened.Unasked();
            case Stored.Missing<Grant> _ -> new Opened.Over();
            case Stored.Moved<Grant> _ -> new Opened.Answered();
            case Stored.Full<Grant> _, Stored.Forbidden<Grant> _ -> new Opened.Later();
        };
    }
}
