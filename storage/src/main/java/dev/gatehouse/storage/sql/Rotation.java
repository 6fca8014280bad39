package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.Optional;

/// One credential in the place of another.
final class Rotation {
    private Rotation() {}

    static Stored<Credential> run(Transaction transaction, Credential old, Instant end, NewCredential fresh) {
        Session session = transaction.session();
        Credential successor = fresh.credential();
        Optional<Standing> found = SqlMembers.credential(session, old.id()).map(Credential::standing);
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (found.get().revoked() || !found.get().holds().isEmpty()) {
            return new Stored.Conflict<>(found.get().revoked() ? "it is revoked" : "it is suspended");
        }
        if (found.get().version() != old.standing().version()) {
            return new Stored.Moved<>();
        }
        boolean atOnce = !end.isAfter(transaction.act().at());
        long more = atOnce ? 0 : 1;
        if (!Places.take(session, successor, more)) {
            return Places.none(session, successor);
        }
        Optional<Stored<Credential>> full = atOnce
                ? Optional.empty()
                : DomainKeys.full(session, successor).or(() -> SigningKeys.full(session, successor));
        if (full.isPresent()) {
            return full.get();
        }
        if (!ended(session, old, end, atOnce)) {
            return new Stored.Moved<>();
        }
        if (!Insert.credential(session, successor)) {
            return new Stored.Conflict<>("the id is in use");
        }
        if (atOnce) {
            Copies.endOf(session, old.id());
        }
        Copies.add(session, fresh.copy());
        transaction.changed(old.id(), successor.id(), successor.holder());
        DomainKeys.changed(transaction, successor);
        transaction.audit(
                "credential.rotate",
                Optional.of(old.organization()),
                old.id(),
                Detail.of("successor", successor.id())
                        .with("hint", successor.hint())
                        .with("ends", atOnce ? "now" : end));
        return new Stored.Done<>(SqlMembers.credential(session, successor.id()).orElseThrow());
    }

    /// It ends no later than it would have.
    private static boolean ended(Session session, Credential old, Instant end, boolean atOnce) {
        int changed = atOnce
                ? session.update(
                        "UPDATE credential SET revoked = TRUE, version = version + 1"
                                + " WHERE id = ? AND version = ? AND NOT revoked",
                        Ids.of(old.id()),
                        old.standing().version())
                : session.update(
                        "UPDATE credential SET expires_at = CASE WHEN expires_at < ? THEN expires_at ELSE ? END,"
                                + " version = version + 1 WHERE id = ? AND version = ? AND NOT revoked",
                        Micros.of(end),
                        Micros.of(end),
                        Ids.of(old.id()),
                        old.standing().version());
        return changed == 1;
    }
}
