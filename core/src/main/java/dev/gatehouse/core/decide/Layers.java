package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Identity;
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

/// The sets whose intersection is the effective right: role, credential, access, and (below a token) grant. A scope is
/// effective when every layer grants it, by name or by implication.
///
/// @param actor what the application may do at most that acts for a user
/// @param bounds what the organizations that it is for let the application do at most, each of them
/// @param acting whether it is for a customer, in whose name nobody acts for others again
/// @param page whether the credential is one that anybody can read in a web page
record Layers(
        Scopes role,
        Optional<Scopes> credential,
        Optional<Scopes> grant,
        Optional<Scopes> actor,
        List<Scopes> bounds,
        boolean acting,
        boolean page) {
    static Layers at(Id api, Facts facts) {
        return at(api, facts, new Selection.None());
    }

    static Layers at(Id api, Facts facts, Selection selection) {
        Members members = facts.members();
        Scopes role = members.role().map(Role::rights).orElse(Rights.NONE).at(api);
        Optional<Scopes> credential = switch (members.credential().reach()) {
            case Reach.WholeRole() -> Optional.empty();
            case Reach.Only(Rights rights) -> Optional.of(rights.at(api));
        };
        Optional<Scopes> grant = facts.token()
                .map(token -> token.claims().api().equals(api) ? token.claims().scopes() : Scopes.NONE);
        return new Layers(
                role,
                credential,
                grant,
                facts.actor()
                        .map(one ->
                                one.role().map(Role::rights).orElse(Rights.NONE).at(api)),
                Bounds.at(api, facts, selection),
                facts.subject().isPresent(),
                members.credential().kind() == CredentialKind.DOMAIN_KEY);
    }

    boolean grant(Catalogue catalogue, String scope) {
        return held(catalogue, scope)
                && (grant.isEmpty() || catalogue.grants(grant.get(), scope))
                && !(acting && scope.equals(Subject.SCOPE));
    }

    /// Whether the credential may act for customers. Asked of what it holds now, whatever a token was granted, so
    /// that taking the right away ends what is done with it.
    boolean delegate(Catalogue catalogue) {
        return held(catalogue, Subject.SCOPE);
    }

    private boolean held(Catalogue catalogue, String scope) {
        return mayHave(catalogue, scope)
                && (actor.isEmpty() || catalogue.grants(actor.get(), scope))
                && bounded(catalogue, scope)
                && (credential.isEmpty() || catalogue.grants(credential.get(), scope))
                && (!page || catalogue.browserSafe(scope));
    }

    private boolean bounded(Catalogue catalogue, String scope) {
        for (Scopes bound : bounds) {
            if (!catalogue.grants(bound, scope)) {
                return false;
            }
        }
        return true;
    }

    /// What an application learns of a user is the user's to give, whatever its role.
    private boolean mayHave(Catalogue catalogue, String scope) {
        return catalogue.grants(role, scope) || (actor.isPresent() && Identity.has(scope) && catalogue.knows(scope));
    }

    /// Those of some scopes that every layer grants.
    Scopes those(Scopes asked, Catalogue catalogue) {
        return Scopes.of(
                asked.list().stream().filter(scope -> grant(catalogue, scope)).toList());
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
