package dev.gatehouse.core.decide;

import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.token.Claims;
import java.util.Optional;

/// What tokens are bound to, and which have to be (RFC 9449 section 5.2, RFC 8705 section 3).
public final class Bindings {
    private Bindings() {}

    /// What a token is bound to that is issued, see [ClientRules#binding]. Who redeems what a user granted has
    /// looked already; who is no client has keys only.
    public static Optional<Confirmation> of(Facts facts, Ask ask) {
        return switch (ask) {
            case Ask.Redeem redeem -> redeem.key();
            case Ask.Mint mint -> of(facts, mint.offered());
            case Ask.Call _, Ask.Renew _, Ask.Consent _, Ask.Authenticate _, Ask.End _, Ask.Introspect _ ->
                Optional.empty();
        };
    }

    private static Optional<Confirmation> of(Facts facts, Offered offered) {
        Optional<Confirmation> before = facts.token().map(Facts.Derived::claims).flatMap(Claims::key);
        return application(facts)
                .map(application -> facts.api().clients().binding(offered, before, application.terms()))
                .orElseGet(() -> before.filter(offered::has).or(offered::key));
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

    /// What a request lacks whose token cannot be bound as the rules say. A profile takes either.
    public static Refusal lacking(ClientRules rules, Optional<Application> application) {
        if (required(rules, ClientRule.CERTIFICATE_BOUND, application)) {
            return new Refusal.NotHolder(Refusal.Lacking.CERTIFICATE);
        }
        return new Refusal.NotHolder(
                required(rules, ClientRule.BOUND, application) ? Refusal.Lacking.PROOF : Refusal.Lacking.EITHER);
    }

    private static boolean required(ClientRules rules, ClientRule rule, Optional<Application> application) {
        return application.map(one -> rules.require(rule, one.terms())).orElseGet(() -> rules.require(rule));
    }

    /// Whose terms count: what a user granted is looked at by whoever redeems it.
    private static Optional<Application> application(Facts facts) {
        if (facts instanceof Facts.Beside(var _, var _, Actor beside)) {
            return Optional.of(beside.application());
        }
        if (facts instanceof Facts.Passing(var _, Actor client, var _)) {
            return Optional.of(client.application());
        }
        return facts.members().holder() instanceof Application application
                ? Optional.of(application)
                : Optional.empty();
    }
}
