package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The sets whose intersection is the effective right: role, credential, and (below a token) grant. A scope is
/// effective when every layer grants it, by name or by implication.
record Layers(Scopes role, Optional<Scopes> credential, Optional<Scopes> grant) {
    static Layers at(Id api, Facts facts) {
        Members members = facts.members();
        Scopes role = members.role().map(Role::rights).orElse(Rights.NONE).at(api);
        Optional<Scopes> credential = switch (members.credential().reach()) {
            case Reach.WholeRole() -> Optional.empty();
            case Reach.Only(Rights rights) -> Optional.of(rights.at(api));
        };
        Optional<Scopes> grant = switch (facts) {
            case Facts.Direct _ -> Optional.empty();
            case Facts.Derived derived ->
                Optional.of(
                        derived.claims().api().equals(api) ? derived.claims().scopes() : Scopes.NONE);
        };
        return new Layers(role, credential, grant);
    }

    boolean grant(Catalogue catalogue, String scope) {
        return catalogue.grants(role, scope)
                && (credential.isEmpty() || catalogue.grants(credential.get(), scope))
                && (grant.isEmpty() || catalogue.grants(grant.get(), scope));
    }

    boolean grantAll(Catalogue catalogue, Scopes scopes) {
        for (String scope : scopes.list()) {
            if (!grant(catalogue, scope)) {
                return false;
            }
        }
        return true;
    }

    boolean meet(Need need, Catalogue catalogue) {
        return switch (need) {
            case Need.Open() -> true;
            case Need.Authenticated() -> !effective(catalogue).isEmpty();
            case Need.AllOf(Scopes all) -> grantAll(catalogue, all);
            case Need.AnyOf(Scopes any) -> {
                for (String scope : any.list()) {
                    if (grant(catalogue, scope)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    /// The effective scopes. The narrowest layer is returned as it is when every other layer grants all of it,
    /// which is the usual case.
    Scopes effective(Catalogue catalogue) {
        Scopes narrowest = grant.or(() -> credential).orElse(role);
        if (grantAll(catalogue, narrowest)) {
            return narrowest;
        }
        List<String> effective = new ArrayList<>();
        for (String scope : catalogue.entries().keySet()) {
            if (grant(catalogue, scope)) {
                effective.add(scope);
            }
        }
        return Scopes.of(effective);
    }

    /// The effective rights at every Api that the role names.
    static Rights everywhere(Facts facts, Function<Id, Catalogue> catalogues) {
        Map<Id, Scopes> byApi = new HashMap<>();
        facts.members()
                .role()
                .map(Role::rights)
                .orElse(Rights.NONE)
                .byApi()
                .keySet()
                .forEach(api -> byApi.put(api, at(api, facts).effective(catalogues.apply(api))));
        return new Rights(byApi);
    }
}
