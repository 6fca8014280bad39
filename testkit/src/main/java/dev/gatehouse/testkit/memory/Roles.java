package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What may be done to roles, and what the built-in one of the root organization gets by itself.
final class Roles {
    private Roles() {}

    static Stored<Role> add(Transaction transaction, Role role) {
        Tables tables = transaction.tables();
        if (tables.organization(role.organization()).isEmpty()) {
            return new Stored.Missing<>();
        }
        if (!Insert.role(tables, role)) {
            return new Stored.Conflict<>("the organization has a role of this name");
        }
        return recorded(transaction, "role.add", role.id());
    }

    static Stored<Role> replace(Transaction transaction, Role role) {
        Tables tables = transaction.tables();
        Optional<Role> found = tables.role(role.id());
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (found.get().builtIn()) {
            return new Stored.Conflict<>("a built-in role is not editable");
        }
        if (found.get().version() != role.version()) {
            return new Stored.Moved<>();
        }
        boolean taken = tables.roles.values().stream()
                .filter(other -> !other.id().equals(role.id()))
                .anyMatch(other -> other.organization().equals(found.get().organization())
                        && other.name().equals(role.name()));
        if (taken) {
            return new Stored.Conflict<>("the organization has a role of this name");
        }
        tables.roles.put(role.id(), with(found.get(), Text.requireName(role.name()), role.rights()));
        return recorded(transaction, "role.replace", role.id());
    }

    static Stored<Role> delete(Transaction transaction, Role role) {
        Tables tables = transaction.tables();
        Optional<Role> found = tables.role(role.id());
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (found.get().builtIn()) {
            return new Stored.Conflict<>("a built-in role is not deleted");
        }
        if (tables.applications.values().stream()
                .anyMatch(application -> application.role().equals(Optional.of(role.id())))) {
            return new Stored.Conflict<>("an application has the role");
        }
        if (tables.memberships.values().stream()
                .anyMatch(membership -> membership.role().equals(Optional.of(role.id())))) {
            return new Stored.Conflict<>("a member has the role");
        }
        if (tables.organizations.values().stream()
                .flatMap(organization -> organization.access().stream())
                .anyMatch(access -> access.role().equals(Optional.of(role.id())))) {
            return new Stored.Conflict<>("an access of an organization has the role");
        }
        if (tables.organizations.values().stream().anyMatch(one -> means(tables, one, found.get()))) {
            return new Stored.Conflict<>("an organization has it as default_role");
        }
        if (found.get().version() != role.version()) {
            return new Stored.Moved<>();
        }
        tables.roles.remove(role.id());
        return recorded(transaction, "role.delete", found.get());
    }

    /// Whether the organization says the name of this role, and none nearer has that name.
    private static boolean means(Tables tables, Organization saying, Role role) {
        if (!saying.defaultRole().equals(new DefaultRole.Named(role.name()))) {
            return false;
        }
        Optional<Organization> above = Optional.of(saying);
        while (above.isPresent()) {
            Id here = above.get().id();
            Optional<Role> nearest = tables.roles.values().stream()
                    .filter(one -> one.organization().equals(here) && one.name().equals(role.name()))
                    .findFirst();
            if (nearest.isPresent()) {
                return nearest.get().id().equals(role.id());
            }
            above = above.get().parent().flatMap(tables::organization);
        }
        return false;
    }

    private static Stored<Role> recorded(Transaction transaction, String verb, Id id) {
        return recorded(transaction, verb, transaction.tables().role(id).orElseThrow());
    }

    private static Stored<Role> recorded(Transaction transaction, String verb, Role stored) {
        Detail detail = Detail.of("name", stored.name()).with("version", stored.version());
        stored.rights().byApi().forEach((api, scopes) -> detail.with(api.text(), scopes.text()));
        transaction.audit(verb, Optional.of(stored.organization()), stored.id(), detail);
        return new Stored.Done<>(stored);
    }

    /// Makes the built-in role of the root organization hold exactly these scopes of an Api.
    static void setOwners(Tables tables, Id api, Scopes scopes) {
        Optional<Id> root = tables.root().map(Organization::id);
        tables.roles.replaceAll((_, role) -> {
            if (!role.builtIn() || !root.equals(Optional.of(role.organization()))) {
                return role;
            }
            Map<Id, Scopes> byApi = new HashMap<>(role.rights().byApi());
            byApi.put(api, scopes);
            return with(role, role.name(), new Rights(byApi));
        });
    }

    private static Role with(Role role, String name, Rights rights) {
        return new Role(role.id(), role.organization(), name, rights, role.builtIn(), role.version() + 1);
    }
}
