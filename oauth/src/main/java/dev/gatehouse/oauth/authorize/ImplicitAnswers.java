package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.endpoint.ImplicitTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Answers with tokens in place of a code (OpenID Connect Core section 3.2). A request is answered once, however
/// often its form is sent: what tells it from others is written with the grant, and nothing else may have it.
final class ImplicitAnswers {
    /// For how long after it was first heard of a request can be answered that waits: a sign-in, and then a
    /// question.
    private static final Duration OPEN = AskSeal.SIGN_IN_LIFE.plus(AskSeal.LIFE);

    private final GrantStore grants;
    private final Pepper pepper;
    private final ImplicitTokens tokens;
    private final Answers answers;
    private final InstantSource clock;

    ImplicitAnswers(GrantStore grants, Pepper pepper, ImplicitTokens tokens, Answers answers, InstantSource clock) {
        this.grants = grants;
        this.pepper = pepper;
        this.tokens = tokens;
        this.answers = answers;
        this.clock = clock;
    }

    /// The tokens of what a person grants. Blocks.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when there is no key to sign with, or no database
    Opened open(HttpFacts http, Asked asked, SignedIn who, Verdict.Allowed allowed, boolean remember) {
        Grant grant = Codes.grant(asked, who, allowed, clock.instant());
        Act act = Codes.act(http, grant);
        ImplicitTokens.Given given = tokens.give(
                http,
                asked.api(),
                asked.client().application(),
                grant,
                asked.type().filter(ResponseType::access).isPresent(),
                new ImplicitTokens.Last() {
                    @Override
                    public boolean fits(Map<String, Secret> members) {
                        return answers.fits(asked, members);
                    }

                    @Override
                    public Stored<Grant> write(Instant ends) {
                        Grant ending = grant.ending(ends);
                        Instant over = over(asked, ends);
                        return grants.openAnswered(ending, request(asked, who), over, remember, asked.pushed(), act);
                    }
                });
        return switch (given) {
            case ImplicitTokens.Given.None(var refusal) -> new Opened.Refused(refusal);
            case ImplicitTokens.Given.TooLong() -> new Opened.TooLong();
            case ImplicitTokens.Given.Written(var stored, var members) -> Opened.of(stored, members);
        };
    }

    /// One that a person began at one moment. Of somebody else it is another one, so that nobody uses up what is
    /// another's.
    private Digest request(Asked asked, SignedIn who) {
        return pepper.digest(Secret.of(String.join(
                "\n",
                "answered at once",
                asked.api().id().text(),
                who.user().text(),
                Long.toString(asked.begun().toEpochMilli()),
                asked.raw())));
    }

    /// Whoever is answered at once leaves nothing behind that could be answered again, and a pushed request is used
    /// up by itself: neither has to be remembered.
    private static Instant over(Asked asked, Instant ends) {
        Instant closed = asked.begun().plus(OPEN);
        return asked.waited() && asked.pushed().isEmpty() && ends.isBefore(closed) ? closed : ends;
    }
}
