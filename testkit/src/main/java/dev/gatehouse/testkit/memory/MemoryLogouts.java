package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Who is still to be told of logins that have ended, in memory.
record MemoryLogouts(Writes writes) implements LogoutStore {
    /// An application of a login, which may have known it under another id.
    record Of(Id login, Client client) {}

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
    static void signedIn(Tables tables, Grant grant) {
        Id login = grant.session();
        Client client = new Client(grant.application(), grant.claims().api(), grant.user(), login);
        List<Of> there = tables.loginClients.stream()
                .filter(one -> one.login().equals(login))
                .toList();
        boolean known = there.stream()
                .anyMatch(one -> one.client().application().equals(client.application())
                        && one.client().login().equals(login));
        if (!known && there.size() < MAX_CLIENTS) {
            tables.loginClients.add(new Of(login, client));
        }
    }

    static void handOver(Tables tables, Id login, Id to) {
        tables.loginClients.replaceAll(one -> one.login().equals(login) ? new Of(to, one.client()) : one);
    }

    static void ofLogin(Transaction transaction, Id login) {
        ended(transaction, one -> one.login().equals(login));
    }

    /// Somebody was stopped: a user, one of its memberships, or its password.
    static void ofMember(Transaction transaction, Id member) {
        Tables tables = transaction.tables();
        ended(
                transaction,
                one -> one.client().user().equals(member)
                        || tables.session(one.login())
                                .map(Session::lineage)
                                .filter(of -> of.member().equals(member)
                                        || (member.kind() == Kind.CREDENTIAL
                                                && of.credential().equals(member)))
                                .isPresent());
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
                    tables.notices.add(new Kept(new Notice(client, attempt, now), now));
                });
    }

    @Override
    public List<Client> clients(Id login) {
        return writes.now().loginClients.stream()
                .filter(one -> one.login().equals(login))
                .map(Of::client)
                .toList();
    }

    @Override
    public List<Notice> take(int most, Instant now) {
        List<Notice> taken = new ArrayList<>();
        var _ = writes.change(tables -> {
            tables.notices.stream()
                    .filter(one -> !one.due().isAfter(now))
                    .sorted(Comparator.comparing(Kept::due))
                    .limit(most)
                    .toList()
                    .forEach(one -> {
                        Notice it = one.notice();
                        Notice next = new Notice(it.client(), it.attempt() + 1, it.since());
                        tables.notices.remove(one);
                        tables.notices.add(new Kept(next, Micros.of(now.plus(LEASE))));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
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
                            .with("attempts", notice.attempt()));
            return new Stored.Done<>(notice);
        });
    }
}
