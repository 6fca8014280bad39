package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Who is still to be told of logins that have ended, in memory.
record MemoryLogouts(Writes writes) implements LogoutStore {
    /// An application of a login, which may have known it under another id.
    ///
    /// @param lineage of the login, whose own row may be gone
    record Of(Id login, Lineage lineage, Instant signedIn, Client client) {
        boolean same(Of other) {
            return login.equals(other.login) && client.equals(other.client);
        }
    }

    /// What the primary key of a notice is in a database.
    record Name(Id login, Id application) {
        static Name of(Client client) {
            return new Name(client.login(), client.application());
        }
    }

    /// An application signs a person in.
    static void signedIn(Tables tables, Grant grant, Instant now) {
        Id login = grant.session();
        Client client = new Client(grant.application(), grant.claims().api(), grant.user(), login);
        Of newest = new Of(login, tables.session(login).orElseThrow().lineage(), Micros.of(now), client);
        tables.loginClients.removeIf(newest::same);
        tables.loginClients.add(newest);
        evict(tables, newest, one -> one.login().equals(login), MAX_CLIENTS);
        evict(tables, newest, one -> one.client().user().equals(client.user()), MAX_CLIENTS_OF_USER);
    }

    private static void evict(Tables tables, Of newest, Predicate<Of> which, int most) {
        List<Of> there = tables.loginClients.stream().filter(which).toList();
        Id application = newest.client().application();
        tables.loginClients.removeAll(there.stream()
                .filter(one -> !one.same(newest))
                .sorted(Comparator.comparing(
                                (Of one) -> !one.client().application().equals(application))
                        .thenComparing(Of::signedIn))
                .limit(Math.max(0, there.size() - most))
                .toList());
    }

    static void handOver(Tables tables, Id login, Id to) {
        Lineage lineage = tables.session(to).orElseThrow().lineage();
        tables.loginClients.replaceAll(
                one -> one.login().equals(login) ? new Of(to, lineage, one.signedIn(), one.client()) : one);
    }

    static void ofLogin(Transaction transaction, Id login) {
        ended(transaction, one -> one.login().equals(login));
    }

    static void ofOtherLogins(Transaction transaction, Id user, Id login) {
        ended(
                transaction,
                one -> one.client().user().equals(user) && !one.login().equals(login));
    }

    /// Somebody was stopped: a user, one of its memberships, or its password.
    static void ofMember(Transaction transaction, Id member) {
        ended(
                transaction,
                one -> one.client().user().equals(member)
                        || one.lineage().member().equals(member)
                        || one.lineage().credential().equals(member));
    }

    private static void ended(Transaction transaction, Predicate<Of> which) {
        Tables tables = transaction.tables();
        Instant now = Micros.of(transaction.act().at());
        List<Of> ended = tables.loginClients.stream().filter(which).toList();
        tables.loginClients.removeAll(ended);
        ended.stream()
                .map(Of::client)
                .filter(client -> tables.application(client.application())
                        .filter(one -> !one.standing().revoked())
                        .flatMap(one -> one.terms().logout().backChannel())
                        .isPresent())
                .forEach(client -> tables.notices.merge(
                        Name.of(client),
                        OutboxRows.Row.due(client, 0, now),
                        (had, next) -> OutboxRows.Row.due(
                                client, had.taken().attempt() + 1, next.taken().since())));
    }

    @Override
    public List<Client> clients(Id login) {
        return writes.now().loginClients.stream()
                .filter(one -> one.login().equals(login))
                .sorted(Comparator.comparing(Of::signedIn).reversed())
                .map(Of::client)
                .toList();
    }

    @Override
    public OutboxStore<Client> notices() {
        return new MemoryOutbox<>(writes, tables -> tables.notices);
    }

    @Override
    public List<Taken<Client>> crowding(int waiting, int most) {
        return writes.now().notices.values().stream()
                .map(OutboxRows.Row::taken)
                .collect(Collectors.groupingBy(one -> one.notice().application()))
                .values()
                .stream()
                .flatMap(some -> some.stream()
                        .sorted(Comparator.comparing(Taken::since))
                        .limit(Math.max(0, some.size() - waiting)))
                .sorted(Comparator.comparing(Taken::since))
                .limit(most)
                .toList();
    }
}
