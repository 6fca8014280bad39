package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.Optional;

/// One credential in the place of another.
final class Rotation {
    private Rotation() {}

    static Stored<Credential> run(Transaction transaction, Credential old, Instant end, NewCredential fresh) {
        Tables tables = transaction.tables();
        Credential successor = fresh.credential();
        Optional<Credential> found = tables.credential(old.id());
        if (found.isEmpty()) {
            return new Stored.Missing<>();
        }
        Standing now = found.get().standing();
        if (now.revoked() || !now.holds().isEmpty()) {
            return new Stored.Conflict<>(now.revoked() ? "it is revoked" : "it is suspended");
        }
        if (now.version() != old.standing().version()) {
            return new Stored.Moved<>();
        }
        Optional<Stored<Credential>> unplaced = Additions.unplaced(tables, successor);
        if (unplaced.isPresent()) {
            return unplaced.get();
        }
        boolean atOnce = !end.isAfter(transaction.act().at());
        if (!atOnce && Additions.live(tables, successor.holder()) >= MemberStore.MAX_CREDENTIALS) {
            return new Stored.Full<>("at most " + MemberStore.MAX_CREDENTIALS + " credentials");
        }
        Optional<Stored<Credential>> full = atOnce ? Optional.empty() : Additions.full(tables, successor);
        if (full.isPresent()) {
            return full.get();
        }
        Instant ends = Micros.of(end);
        Optional<Instant> expires =
                Optional.of(now.window().expiresAt().filter(ends::isAfter).orElse(ends));
        Window window = atOnce ? now.window() : new Window(now.window().notBefore(), expires);
        Standing ended = new Standing(now.holds(), atOnce, now.generation(), window, now.version() + 1);
        tables.credentials.put(old.id(), found.get().with(ended));
        if (!Insert.credential(tables, successor)) {
            return new Stored.Conflict<>("the id is in use");
        }
        if (atOnce) {
            MemorySecretCopies.endOf(tables, old.id());
        }
        MemorySecretCopies.add(tables, fresh.copy());
        transaction.audit(
                "credential.rotate",
                Optional.of(old.organization()),
                old.id(),
                Detail.of("successor", successor.id())
                        .with("hint", successor.hint())
                        .with("ends", atOnce ? "now" : end));
        return new Stored.Done<>(tables.credential(successor.id()).orElseThrow());
    }
}
