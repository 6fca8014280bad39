package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Lineage;
import java.util.List;
import java.util.Optional;

/// Whether the rights reach: the last step of the decision but one.
final class Reaching {
    private Reaching() {}

    static Verdict verdict(Facts facts, Selection selection, Ask ask, Lineage lineage) {
        Catalogue catalogue = facts.api().catalogue();
        List<Organization> named = selection.chain();
        Layers layers = Layers.at(facts.api().id(), facts, named);
        return switch (ask) {
            case Ask.Call call -> needed(call.need(), facts, layers, lineage);
            case Ask.End _, Ask.Introspect _ -> needed(new Need.Authenticated(), facts, layers, lineage);
            case Ask.Authenticate _ -> new Verdict.Allowed(facts, layers.effective(catalogue), lineage);
            case Ask.Mint mint -> granted(mint.scopes(), mint.details(), facts, layers, lineage, mint.origin());
            case Ask.Consent consent -> consented(consent, facts, layers, lineage);
            case Ask.Redeem redeem ->
                granted(redeem.scopes(), redeem.details(), facts, layers, lineage, Optional.empty());
            case Ask.Renew renew ->
                granted(
                        renew.scopes(),
                        Optional.empty(),
                        facts,
                        layers,
                        Ancestry.renewed(facts, lineage),
                        renew.origin());
        };
    }

    /// RFC 6749 section 3.3: what may not be granted of what was asked for is left out, and the client is told.
    /// Not so of details, which may be all that is asked for.
    private static Verdict consented(Ask.Consent consent, Facts facts, Layers layers, Lineage lineage) {
        Scopes scopes = layers.those(consent.scopes(), facts.api().catalogue());
        boolean alone = consent.scopes().isEmpty() && !consent.details().isEmpty();
        if (scopes.isEmpty() && !alone) {
            return new Verdict.Refused(new Refusal.BadScope());
        }
        Lineage granted =
                lineage.by(facts.actor().orElseThrow().by(consent.grant()).sure(Factors.sure(facts)));
        return detailed(new Verdict.Allowed(facts, scopes, granted), Optional.of(consent.details()), layers);
    }

    private static Verdict granted(
            Optional<Scopes> asked,
            Optional<AuthorizationDetails> details,
            Facts facts,
            Layers layers,
            Lineage lineage,
            Optional<Origin> origin) {
        Catalogue catalogue = facts.api().catalogue();
        Scopes granted = asked.orElseGet(() -> usual(details, facts, layers));
        if (!layers.grantAll(catalogue, granted)) {
            return new Verdict.Refused(new Refusal.BadScope());
        }
        Verdict.Allowed allowed = new Verdict.Allowed(
                facts,
                granted,
                lineage,
                origin.filter(_ -> Pages.only(facts.members().credential())),
                List.of(),
                AuthorizationDetails.NONE);
        return detailed(allowed, details, layers);
    }

    /// Where no scope is named: all that there is; but whoever asks for details, and has no token that says more,
    /// asks for these alone.
    private static Scopes usual(Optional<AuthorizationDetails> details, Facts facts, Layers layers) {
        boolean alone = facts.token().isEmpty()
                && details.filter(some -> !some.isEmpty()).isPresent();
        return alone ? Scopes.NONE : layers.effective(facts.api().catalogue());
    }

    /// Neither a scope nor a detail would be nothing.
    private static Verdict detailed(Verdict.Allowed allowed, Optional<AuthorizationDetails> asked, Layers layers) {
        Optional<AuthorizationDetails> granted = Detailing.granted(asked, allowed.facts(), layers);
        if (granted.isEmpty()) {
            return new Verdict.Refused(new Refusal.BadDetails());
        }
        return allowed.scopes().isEmpty() && granted.get().isEmpty()
                ? new Verdict.Refused(new Refusal.BadScope())
                : allowed.detailed(granted.get());
    }

    private static Verdict needed(Need need, Facts facts, Layers layers, Lineage lineage) {
        Catalogue catalogue = facts.api().catalogue();
        AuthorizationDetails details = Detailing.effective(facts, layers);
        boolean alone = need.scoped() instanceof Need.Authenticated && !details.isEmpty();
        return (alone || layers.meet(need, catalogue))
                        && need.detail().map(details::has).orElse(true)
                ? new Verdict.Allowed(facts, layers.effective(catalogue), lineage).detailed(details)
                : new Verdict.Refused(new Refusal.Forbidden(need));
    }
}
