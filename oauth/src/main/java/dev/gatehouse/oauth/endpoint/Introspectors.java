package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Id;

/// Who may know of whose token (RFC 7662 section 4, GAUNTLET G03).
final class Introspectors {
    /// What whoever asks about the tokens of others must hold, at the token's Api or at the admin Api.
    static final String SCOPE = "tokens:introspect";

    private final FactSource facts;

    Introspectors(FactSource facts) {
        this.facts = facts;
    }

    /// Whether a client learns anything about a token that counts: the client that it was issued to; with
    /// [#SCOPE], clients of the organization that owns the Api, which is the token's audience; and with [#SCOPE],
    /// clients of the token's own organization and of those above it. Nobody sees into a tree beside its own.
    boolean mayLearn(Verdict.Allowed caller, Facts.Derived token) {
        Members asking = caller.members();
        Members asked = token.members();
        Id client = token.speaker()
                .map(actor -> actor.application().id())
                .orElse(asked.holder().id());
        if (asking.holder().id().equals(client)) {
            return true;
        }
        Id home = asking.organization().id();
        boolean audience = home.equals(token.api().organization());
        boolean above = asked.chain().stream().anyMatch(member -> member.id().equals(home));
        return (audience || above) && trusted(caller, token.api());
    }

    private boolean trusted(Verdict.Allowed caller, Api api) {
        return holds(caller, api)
                || facts.apis().stream()
                        .filter(other -> other.name().equals(Api.ADMIN))
                        .anyMatch(admin -> holds(caller, admin));
    }

    /// A credential that may not be used at an Api brings no right from there.
    private static boolean holds(Verdict.Allowed caller, Api at) {
        return caller.members().credential().restrictions().apis().admits(at.id()::equals)
                && Decision.holds(caller, at, SCOPE);
    }
}
