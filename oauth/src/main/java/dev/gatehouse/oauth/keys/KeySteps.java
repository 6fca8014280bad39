package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The steps of keys, each one conditional write: of many nodes that take the same step at once one does, and the
/// others hear of a conflict (GAUNTLET N02).
final class KeySteps {
    private final KeyStore store;
    private final KeyVault vault;

    KeySteps(KeyStore store, KeyVault vault) {
        this.store = store;
        this.vault = vault;
    }

    /// Draws the next key of a line and publishes it, unless one is prepared already: then it is that one. One of
    /// another algorithm makes room.
    Stored<StoredKey> prepare(Line line, Act act) {
        for (StoredKey row : prepared(line).toList()) {
            if (line.fits(row)) {
                return new Stored.Done<>(row);
            }
            var _ = store.withdraw(row.id(), act);
        }
        return store.prepare(vault.draw(line, act.at()), act);
    }

    private Stream<StoredKey> prepared(Line line) {
        return store.keys().sound().stream().filter(row -> row.state() == State.PREPARED && line.has(row));
    }

    /// Sees to it that a line has an active key that it can use. When it has one it is that one: a node that saw
    /// none a moment ago puts nothing in the place of another node's.
    Stored<StoredKey> begin(Line line, Act act) {
        Optional<StoredKey> begun = active(line).filter(line::fits).findFirst();
        return begun.isPresent()
                ? new Stored.Done<>(begun.get())
                : rotate(line, act, active -> line.fits(active) ? Optional.empty() : retired(active, act));
    }

    /// Makes the prepared key of a line the active one, a fresh one when none is prepared.
    Stored<StoredKey> rotate(Line line, Act act) {
        return rotate(line, act, active -> retired(active, act));
    }

    private Stored<StoredKey> rotate(Line line, Act act, Departure departure) {
        Optional<StoredKey> ready = prepared(line).filter(line::fits).findFirst();
        if (ready.isPresent()) {
            return successor(line, ready.get(), act, departure);
        }
        return switch (prepare(line, act)) {
            case Stored.Done<StoredKey>(StoredKey drawn, var _) -> successor(line, drawn, act, departure);
            case Stored.Missing<StoredKey> missing -> missing;
            case Stored.Conflict<StoredKey> conflict ->
                // Another node prepared one at the same moment: that one is meant.
                prepared(line)
                        .filter(line::fits)
                        .findFirst()
                        .map(theirs -> successor(line, theirs, act, departure))
                        .orElse(conflict);
            case Stored.Moved<StoredKey> moved -> moved;
            case Stored.Full<StoredKey> full -> full;
            case Stored.Forbidden<StoredKey> forbidden -> forbidden;
        };
    }

    /// Makes a prepared key the active one; the one before is accepted until its last token has died.
    Stored<StoredKey> activate(Line line, StoredKey next, Act act) {
        return successor(line, next, act, active -> retired(active, act));
    }

    private Optional<KeyStep> retired(StoredKey active, Act act) {
        return vault.step(active, State.RETIRED, act.at());
    }

    private Stream<StoredKey> active(Line line) {
        return store.keys().sound().stream().filter(row -> row.state() == State.ACTIVE && line.has(row));
    }

    /// Takes a key out of use at once. When it was the active one of a line that is needed, the prepared key or a
    /// fresh one takes its place in the same write.
    Stored<Id> retire(Id id, List<Line> needed, Act act) {
        Optional<StoredKey> active = store.keys().sound().stream()
                .filter(row -> row.id().equals(id) && row.state() == State.ACTIVE)
                .findFirst();
        Optional<Line> line = active.flatMap(
                row -> needed.stream().filter(one -> one.has(row)).findFirst());
        return line.flatMap(one -> replaced(one, id, act)).orElseGet(() -> store.withdraw(id, act));
    }

    private Optional<Stored<Id>> replaced(Line line, Id id, Act act) {
        Optional<StoredKey> next = prepared(line).filter(line::fits).findFirst();
        if (next.isEmpty()) {
            var _ = prepare(line, act);
            next = prepared(line).filter(line::fits).findFirst();
        }
        return next.map(ready -> successor(
                        line,
                        ready,
                        act,
                        active -> Optional.of(vault.withdrawal(active, act.at()))
                                .filter(step -> step.before().id().equals(id))))
                .filter(Stored.Done.class::isInstance)
                .map(done -> done.map(_ -> id));
    }

    /// What becomes of the active key when another one follows; empty when nothing may.
    @FunctionalInterface
    private interface Departure {
        Optional<KeyStep> of(StoredKey active);
    }

    private Stored<StoredKey> successor(Line line, StoredKey next, Act act, Departure departure) {
        List<Optional<KeyStep>> steps = Stream.concat(
                        active(line).map(departure::of), Stream.of(vault.step(next, State.ACTIVE, act.at())))
                .toList();
        if (steps.stream().anyMatch(Optional::isEmpty)) {
            return new Stored.Conflict<>(
                    "another key is active by now, or one cannot be read; retire the one that was altered");
        }
        return store.advance(steps.stream().flatMap(Optional::stream).toList(), act)
                .map(List::getLast);
    }

    /// Ends a key that nothing living was made under.
    Stored<Id> end(Id id, Act act) {
        return store.withdraw(id, act);
    }
}
