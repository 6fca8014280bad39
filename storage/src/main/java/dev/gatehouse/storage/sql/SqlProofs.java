package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.ProofStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.time.Instant;

/// Used proofs of keys in SQL: a row for each, until it is over.
final class SqlProofs implements ProofStore {
    private final Db db;
    private final Sweep sweep;

    SqlProofs(Db db) {
        this.db = db;
        this.sweep = new Sweep(db.engine(), "used_proof", "proof", "expires_at");
    }

    /// Whoever comes second waits for the first and then finds its row. One that is over and not yet swept out is
    /// in nobody's way.
    @Override
    public boolean use(Bytes proof, Instant until, Instant now) {
        return db.write(Lane.DATA, session -> {
            boolean first = session.update("""
                            INSERT INTO used_proof (proof, expires_at) VALUES (?, ?)
                            ON CONFLICT (proof) DO UPDATE SET expires_at = excluded.expires_at
                            WHERE used_proof.expires_at <= ?""", proof.toArray(), Micros.of(until), Micros.of(now)) == 1;
            if (first) {
                sweep.run(session, now, SWEPT);
            }
            return first;
        });
    }
}
