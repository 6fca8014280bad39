package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What must be unique among the rows of each noun. None of these says whether a row may be inserted otherwise;
/// false when a unique key is in use.
final class Insert {
    private Insert() {}

    static boolean organization(Tables tables, Organization organization) {
        Organization row = new Organization(
                organization.id(),
                organization.parent(),
                Text.requireName(organization.name()),
                Micros.of(organization.standing()),
                Micros.of(organization.createdAt()),
                organization.firstKey(),
                organization.access(),
                organization.secondFactor(),
                organization.defaultRole());
        return into(
                tables.organizations,
                row.id(),
                row,
                other -> other.parent().equals(row.parent())
                        && (row.root() || other.name().equals(row.name())));
    }

    static boolean role(Tables tables, Role role) {
        Role row = new Role(
                role.id(), role.organization(), Text.requireName(role.name()), role.rights(), role.builtIn(), 0);
        return into(
                tables.roles,
                row.id(),
                row,
                other -> other.organization().equals(row.organization())
                        && (other.name().equals(row.name()) || (other.builtIn() && row.builtIn())));
    }

    static boolean application(Tables tables, Application application) {
        Application row = new Application(
                application.id(),
                application.organization(),
                Text.requireName(application.clientId()),
                Text.requireName(application.name()),
                application.role(),
                application.terms(),
                application.tokenLife(),
                Micros.of(application.standing()),
                Micros.of(application.createdAt()));
        return into(
                tables.applications,
                row.id(),
                row,
                other -> other.clientId().equals(row.clientId())
                        || (other.organization().equals(row.organization())
                                && other.name().equals(row.name())));
    }

    static boolean credential(Tables tables, Credential credential) {
        Credential row = new Credential(
                credential.id(),
                credential.holder(),
                credential.organization(),
                credential.kind(),
                Text.requireName(credential.name()),
                credential.hint(),
                credential.evidence(),
                credential.stretch(),
                credential.reach(),
                credential.restrictions(),
                Micros.of(credential.standing()),
                Micros.of(credential.createdAt()),
                credential.note());
        return into(tables.credentials, row.id(), row, _ -> false);
    }

    static boolean customer(Tables tables, Customer customer) {
        Customer row = new Customer(
                customer.id(),
                customer.organization(),
                Text.requireName(customer.name()),
                Micros.of(customer.standing()),
                Micros.of(customer.createdAt()));
        return into(
                tables.customers,
                row.id(),
                row,
                other -> other.organization().equals(row.organization())
                        && other.name().equals(row.name()));
    }

    static boolean user(Tables tables, User user) {
        User row = new User(
                user.id(),
                user.organization(),
                Text.requireName(user.username()),
                user.profile(),
                Micros.of(user.standing()),
                Micros.of(user.createdAt()));
        return into(tables.users, row.id(), row, other -> other.username().equals(row.username()));
    }

    static boolean membership(Tables tables, Membership membership) {
        Membership row = new Membership(
                membership.id(),
                membership.user(),
                membership.organization(),
                membership.role(),
                Micros.of(membership.standing()),
                Micros.of(membership.createdAt()));
        return into(
                tables.memberships,
                row.id(),
                row,
                other -> other.user().equals(row.user())
                        && other.organization().equals(row.organization())
                        && !other.standing().revoked());
    }

    static boolean api(Tables tables, Api api) {
        Api row = api(api, api.organization(), Text.requireName(api.name()), 0);
        return into(
                tables.apis,
                row.id(),
                row,
                other -> other.name().equals(row.name())
                        || other.audience().equals(row.audience())
                        || other.issuer().equals(row.issuer()));
    }

    /// An Api as it is stored.
    static Api api(Api api, Id organization, String name, long version) {
        return new Api(
                api.id(),
                organization,
                name,
                api.audience(),
                api.issuer(),
                api.listener(),
                Set.copyOf(api.hosts()),
                api.keyHeader(),
                api.tokens(),
                api.upstream(),
                api.catalogue(),
                List.copyOf(api.routes()),
                RouteTable.of(api.routes()),
                api.onDatabaseLoss(),
                api.cors(),
                api.limits(),
                api.speech(),
                api.clients(),
                api.secondFactor(),
                version);
    }

    static boolean key(Tables tables, StoredKey key) {
        StoredKey row = new StoredKey(
                key.id(),
                key.api(),
                key.use(),
                key.algorithm(),
                StoredKey.State.PREPARED,
                key.publicPart(),
                key.encrypted(),
                Micros.of(key.createdAt()),
                Optional.empty(),
                Optional.empty(),
                key.version());
        return into(
                tables.keys,
                row.id(),
                row,
                other -> other.state() == StoredKey.State.PREPARED
                        && other.use() == row.use()
                        && other.api().equals(row.api()));
    }

    private static <T> boolean into(Map<Id, T> table, Id id, T row, Predicate<T> excludes) {
        if (table.containsKey(id) || table.values().stream().anyMatch(excludes)) {
            return false;
        }
        table.put(id, row);
        return true;
    }
}
