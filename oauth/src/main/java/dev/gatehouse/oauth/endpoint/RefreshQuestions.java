package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Refreshable;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.token.RefreshTokens;
import java.time.InstantSource;
import java.util.Optional;

/// What clients ask about their refresh tokens besides the next one: whether one counts, and its end. Blocks.
public final class RefreshQuestions {
    private final Verifier verifier;
    private final GrantStore grants;
    private final RefreshTokens tokens;
    private final InstantSource clock;

    /// Over these grants.
    public RefreshQuestions(Verifier verifier, GrantStore grants, RefreshTokens tokens, InstantSource clock) {
        this.verifier = verifier;
        this.grants = grants;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// A grant on which a token would be issued now.
    ///
    /// @param now what it would have
    record Counting(Grant grant, Verdict.Allowed now) {}

    /// The grant of a caller's refresh token when a token would be issued on it now.
    ///
    /// @throws FactsUnavailable when that cannot be told now
    Optional<Counting> counts(HttpFacts http, Secret text, Api api, Verdict.Allowed caller) {
        return find(text, api, caller.members().holder().id())
                .flatMap(grant -> allowed(http, grant, api).map(now -> new Counting(grant, now)));
    }

    private Optional<Grant> find(Secret text, Api api, Id caller) {
        return tokens.read(text, api)
                .flatMap(shown -> grants.refreshable(shown.grant(), clock.instant())
                        .filter(found -> found.number() == shown.number())
                        .map(Refreshable::grant)
                        .filter(grant -> grant.application().equals(caller)));
    }

    private Optional<Verdict.Allowed> allowed(HttpFacts http, Grant grant, Api api) {
        Ask ask = new Ask.Redeem(Optional.empty(), http.from());
        return switch (verifier.verifyLoading(new Presented.Granted(grant.claims()), api, ask, http.arrivedNanos())) {
            case Checked.Allowed(Verdict.Allowed allowed) -> Optional.of(allowed);
            case Checked.Refused(Refusal.Unavailable why) -> throw new FactsUnavailable(why.what());
            case Checked.Refused _ -> Optional.empty();
        };
    }

    /// Ends the grant of a caller's refresh token, whichever of its tokens it is; nothing when it is another's.
    /// Says whether there is nothing left to end.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    boolean end(Secret text, Api api, Id caller, Act act) {
        return tokens.read(text, api)
                .flatMap(shown -> grants.refreshable(shown.grant(), clock.instant()))
                .map(Refreshable::grant)
                .filter(grant -> grant.application().equals(caller))
                .map(grant -> switch (grants.end(grant.id(), act)) {
                    case Stored.Done<Id> _, Stored.Missing<Id> _ -> true;
                    case Stored.Conflict<Id> _, Stored.Moved<Id> _, Stored.Full<Id> _, Stored.Forbidden<Id> _ -> false;
                })
                .orElse(true);
    }
}
