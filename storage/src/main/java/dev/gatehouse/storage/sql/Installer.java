package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;

/// The first start's one transaction. The unique index on the root decides who is first.
final class Installer {
    private static final String KEY_FILE = "key_file";

    private final Writes writes;

    Installer(Writes writes) {
        this.writes = writes;
    }

    Stored<Installation> install(Installation installation, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            if (installation.root().parent().isPresent() || !Insert.organization(session, installation.root(), 1)) {
                return new Stored.Conflict<>("the database is not empty");
            }
            boolean all = Insert.api(session, installation.admin())
                    && Insert.role(session, installation.owner())
                    && Insert.application(session, installation.bootstrap())
                    && Insert.credential(session, installation.key());
            if (!all) {
                return new Stored.Conflict<>("the parts of the installation exclude each other");
            }
            session.update("INSERT INTO meta (name, value) VALUES (?, ?)", KEY_FILE, installation.keyFile());
            session.update(
                    "UPDATE application SET credentials = 1 WHERE id = ?",
                    Ids.of(installation.bootstrap().id()));
            List<Id> made = List.of(
                    installation.root().id(),
                    installation.admin().id(),
                    installation.owner().id(),
                    installation.bootstrap().id(),
                    installation.key().id());
            made.forEach(transaction::changed);
            transaction.audit(
                    "installation.install",
                    Optional.of(installation.root().id()),
                    installation.root().id(),
                    Detail.of("key_file", installation.keyFile())
                            .with("application", installation.bootstrap().id())
                            .with("credential", installation.key().id())
                            .with("hint", installation.key().hint()));
            return new Stored.Done<>(installation);
        });
    }

    /// The key file that the installation is under; empty in an empty database.
    static Optional<String> keyFile(Session session) {
        return session.one("SELECT value FROM meta WHERE name = ?", row -> row.text("value"), KEY_FILE);
    }
}
