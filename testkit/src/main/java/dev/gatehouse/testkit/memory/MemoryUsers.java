package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import java.util.List;
import java.util.Optional;

/// Users, memberships and passwords in memory.
record MemoryUsers(Writes writes) implements UserStore {
    @Override
    public Stored<User> add(User user, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, user));
    }

    @Override
    public Stored<User> replace(User before, User after, Act act) {
        return writes.narrow(act, transaction -> Replacements.user(transaction, before, after));
    }

    @Override
    public Stored<Membership> add(Membership membership, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, membership));
    }

    @Override
    public Stored<Membership> replace(Membership before, Membership after, Act act) {
        return writes.narrow(act, transaction -> Replacements.membership(transaction, before, after));
    }

    @Override
    public Stored<Credential> setPassword(Credential password, Act act) {
        return writes.narrow(act, transaction -> set(transaction, password, 0));
    }

    @Override
    public Stored<Credential> resetPassword(Credential password, Act act) {
        return writes.narrow(act, transaction -> set(transaction, password, 1));
    }

    /// @param generations by how many the user's generation grows
    private static Stored<Credential> set(Transaction transaction, Credential password, int generations) {
        Tables tables = transaction.tables();
        Optional<User> user =
                tables.user(password.holder()).filter(one -> one.organization().equals(password.organization()));
        if (user.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (user.get().standing().revoked()) {
            return new Stored.Conflict<>("the user is revoked");
        }
        if (!transaction.act().terms().met(user.get().standing().version())) {
            return new Stored.Moved<>();
        }
        Standing now = next(user.get().standing(), false);
        tables.users.put(
                user.get().id(),
                user.get()
                        .with(new Standing(
                                now.holds(),
                                now.revoked(),
                                now.generation() + generations,
                                now.window(),
                                now.version())));
        Optional<Credential> old = tables.password(password.holder());
        old.ifPresent(one -> tables.credentials.put(one.id(), one.with(next(one.standing(), true))));
        if (!Insert.credential(tables, password)) {
            return new Stored.Conflict<>("the id is in use");
        }
        MemoryLogouts.ofMember(transaction, password.holder());
        transaction.audit(
                "user.password",
                Optional.of(password.organization()),
                password.holder(),
                Detail.of("credential", password.id())
                        .with("replaced", old.map(one -> one.id().text()).orElse("")));
        return new Stored.Done<>(tables.credential(password.id()).orElseThrow());
    }

    @Override
    public Stored<Credential> restretch(Credential before, Credential after, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Credential> found = tables.credential(before.id())
                    .filter(one -> !one.standing().revoked())
                    .filter(one -> one.standing().version() == before.standing().version());
            if (found.isEmpty()) {
                return new Stored.Moved<>();
            }
            Credential it = found.get();
            Credential stored = new Credential(
                    it.id(),
                    it.holder(),
                    it.organization(),
                    it.kind(),
                    it.name(),
                    it.hint(),
                    after.evidence(),
                    after.stretch(),
                    it.reach(),
                    it.restrictions(),
                    next(it.standing(), false),
                    it.createdAt());
            tables.credentials.put(it.id(), stored);
            transaction.audit("credential.restretch", Optional.of(it.organization()), it.id(), Detail.none());
            return new Stored.Done<>(stored);
        });
    }

    private static Standing next(Standing from, boolean revoke) {
        return new Standing(
                from.holds(), from.revoked() || revoke, from.generation(), from.window(), from.version() + 1);
    }

    @Override
    public Optional<User> user(Id id) {
        return writes.now().user(id);
    }

    @Override
    public Optional<User> userByName(String username) {
        return writes.now().userByName(username);
    }

    @Override
    public Optional<Credential> password(Id user) {
        return writes.now().password(user);
    }

    @Override
    public Optional<Membership> membership(Id id) {
        return writes.now().membership(id);
    }

    @Override
    public Page<User> users(Id organization, Slice slice) {
        return Pages.read(writes.now().users, one -> one.organization().equals(organization), User::username, slice);
    }

    @Override
    public Page<Membership> memberships(Id organization, Slice slice) {
        return Pages.read(writes.now().memberships, one -> one.organization().equals(organization), _ -> "", slice);
    }

    @Override
    public List<Membership> membershipsOf(Id user) {
        return writes.now().membershipsOf(user);
    }
}
