package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Scopes;
import java.util.ArrayList;
import java.util.List;

/// What the organizations that a request is for let an application do that belongs to one above them: those that
/// it names, the user's that it acts for, the customer's, and all above these.
final class Bounds {
    private Bounds() {}

    static List<Scopes> at(Id api, Facts facts, List<Organization> named) {
        List<Scopes> bounds = new ArrayList<>(0);
        collect(facts.members().chain(), api, facts, bounds);
        facts.subject().ifPresent(subject -> collect(subject.chain(), api, facts, bounds));
        collect(named, api, facts, bounds);
        return bounds;
    }

    /// What the organizations of a chain let one application do.
    static List<Scopes> of(Id application, List<Organization> chain, Id api) {
        return chain.stream()
                .flatMap(organization -> organization.access().stream())
                .filter(access -> access.application().equals(application))
                .map(access -> access.most().at(api))
                .toList();
    }

    private static void collect(List<Organization> chain, Id api, Facts facts, List<Scopes> bounds) {
        for (Organization organization : chain) {
            for (Access access : organization.access()) {
                if (concerns(access.application(), facts)) {
                    bounds.add(access.most().at(api));
                }
            }
        }
    }

    private static boolean concerns(Id application, Facts facts) {
        return (facts.members().holder() instanceof Application own && own.id().equals(application))
                || Exchanges.actors(facts).stream()
                        .anyMatch(actor -> actor.application().id().equals(application));
    }
}
