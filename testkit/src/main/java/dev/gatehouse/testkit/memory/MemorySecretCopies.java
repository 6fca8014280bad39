package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Copies of secrets, in memory.
record MemorySecretCopies(Writes writes) implements SecretCopyStore {
    /// Why a copy is not kept.
    static <T> Optional<Stored<T>> unkept(Tables tables, NewCredential fresh) {
        return fresh.copy()
                .filter(copy -> tables.api(copy.api())
                        .filter(api -> api.speech().reveal().contains(copy.kind()))
                        .isEmpty())
                .map(_ -> new Stored.Conflict<>("its Api has just stopped to keep secrets of this kind"));
    }

    static Stored<Credential> added(Transaction transaction, NewCredential fresh) {
        return MemorySecretCopies.<Credential>unkept(transaction.tables(), fresh)
                .orElseGet(() -> {
                    Stored<Credential> added = Additions.add(transaction, fresh.credential());
                    if (added instanceof Stored.Done<Credential>) {
                        fresh.copy()
                                .ifPresent(copy ->
                                        transaction.tables().secretCopies.put(copy.credential(), copy));
                    }
                    return added;
                });
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

    @Override
    public Stored<List<SecretCopy>> reveal(List<Id> credentials, Act act) {
        return writes.run(act, transaction -> {
            List<SecretCopy> copies = credentials.stream()
                    .map(transaction.tables().secretCopies::get)
                    .filter(Objects::nonNull)
                    .toList();
            copies.forEach(copy -> transaction.audit(
                    "credential.reveal",
                    Optional.of(copy.organization()),
                    copy.credential(),
                    Detail.of("kind", copy.kind().wire()).with("api", copy.api())));
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
    public boolean rewrap(SecretCopy before, Encrypted sealed) {
        return writes.change(tables -> tables.secretCopies.replace(before.credential(), before, before.with(sealed)));
    }
}
