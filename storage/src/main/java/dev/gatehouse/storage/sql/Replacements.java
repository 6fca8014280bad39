package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Edits;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Replacing what a member is besides its holds and generation: one UPDATE that the version has to meet, so that
/// no two of them undo each other unseen.
final class Replacements {
    /// One replacement.
    ///
    /// @param standing as it was read
    /// @param organization that the audit row names
    /// @param window of the member afterwards
    /// @param same whether nothing differs
    private record Replacement<T>(
            String table,
            String columns,
            Function<Row, T> reader,
            Function<T, Standing> standingOf,
            Id id,
            Id organization,
            Standing standing,
            boolean same,
            String sets,
            List<Object> parameters,
            Window window,
            Detail detail) {}

    private final Writes writes;

    Replacements(Writes writes) {
        this.writes = writes;
    }

    Stored<Organization> organization(Organization before, Organization after, Act act) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.name().equals(after.name())
                && before.firstKey().equals(after.firstKey())
                && before.access().equals(after.access())
                && before.secondFactor() == after.secondFactor()
                && before.defaultRole().equals(after.defaultRole())
                && window.equals(before.standing().window());
        Replacement<Organization> replacement = new Replacement<>(
                "organization",
                Columns.ORGANIZATION,
                Columns::organization,
                Organization::standing,
                before.id(),
                before.id(),
                before.standing(),
                same,
                "name = ?, first_key = ?, second_factor = ?, default_role = ?, " + AccessColumns.SETS,
                Stream.concat(
                                Stream.of(
                                        Text.requireName(after.name()),
                                        after.firstKey().map(FirstKey::text).orElse(""),
                                        after.secondFactor(),
                                        after.defaultRole().text()),
                                AccessColumns.values(after.access()).stream())
                        .toList(),
                window,
                Edits.of(before, after));
        return writes.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> before.root() && !window.equals(Window.ALWAYS)
                        ? new Stored.Conflict<>("the root organization always stands")
                        : AccessColumns.bounding(before, after)
                                        .allMatch(role -> SqlApis.locked(transaction.session(), role))
                                ? run(transaction, replacement)
                                : new Stored.Missing<>());
    }

    Stored<Application> application(Application before, Application after, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> application(transaction, before, after));
    }

    static Stored<Application> application(Transaction transaction, Application before, Application after) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.name().equals(after.name())
                && before.role().equals(after.role())
                && before.terms().equals(after.terms())
                && before.tokenLife().equals(after.tokenLife())
                && window.equals(before.standing().window());
        Replacement<Application> replacement = new Replacement<>(
                "application",
                Columns.APPLICATION,
                Columns::application,
                Application::standing,
                before.id(),
                before.organization(),
                before.standing(),
                same,
                "name = ?, role = ?, client = ?, token_life = ?, " + LogoutColumns.SETS,
                Stream.concat(
                                Stream.of(
                                        Text.requireName(after.name()),
                                        Ids.of(after.role()),
                                        ClientColumn.text(after.terms()),
                                        Session.number(after.tokenLife().map(Duration::toSeconds))),
                                LogoutColumns.values(after.terms().logout()).stream())
                        .toList(),
                window,
                Edits.of(before, after));
        return Additions.roleExists(transaction.session(), after.role())
                ? run(transaction, replacement)
                : new Stored.Missing<>();
    }

    Stored<Credential> credential(Credential before, Credential after, Act act) {
        return credential(before, after, act, (_, replaced) -> new Stored.Done<>(replaced));
    }

    /// @param then what else is done to it in the same write
    Stored<Credential> credential(
            Credential before,
            Credential after,
            Act act,
            BiFunction<Transaction, Credential, Stored<Credential>> then) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.name().equals(after.name())
                && before.reach().equals(after.reach())
                && before.restrictions().equals(after.restrictions())
                && before.note().equals(after.note())
                && window.equals(before.standing().window());
        Replacement<Credential> replacement = new Replacement<>(
                "credential",
                CredentialColumns.ALL,
                CredentialColumns::read,
                Credential::standing,
                before.id(),
                before.organization(),
                before.standing(),
                same,
                "name = ?, whole_role = ?, rights = ?, addresses = ?, apis = ?, origins = ?, rate = ?, note = ?",
                List.of(
                        Text.requireName(after.name()),
                        after.reach() instanceof Reach.WholeRole,
                        CredentialColumns.reach(after.reach()),
                        CredentialColumns.addresses(after.restrictions()),
                        CredentialColumns.apis(after.restrictions()),
                        CredentialColumns.origins(after.restrictions()),
                        LimitColumns.text(after.restrictions().rate()),
                        after.note()),
                window,
                Edits.of(before, after));
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Stored<Credential> stored = run(transaction, replacement);
            if (stored instanceof Stored.Done<Credential> && !same) {
                DomainKeys.replaced(transaction, before, after);
                Copies.replaced(transaction.session(), after.id());
            }
            return stored instanceof Stored.Done<Credential>(Credential replaced, var _)
                    ? then.apply(transaction, replaced)
                    : stored;
        });
    }

    Stored<Customer> customer(Customer before, Customer after, Act act) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.name().equals(after.name())
                && window.equals(before.standing().window());
        Replacement<Customer> replacement = new Replacement<>(
                "customer",
                Columns.CUSTOMER,
                Columns::customer,
                Customer::standing,
                before.id(),
                before.organization(),
                before.standing(),
                same,
                "name = ?",
                List.of(Text.requireName(after.name())),
                window,
                Edits.of(before, after));
        return writes.run(Writes.Effect.NARROWS, act, transaction -> run(transaction, replacement));
    }

    Stored<User> user(User before, User after, Act act) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.username().equals(after.username())
                && before.profile().equals(after.profile())
                && window.equals(before.standing().window());
        Replacement<User> replacement = new Replacement<>(
                "person",
                Columns.USER,
                Columns::user,
                User::standing,
                before.id(),
                before.organization(),
                before.standing(),
                same,
                "username = ?, profile = ?",
                List.of(Text.requireName(after.username()), Columns.profile(after.profile())),
                window,
                Edits.of(before, after));
        return writes.run(Writes.Effect.NARROWS, act, transaction -> run(transaction, replacement));
    }

    Stored<Membership> membership(Membership before, Membership after, Act act) {
        Window window = Micros.of(after.standing().window());
        boolean same = before.role().equals(after.role())
                && window.equals(before.standing().window());
        Replacement<Membership> replacement = new Replacement<>(
                "membership",
                Columns.MEMBERSHIP,
                Columns::membership,
                Membership::standing,
                before.id(),
                before.organization(),
                before.standing(),
                same,
                "role = ?",
                List.of(Ids.of(after.role())),
                window,
                Edits.of(before, after));
        return writes.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> Additions.roleExists(transaction.session(), after.role())
                        ? run(transaction, replacement)
                        : new Stored.Missing<>());
    }

    private static <T> Stored<T> run(Transaction transaction, Replacement<T> asked) {
        Session session = transaction.session();
        Optional<T> found = session.one(
                "SELECT " + asked.columns() + " FROM " + asked.table() + " WHERE id = ?",
                asked.reader(),
                Ids.of(asked.id()));
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        Standing now = asked.standingOf().apply(found.get());
        if (now.revoked()) {
            return new Stored.Conflict<>("it is revoked");
        }
        if (now.version() != asked.standing().version()) {
            return new Stored.Moved<>();
        }
        if (asked.same()) {
            return new Stored.Done<>(found.get());
        }
        return session.one(
                        "UPDATE " + asked.table() + " SET " + asked.sets()
                                + ", not_before = ?, expires_at = ?, version = version + 1"
                                + " WHERE id = ? AND version = ? RETURNING " + asked.columns(),
                        asked.reader(),
                        parameters(asked))
                .map(replaced -> recorded(transaction, asked, replaced))
                .orElseGet(Stored.Moved::new);
    }

    private static Object[] parameters(Replacement<?> asked) {
        List<Object> all = new ArrayList<>(asked.parameters());
        all.add(Session.number(asked.window().notBefore().map(Micros::of)));
        all.add(Session.number(asked.window().expiresAt().map(Micros::of)));
        all.add(Ids.of(asked.id()));
        all.add(asked.standing().version());
        return all.toArray();
    }

    private static <T> Stored<T> recorded(Transaction transaction, Replacement<T> asked, T replaced) {
        transaction.changed(asked.id());
        transaction.audit(
                asked.id().kind().name().toLowerCase(Locale.ROOT) + ".replace",
                Optional.of(asked.organization()),
                asked.id(),
                asked.detail());
        return new Stored.Done<>(replaced);
    }
}
