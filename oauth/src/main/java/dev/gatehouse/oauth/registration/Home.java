package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import java.util.Optional;

/// Where clients of a policy belong, and what they may do at most.
public record Home(Id organization, Role role) {
    /// What a policy of an Api names; empty where that is not there, where it is a role that Gatehouse itself
    /// keeps, and where it has rights elsewhere: strangers get none there.
    public static Optional<Home> of(RegistrationPolicy policy, Api api, Store store) {
        Optional<Organization> organization = store.members().root();
        for (String name : policy.organization()) {
            organization =
                    organization.flatMap(above -> store.members().children(above.id(), named(name)).items().stream()
                            .filter(one -> !one.standing().revoked())
                            .findFirst());
        }
        return organization.flatMap(one -> role(one, policy.role(), store)
                .filter(role -> !role.builtIn())
                .filter(role -> role.rights().byApi().keySet().stream().allMatch(api.id()::equals))
                .map(role -> new Home(one.id(), role)));
    }

    /// What clients may do at an Api at most.
    Scopes scopes(Api api) {
        return role.rights().at(api.id());
    }

    /// The one that is highest up: nobody below gives strangers another one by making it under the same name.
    private static Optional<Role> role(Organization organization, String name, Store store) {
        return store.members().chain(organization.id()).reversed().stream()
                .flatMap(above -> store.apis().roles(above.id(), named(name)).items().stream())
                .findFirst();
    }

    private static Slice named(String name) {
        return new Slice(Optional.empty(), 0, 1, Optional.of(name), false);
    }
}
