package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import java.util.Optional;

/// What tokens are bound to, and which have to be (RFC 9449 section 5.2, RFC 8705 section 3).
public final class Bindings {
    private Bindings() {}

    /// What a token is bound to that is issued: a key that was proven; the certificate of the connection where
    /// tokens of this client are bound to that, or where the one that is exchanged is.
    public static Optional<Confirmation> of(Facts facts, Ask ask) {
        Optional<Confirmation> offered = ask.bound();
        if (offered.isEmpty() || ask instanceof Ask.Redeem) {
            return offered;
        }
        boolean goesOn =
                facts.token().map(Facts.Derived::claims).flatMap(Claims::key).equals(offered);
        return goesOn
                ? offered
                : application(facts)
                        .map(application -> facts.api().clients().binding(offered, application.terms()))
                        .orElse(offered.filter(one -> one.means() == Confirmation.Means.KEY));
    }

    /// Why no token is issued: the Api or the client wants it bound, and nothing was proven that it could be
    /// bound to. What was granted is asked about without that too, so whoever redeems it looks at this itself.
    static Optional<Refusal> refusal(Facts facts, Ask ask) {
        if (!(ask instanceof Ask.Mint || ask instanceof Ask.Renew)) {
            return Optional.empty();
        }
        ClientRules rules = facts.api().clients();
        Optional<Confirmation> bound = of(facts, ask);
        Optional<Application> application = application(facts);
        boolean allowed =
                application.map(one -> rules.allows(bound, one.terms())).orElseGet(() -> rules.allows(bound));
        return allowed ? Optional.empty() : Optional.of(lacking(rules, application));
    }

    private static Refusal lacking(ClientRules rules, Optional<Application> application) {
        boolean certificate = application
                .map(one -> rules.require(ClientRule.CERTIFICATE_BOUND, one.terms()))
                .orElseGet(() -> rules.require(ClientRule.CERTIFICATE_BOUND));
        return new Refusal.NotHolder(certificate ? Refusal.Lacking.CERTIFICATE : Refusal.Lacking.PROOF);
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
