package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.member.Application;
import java.util.Optional;

/// Which tokens have to be bound to a key (RFC 9449 section 5.2).
final class Bindings {
    private Bindings() {}

    /// Why no token is issued: the Api or the client wants it bound, and no key was proven. What was granted is
    /// asked about without a key too, so whoever redeems it looks at this itself.
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        boolean unbound = (ask instanceof Ask.Mint || ask instanceof Ask.Renew)
                && ask.bound().isEmpty();
        return unbound && required(facts)
                ? Optional.of(new Refusal.NotHolder(Refusal.Lacking.PROOF))
                : Optional.empty();
    }

    private static boolean required(Facts facts) {
        ClientRules rules = facts.api().clients();
        return application(facts)
                .map(application -> rules.require(ClientRule.BOUND, application.terms()))
                .orElseGet(() -> rules.require(ClientRule.BOUND));
    }

    /// Whose terms count: what a user granted is looked at by whoever redeems it.
    private static Optional<Application> application(Facts facts) {
        if (facts instanceof Facts.Beside(var _, var _, Actor beside)) {
            return Optional.of(beside.application());
        }
        return facts.members().holder() instanceof Application application
                ? Optional.of(application)
                : Optional.empty();
    }
}
