package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
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

/// The sets whose intersection is the effective right: role, credential, access, and (below a token) grant. A
/// scope is effective when every layer grants it, by name or by implication.
///
/// @param actor what the application may do at most that acts for a user: what its role gives, and of the
///     credential that it showed what that reaches
/// @param bounds what the organizations that it is for let the application do at most, each of them
/// @param passed what those may do at most that the token was passed on to, likewise
/// @param consented whether that acts by what the user granted
/// @param acting whether it is for a customer, in whose name nobody acts for others again
/// @param page whether the credential is one that anybody can read in a web page
record Layers(
        Scopes role,
        Optional<Scopes> credential,
        Optional<Scopes> grant,
        List<Scopes> actor,
        List<Scopes> passed,
        List<Scopes> bounds,
        boolean consented,
        boolean acting,
        boolean page) {
    static Layers at(Id api, Facts facts) {
        return at(api, facts, List.of());
    }

    /// @param named the organizations that the request names, each with those above it
    static Layers at(Id api, Facts facts, List<Organization> named) {
        Members members = facts.members();
        Scopes role = members.role().map(Role::rights).orElse(Rights.NONE).at(api);
        Optional<Scopes> grant = facts.token()
                .map(token -> token.claims().api().equals(api) ? token.claims().scopes() : Scopes.NONE);
        return new Layers(
                role,
                reached(members.credential(), api),
                grant,
                facts.actor().map(one -> of(one, api)).orElse(List.of()),
                passed(facts, api),
                Bounds.at(api, facts, named),
                facts.actor().filter(one -> one.credential().isEmpty()).isPresent(),
                facts.subject().isPresent(),
                members.credential().kind() == CredentialKind.DOMAIN_KEY);
    }

    private static Optional<Scopes> reached(Credential credential, Id api) {
        return switch (credential.reach()) {
            case Reach.WholeRole() -> Optional.empty();
            case Reach.Only(Rights rights) -> Optional.of(rights.at(api));
        };
    }

    private static List<Scopes> passed(Facts facts, Id api) {
        return facts.passed().isEmpty()
                ? List.of()
                : facts.passed().stream()
                        .flatMap(actor -> of(actor, api).stream())
                        .toList();
    }

    /// What an application may do at most by what it showed: of its role and its credential, each.
    static List<Scopes> of(Actor actor, Id api) {
        Scopes role = actor.role().map(Role::rights).orElse(Rights.NONE).at(api);
        return actor.credential()
                .flatMap(shown -> reached(shown, api))
                .map(reached -> List.of(role, reached))
                .orElseGet(() -> List.of(role));
    }

    boolean grant(Catalogue catalogue, String scope) {
        return reach(catalogue, scope) && (grant.isEmpty() || catalogue.grants(grant.get(), scope));
    }

    /// Whether everybody holds a scope through whom something comes, whatever a token was granted: what bounds
    /// authorization details.
    boolean reach(Catalogue catalogue, String scope) {
        return held(catalogue, scope) && grants(catalogue, passed, scope) && !(acting && scope.equals(Subject.SCOPE));
    }

    /// Whether they hold any scope at all: what bounds details of types without one.
    boolean reachAny(Catalogue catalogue) {
        for (String scope : catalogue.entries().keySet()) {
            if (reach(catalogue, scope)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the credential may act for customers. Asked of what it holds now, whatever a token was granted, so
    /// that taking the right away ends what is done with it.
    boolean delegate(Catalogue catalogue) {
        return held(catalogue, Subject.SCOPE);
    }

    private boolean held(Catalogue catalogue, String scope) {
        return mayHave(catalogue, scope)
                && grants(catalogue, actor, scope)
                && grants(catalogue, bounds, scope)
                && (credential.isEmpty() || catalogue.grants(credential.get(), scope))
                && (!page || catalogue.browserSafe(scope));
    }

    static boolean grants(Catalogue catalogue, List<Scopes> layers, String scope) {
        for (Scopes layer : layers) {
            if (!catalogue.grants(layer, scope)) {
                return false;
            }
        }
        return true;
    }

    /// What an application learns of a user is the user's to give, whatever its role.
    private boolean mayHave(Catalogue catalogue, String scope) {
        return catalogue.grants(role, scope) || (consented && Identity.has(scope) && catalogue.knows(scope));
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

    /// Of scopes; details are looked at in [Detailing].
    boolean meet(Need need, Catalogue catalogue) {
        return switch (need) {
            case Need.Open() -> true;
            case Need.Authenticated() -> !effective(catalogue).isEmpty();
            case Need.AllOf(Scopes all) -> grantAll(catalogue, all);
            case Need.Detailed(Need besides, String _) -> meet(besides, catalogue);
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
    static Rights everywhere(Facts facts, List<Organization> named, Function<Id, Catalogue> catalogues) {
        Map<Id, Scopes> byApi = new HashMap<>();
        facts.members()
                .role()
                .map(Role::rights)
                .orElse(Rights.NONE)
                .byApi()
                .keySet()
                .forEach(api -> byApi.put(api, at(api, facts, named).effective(catalogues.apply(api))));
        return new Rights(byApi);
    }
}
