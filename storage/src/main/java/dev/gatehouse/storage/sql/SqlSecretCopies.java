package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Telling;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Copies of secrets in SQL.
final class SqlSecretCopies implements SecretCopyStore {
    private final Db db;
    private final Writes writes;

    SqlSecretCopies(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public Stored<List<SecretCopy>> reveal(List<Id> credentials, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Map<Id, SecretCopy> found = LivingCopies.of(transaction.session(), credentials);
            List<SecretCopy> copies = credentials.stream()
                    .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                    .toList();
            Telling.of(copies)
                    .forEach(told -> transaction.audit(
                            "credential.reveal", Optional.of(told.organization()), told.target(), told.detail()));
            return new Stored.Done<>(copies);
        });
    }

    @Override
    public List<SecretCopy> copies(Optional<Id> after, int limit) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + Copies.ALL + " FROM secret_copy WHERE credential > ? ORDER BY credential LIMIT ?",
                        Copies::read,
                        Ids.after(after),
                        (long) limit));
    }

    /// A page of copies that are told is read and left. What is over stays so, whatever happens in between.
    @Override
    public Optional<Id> sweep(Optional<Id> after) {
        List<Id> page = db.read(Lane.ADMIN, session -> page(session, after));
        List<Id> over = page.isEmpty() ? List.of() : db.read(Lane.ADMIN, session -> over(session, page));
        if (!over.isEmpty()) {
            db.write(
                    Lane.ADMIN,
                    session -> session.update(
                            "DELETE FROM secret_copy WHERE credential IN " + Ids.in(over.size()), Ids.list(over)));
        }
        return page.size() < SWEPT ? Optional.empty() : Optional.of(page.getLast());
    }

    private static List<Id> page(Session session, Optional<Id> after) {
        return session.list(
                "SELECT credential FROM secret_copy WHERE credential > ? ORDER BY credential LIMIT ?",
                row -> Ids.read(row, "credential", Kind.CREDENTIAL),
                Ids.after(after),
                (long) SWEPT);
    }

    private static List<Id> over(Session session, List<Id> credentials) {
        Map<Id, SecretCopy> living = LivingCopies.of(session, credentials);
        return credentials.stream().filter(id -> !living.containsKey(id)).toList();
    }

    @Override
    public boolean rewrap(SecretCopy before, Encrypted sealed) {
        return db.write(
                        Lane.ADMIN,
                        session -> session.update(
                                "UPDATE secret_copy SET sealed = ? WHERE credential = ? AND sealed = ?",
                                sealed.bytes(),
                                Ids.of(before.credential()),
                                before.sealed().bytes()))
                == 1;
    }
}
