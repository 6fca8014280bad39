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
        return facts.members().holder() instanceof Application application
                ? rules.require(ClientRule.BOUND, application.terms())
                : rules.require(ClientRule.BOUND);
    }
}
