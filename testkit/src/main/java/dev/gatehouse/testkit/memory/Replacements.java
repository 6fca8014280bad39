package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Edits;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// When a member may be replaced by another state of itself.
final class Replacements {
    private Replacements() {}

    static Stored<Organization> organization(Transaction transaction, Organization before, Organization after) {
        Tables tables = transaction.tables();
        Window window = Micros.of(after.standing().window());
        if (before.root() && !window.equals(Window.ALWAYS)) {
            return new Stored.Conflict<>("the root organization always stands");
        }
        String name = Text.requireName(after.name());
        if (!after.access().stream()
                .allMatch(access -> access.role().isEmpty()
                        || tables.role(access.role().get()).isPresent())) {
            return new Stored.Missing<>();
        }
        return new Replacement<>(tables.organizations, Organization::standing, before.id(), before.id())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> new Organization(
                                it.id(),
                                it.parent(),
                                name,
                                next(it.standing(), window, version),
                                it.createdAt(),
                                after.firstKey(),
                                after.access(),
                                after.secondFactor(),
                                after.defaultRole()),
                        other -> !before.root()
                                && other.parent().equals(before.parent())
                                && other.name().equals(name),
                        Edits.of(before, after));
    }

    static Stored<Application> application(Transaction transaction, Application before, Application after) {
        Tables tables = transaction.tables();
        Window window = Micros.of(after.standing().window());
        String name = Text.requireName(after.name());
        if (after.role().filter(role -> tables.role(role).isEmpty()).isPresent()) {
            return new Stored.Missing<>();
        }
        return new Replacement<>(tables.applications, Application::standing, before.id(), before.organization())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> it.like(after, next(it.standing(), window, version)),
                        other -> other.organization().equals(before.organization())
                                && other.name().equals(name),
                        Edits.of(before, after));
    }

    static Stored<Credential> credential(Transaction transaction, Credential before, Credential after) {
        Tables tables = transaction.tables();
        Window window = Micros.of(after.standing().window());
        String name = Text.requireName(after.name());
        Stored<Credential> stored = new Replacement<>(
                        tables.credentials, Credential::standing, before.id(), before.organization())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> it.with(
                                        name, after.reach(), after.restrictions(), next(it.standing(), window, version))
                                .noting(after.note()),
                        _ -> false,
                        Edits.of(before, after));
        MemorySecretCopies.replaced(tables, before.id());
        return stored;
    }

    static Stored<Customer> customer(Transaction transaction, Customer before, Customer after) {
        Window window = Micros.of(after.standing().window());
        String name = Text.requireName(after.name());
        return new Replacement<>(transaction.tables().customers, Customer::standing, before.id(), before.organization())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> new Customer(
                                it.id(), it.organization(), name, next(it.standing(), window, version), it.createdAt()),
                        other -> other.organization().equals(before.organization())
                                && other.name().equals(name),
                        Edits.of(before, after));
    }

    static Stored<User> user(Transaction transaction, User before, User after) {
        Window window = Micros.of(after.standing().window());
        String username = Text.requireName(after.username());
        return new Replacement<>(transaction.tables().users, User::standing, before.id(), before.organization())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> new User(
                                it.id(),
                                it.organization(),
                                username,
                                after.profile(),
                                next(it.standing(), window, version),
                                it.createdAt()),
                        other -> other.username().equals(username),
                        Edits.of(before, after));
    }

    static Stored<Membership> membership(Transaction transaction, Membership before, Membership after) {
        Window window = Micros.of(after.standing().window());
        Tables tables = transaction.tables();
        if (after.role().filter(role -> tables.role(role).isEmpty()).isPresent()) {
            return new Stored.Missing<>();
        }
        return new Replacement<>(tables.memberships, Membership::standing, before.id(), before.organization())
                .run(
                        transaction,
                        before.standing(),
                        (it, version) -> new Membership(
                                it.id(),
                                it.user(),
                                it.organization(),
                                after.role(),
                                next(it.standing(), window, version),
                                it.createdAt()),
                        _ -> false,
                        Edits.of(before, after));
    }

    private static Standing next(Standing from, Window window, long version) {
        return new Standing(from.holds(), from.revoked(), from.generation(), window, version);
    }

    /// Where a member is stored.
    private record Replacement<T>(Map<Id, T> table, Function<T, Standing> standing, Id id, Id organization) {
        Stored<T> run(
                Transaction transaction,
                Standing read,
                BiFunction<T, Long, T> change,
                Predicate<T> excludes,
                Detail detail) {
            Optional<T> found = Optional.ofNullable(table.get(id));
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Standing now = standing.apply(found.get());
            if (now.revoked()) {
                return new Stored.Conflict<>("it is revoked");
            }
            if (now.version() != read.version()) {
                return new Stored.Moved<>();
            }
            if (change.apply(found.get(), now.version()).equals(found.get())) {
                return new Stored.Done<>(found.get());
            }
            boolean taken = table.entrySet().stream()
                    .filter(other -> !other.getKey().equals(id))
                    .anyMatch(other -> excludes.test(other.getValue()));
            if (taken) {
                return new Stored.Conflict<>("the name is in use");
            }
            T stored = change.apply(found.get(), now.version() + 1);
            table.put(id, stored);
            transaction.audit(Standings.kind(id) + ".replace", Optional.of(organization), id, detail);
            return new Stored.Done<>(stored);
        }
    }
}
