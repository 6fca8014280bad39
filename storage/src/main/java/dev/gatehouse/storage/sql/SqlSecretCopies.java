package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.HashMap;
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
            Map<Id, SecretCopy> found = found(transaction.session(), credentials);
            List<SecretCopy> copies = credentials.stream()
                    .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                    .toList();
            copies.forEach(copy -> transaction.audit(
                    "credential.reveal",
                    Optional.of(copy.organization()),
                    copy.credential(),
                    Detail.of("kind", copy.kind().wire()).with("api", copy.api())));
            return new Stored.Done<>(copies);
        });
    }

    /// A node of an earlier release revokes credentials and leaves their copies.
    private static Map<Id, SecretCopy> found(Session session, List<Id> credentials) {
        Map<Id, SecretCopy> found = new HashMap<>();
        for (int from = 0; from < credentials.size(); from += Ids.WIDEST) {
            List<Id> some = credentials.subList(from, Math.min(credentials.size(), from + Ids.WIDEST));
            session.list(
                            "SELECT " + Copies.ALL + " FROM secret_copy WHERE credential IN " + Ids.in(some.size())
                                    + " AND NOT EXISTS (SELECT 1 FROM credential"
                                    + " WHERE credential.id = secret_copy.credential AND revoked)",
                            SqlSecretCopies::read,
                            Ids.list(some))
                    .forEach(copy -> found.put(copy.credential(), copy));
        }
        return found;
    }

    @Override
    public List<SecretCopy> copies(Optional<Id> after, int limit) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + Copies.ALL + " FROM secret_copy WHERE credential > ? ORDER BY credential LIMIT ?",
                        SqlSecretCopies::read,
                        Ids.after(after),
                        (long) limit));
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

    private static SecretCopy read(Row row) {
        return new SecretCopy(
                Ids.read(row, "credential", Kind.CREDENTIAL),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "api", Kind.API),
                Columns.credentialKind(row.text("kind")),
                Encrypted.of(row.bytes("sealed")));
    }
}
