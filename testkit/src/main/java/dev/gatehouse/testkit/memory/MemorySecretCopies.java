package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reveal;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Telling;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Copies of secrets, in memory.
record MemorySecretCopies(Writes writes) implements SecretCopyStore {
    static Stored<Credential> added(Transaction transaction, NewCredential fresh) {
        Stored<Credential> added = Additions.add(transaction, fresh.credential());
        if (added instanceof Stored.Done<Credential>) {
            add(transaction.tables(), fresh.copy());
        }
        return added;
    }

    /// Stores a copy, unless its Api has stopped to keep secrets of this kind.
    static void add(Tables tables, Optional<SecretCopy> fresh) {
        fresh.filter(copy -> tables.api(copy.api())
                        .filter(api -> api.speech().reveal().contains(copy.kind()))
                        .isPresent())
                .ifPresent(copy -> tables.secretCopies.put(copy.credential(), copy));
    }

    /// Ends those of a member that is revoked, and of everything below it.
    static void endOf(Tables tables, Id member) {
        tables.secretCopies.values().removeIf(copy -> below(tables, copy, member));
    }

    private static boolean below(Tables tables, SecretCopy copy, Id member) {
        Id holder = tables.credential(copy.credential()).orElseThrow().holder();
        return copy.credential().equals(member)
                || holder.equals(member)
                || tables.membership(holder)
                        .filter(one -> one.user().equals(member))
                        .isPresent()
                || tables.chain(copy.organization()).stream()
                        .anyMatch(one -> one.id().equals(member));
    }

    /// Ends that of a credential which has left the Api that keeps it.
    static void replaced(Tables tables, Id credential) {
        tables.secretCopies.computeIfPresent(credential, (_, copy) -> stands(tables, copy) ? copy : null);
    }

    private static boolean stands(Tables tables, SecretCopy copy) {
        Credential credential = tables.credential(copy.credential()).orElseThrow();
        Optional<Membership> membership = tables.membership(credential.holder());
        Optional<User> user = membership.flatMap(one -> tables.user(one.user()));
        Stream<Standing> standings = Stream.of(
                        Stream.of(credential.standing()),
                        tables.application(credential.holder()).map(Application::standing).stream(),
                        membership.map(Membership::standing).stream(),
                        user.map(User::standing).stream(),
                        Stream.concat(Stream.of(copy.organization()), user.map(User::organization).stream())
                                .flatMap(id -> tables.chain(id).stream())
                                .map(Organization::standing))
                .flatMap(all -> all);
        Rights role = tables.application(credential.holder())
                .flatMap(Application::role)
                .or(() -> membership.flatMap(Membership::role))
                .flatMap(tables::role)
                .map(Role::rights)
                .orElse(Rights.NONE);
        return standings.noneMatch(Standing::revoked)
                && Reveal.api(credential, role).filter(copy.api()::equals).isPresent();
    }

    @Override
    public Stored<List<SecretCopy>> reveal(List<Id> credentials, Act act) {
        return writes.run(act, transaction -> {
            List<SecretCopy> copies = credentials.stream()
                    .map(transaction.tables().secretCopies::get)
                    .filter(Objects::nonNull)
                    .filter(copy -> stands(transaction.tables(), copy))
                    .toList();
            Telling.of(copies)
                    .forEach(told -> transaction.audit(
                            "credential.reveal", Optional.of(told.organization()), told.target(), told.detail()));
            return new Stored.Done<>(copies);
        });
    }

    @Override
    public List<SecretCopy> copies(Optional<Id> after, int limit) {
        return writes.now().secretCopies.values().stream()
                .filter(copy -> after.isEmpty()
                        || Long.compareUnsigned(
                                        copy.credential().value(), after.get().value())
                                > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Id> sweep(Optional<Id> after) {
        List<SecretCopy> page = copies(after, SWEPT);
        writes.change(
                tables -> tables.secretCopies.values().removeIf(copy -> page.contains(copy) && !stands(tables, copy)));
        return page.size() < SWEPT
                ? Optional.empty()
                : Optional.of(page.getLast().credential());
    }

    @Override
    public boolean rewrap(SecretCopy before, Encrypted sealed) {
        return writes.change(tables -> tables.secretCopies.replace(before.credential(), before, before.with(sealed)));
    }
}
