package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Isolation;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Taken;
import dev.gatehouse.storage.db.Tied;
import dev.gatehouse.storage.feed.ChangeWriter;
import dev.gatehouse.storage.feed.LiveFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs verbs: each in one transaction together with its audit row and its changes, answered when it is durable
/// and applied (law 3).
final class Writes {
    /// What a verb does to rights, which decides what is waited for.
    enum Effect {
        /// May take something away: no live node may still act on what was.
        NARROWS,
        /// Only gives: this node's facts are enough.
        WIDENS
    }

    /// What one verb does inside its transaction. May run more than once.
    @FunctionalInterface
    interface Verb<T> {
        Stored<T> run(Transaction transaction);
    }

    /// What a transaction that ends somebody does for the last owner.
    private enum Watch {
        /// Sees whether it may have ended an owner, if it ends anybody, and leaves that to another run.
        LOOKS,
        /// Waits for all others that do the same, and ends no last owner.
        KEEPS
    }

    /// @param again whether it has to run anew, keeping the last owner; nothing is done yet then
    private record Outcome<T>(Stored<T> stored, long position, boolean again) {
        Outcome(Stored<T> stored, long position) {
            this(stored, position, false);
        }
    }

    private final Db db;
    private final Lane lane;
    private final ChangeWriter feed;
    private final LiveFacts facts;
    private final Audit audit;
    private final Moments moments;
    private final Sweep keptReplies;

    /// Those of management.
    Writes(Db db, ChangeWriter feed, LiveFacts facts, Audit audit, Moments moments) {
        this(db, Lane.ADMIN, feed, facts, audit, moments);
    }

    private Writes(Db db, Lane lane, ChangeWriter feed, LiveFacts facts, Audit audit, Moments moments) {
        this.db = db;
        this.lane = lane;
        this.feed = feed;
        this.facts = facts;
        this.audit = audit;
        this.moments = moments;
        this.keptReplies = SqlReplies.sweep(db.engine());
    }

    /// The same for verbs of the data plane, which management does not hold up.
    Writes ofDataPlane() {
        return new Writes(db, Lane.DATA, feed, facts, audit, moments);
    }

    /// The same for calls through connections.
    Writes ofCalls() {
        return new Writes(db, Lane.CALLS, feed, facts, audit, moments);
    }

    <T> Stored<T> run(Effect effect, Isolation isolation, Act act, Verb<T> verb) {
        return run(_ -> effect, isolation, act, verb);
    }

    /// Where only what came of it tells what it does to rights.
    <T> Stored<T> run(Function<T, Effect> effect, Act act, Verb<T> verb) {
        return run(effect, Isolation.READ_COMMITTED, act, verb);
    }

    private <T> Stored<T> run(Function<T, Effect> effect, Isolation isolation, Act act, Verb<T> verb) {
        Outcome<T> outcome;
        try {
            Outcome<T> first = db.write(lane, isolation, session -> run(session, effect, act, verb, Watch.LOOKS));
            outcome = first.again()
                    ? db.write(lane, isolation, session -> run(session, effect, act, verb, Watch.KEEPS))
                    : first;
        } catch (Taken e) {
            return new Stored.Conflict<>("a name that must be unique is in use");
        } catch (Tied e) {
            return new Stored.Conflict<>("what it names has just been deleted, or is in use");
        }
        return outcome.stored() instanceof Stored.Done<T>(T value, var _)
                ? new Stored.Done<>(value, awaited(effect.apply(value), outcome.position()))
                : outcome.stored();
    }

    private Optional<Receipt> awaited(Effect effect, long position) {
        moments.reached(Moments.Moment.AFTER_COMMIT);
        Optional<Receipt> receipt = switch (effect) {
            case NARROWS -> Optional.of(facts.awaitEverywhere(position));
            case WIDENS -> {
                facts.awaitHere(position);
                yield Optional.empty();
            }
        };
        moments.reached(Moments.Moment.BEFORE_REPLY);
        return receipt;
    }

    <T> Stored<T> run(Effect effect, Act act, Verb<T> verb) {
        return run(effect, Isolation.READ_COMMITTED, act, verb);
    }

    private <T> Outcome<T> run(Session session, Function<T, Effect> effect, Act act, Verb<T> verb, Watch watch) {
        Optional<Once> once = act.terms().once();
        Optional<Stored<T>> unclaimed = once.flatMap(request -> SqlReplies.claim(session, keptReplies, request, act));
        if (unclaimed.isPresent()) {
            return undone(session, unclaimed.get());
        }
        List<Id> older =
                act.terms().format().map(format -> feed.older(session, format)).orElse(List.of());
        if (!older.isEmpty()) {
            return undone(session, unknown(older));
        }
        Transaction transaction = new Transaction(session, audit, act);
        boolean owned = watch == Watch.KEEPS && Owners.locked(session, act.at());
        Stored<T> stored = verb.run(transaction);
        if (stored instanceof Stored.Done<T>(T value, var _)
                && watch == Watch.LOOKS
                && effect.apply(value) == Effect.NARROWS
                && Owners.among(session, transaction.changes())) {
            session.rollbackOnly();
            return new Outcome<>(stored, 0, true);
        }
        if (stored instanceof Stored.Done && owned && !Owners.any(session, act.at())) {
            return undone(session, new Stored.Forbidden<>(Stored.Rule.LAST_OWNER));
        }
        if (once.isPresent() && stored instanceof Stored.Done<T>(T value, var _)) {
            SqlReplies.fill(session, once.get(), once.get().reply().apply(value));
        }
        return switch (stored) {
            case Stored.Done<T> done -> done(session, done, transaction);
            case Stored.Missing<T> missing -> undone(session, missing);
            case Stored.Conflict<T> conflict -> undone(session, conflict);
            case Stored.Moved<T> moved -> undone(session, moved);
            case Stored.Full<T> full -> undone(session, full);
            case Stored.Forbidden<T> forbidden -> undone(session, forbidden);
        };
    }

    private static <T> Stored<T> unknown(List<Id> older) {
        return new Stored.Conflict<>(
                "nodes of an earlier release, which do not know this, serve or may come back: "
                        + older.stream().map(Id::text).collect(Collectors.joining(", ")),
                true);
    }

    private <T> Outcome<T> done(Session session, Stored.Done<T> done, Transaction transaction) {
        Outcome<T> outcome = new Outcome<>(done, feed.publish(session, transaction.changes()));
        moments.reached(Moments.Moment.BEFORE_COMMIT);
        return outcome;
    }

    private static <T> Outcome<T> undone(Session session, Stored<T> stored) {
        session.rollbackOnly();
        return new Outcome<>(stored, 0);
    }
}
