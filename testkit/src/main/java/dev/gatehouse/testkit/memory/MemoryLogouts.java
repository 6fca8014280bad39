package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /// What is to be told, and when it is due.
    record Kept(Notice notice, Instant due) {
        boolean is(Notice other) {
            return about(other.client()) && notice.attempt() == other.attempt();
        }

        boolean about(Client client) {
            return notice.client().login().equals(client.login())
                    && notice.client().application().equals(client.application());
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
                .forEach(client -> {
                    long attempt = tables.notices.stream()
                            .filter(one -> one.about(client))
                            .mapToLong(one -> one.notice().attempt() + 1)
                            .findFirst()
                            .orElse(0);
                    tables.notices.removeIf(one -> one.about(client));
                    tables.notices.add(new Kept(new Notice(client, attempt, 0, now), now));
                });
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
    public List<Notice> take(int most, int ofApplication, Instant now) {
        List<Notice> taken = new ArrayList<>();
        var _ = writes.change(tables -> {
            tables.notices.stream()
                    .filter(one -> !one.due().isAfter(now))
                    .collect(Collectors.groupingBy(one -> one.notice().client().application()))
                    .values()
                    .stream()
                    .flatMap(some -> some.stream()
                            .sorted(Comparator.comparing(Kept::due))
                            .limit(ofApplication))
                    .sorted(Comparator.comparing(Kept::due))
                    .limit(most)
                    .toList()
                    .forEach(one -> {
                        Notice it = one.notice();
                        Notice next = new Notice(it.client(), it.attempt() + 1, it.tries(), it.since());
                        tables.notices.remove(one);
                        tables.notices.add(new Kept(next, Micros.of(now.plus(LEASE))));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
    }

    @Override
    public List<Notice> crowding(int waiting, int most) {
        return writes.now().notices.stream()
                .map(Kept::notice)
                .collect(Collectors.groupingBy(one -> one.client().application()))
                .values()
                .stream()
                .flatMap(some -> some.stream()
                        .sorted(Comparator.comparing(Notice::since))
                        .limit(Math.max(0, some.size() - waiting)))
                .sorted(Comparator.comparing(Notice::since))
                .limit(most)
                .toList();
    }

    @Override
    public void delivered(Notice notice) {
        var _ = writes.change(tables -> tables.notices.removeIf(one -> one.is(notice)));
    }

    @Override
    public void again(Notice notice, Instant due) {
        var _ = writes.change(tables -> {
            tables.notices.replaceAll(one -> one.is(notice) ? new Kept(notice, Micros.of(due)) : one);
            return true;
        });
    }

    @Override
    public Stored<Notice> giveUp(Notice notice, String why, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (!tables.notices.removeIf(one -> one.is(notice))) {
                return new Stored.Missing<>();
            }
            Client client = notice.client();
            Optional<Id> home = tables.application(client.application()).map(Application::organization);
            transaction.audit(
                    "logout.undelivered",
                    home,
                    client.application(),
                    Detail.of("user", client.user())
                            .with("session", client.login())
                            .with("why", why)
                            .with("attempts", notice.tries()));
            return new Stored.Done<>(notice);
        });
    }
}
