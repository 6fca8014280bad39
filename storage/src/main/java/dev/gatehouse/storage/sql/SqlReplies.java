package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeptReply;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// Replies in SQL. The claim is the first statement of its effect's transaction, so that whoever sends the same
/// request at the same moment waits there.
final class SqlReplies implements ReplyStore {
    private final Db db;
    private final Writes writes;

    SqlReplies(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    static Sweep sweep(Engine engine) {
        return new Sweep(engine, "kept_reply", "id", "expires_at");
    }

    /// Claims the right to have the effect, and removes some of what has expired. What stands in the way, if
    /// anything does. Claims of one caller at the same moment may go over its bound by as many as they are.
    static <T> Optional<Stored<T>> claim(Session session, Sweep sweep, Once once, Act act) {
        long at = Micros.of(act.at());
        Object caller = Ids.of(caller(act));
        int claimed = session.update(
                """
                INSERT INTO kept_reply (id, request, reply, expires_at, caller) SELECT ?, ?, ?, ?, ?
                WHERE NOT EXISTS (SELECT 1 FROM kept_reply WHERE caller = ? AND expires_at > ?
                                  ORDER BY expires_at LIMIT 1 OFFSET ?)
                ON CONFLICT (id) DO UPDATE
                SET request = excluded.request, reply = excluded.reply, expires_at = excluded.expires_at,
                    caller = excluded.caller
                WHERE kept_reply.expires_at <= ?""",
                once.id().toArray(),
                once.request().toArray(),
                new byte[0],
                Micros.of(once.until()),
                caller,
                caller,
                at,
                once.most() - 1L,
                at);
        sweep.run(session, act.at(), SWEPT);
        return claimed == 1 ? Optional.empty() : Optional.of(inTheWay(session, once, at));
    }

    private static <T> Stored<T> inTheWay(Session session, Once once, long at) {
        return session.one(
                                "SELECT expires_at FROM kept_reply WHERE id = ? AND expires_at > ?",
                                row -> row.number("expires_at"),
                                once.id().toArray(),
                                at)
                        .isPresent()
                ? new Stored.Conflict<>("the same request has had its effect")
                : new Stored.Full<>("the replies to " + once.most()
                        + " requests of this credential are kept already, each for a day");
    }

    private static Optional<Id> caller(Act act) {
        return act.actor() instanceof Act.Actor.Member member ? Optional.of(member.credential()) : Optional.empty();
    }

    /// Puts the reply where the claim is.
    static void fill(Session session, Once once, Encrypted reply) {
        session.update(
                "UPDATE kept_reply SET reply = ? WHERE id = ?",
                reply.bytes(),
                once.id().toArray());
    }

    /// Whoever has applied the position of a transaction has applied all that it saw, so an empty one after the
    /// reply was seen is waited for.
    @Override
    public Optional<KeptReply> find(Bytes id, Act act) {
        Optional<KeptReply> found = db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT request, reply FROM kept_reply WHERE id = ? AND expires_at > ?",
                        row -> new KeptReply(
                                Bytes.of(row.bytes("request")), Encrypted.of(row.bytes("reply")), Optional.empty()),
                        id.toArray(),
                        Micros.of(act.at())));
        return found.map(kept -> switch (writes.run(Writes.Effect.NARROWS, act, _ -> new Stored.Done<>(kept))) {
            case Stored.Done<KeptReply>(KeptReply reply, var receipt) ->
                new KeptReply(reply.request(), reply.reply(), receipt);
            case Stored.Missing<KeptReply> _,
                    Stored.Conflict<KeptReply> _,
                    Stored.Moved<KeptReply> _,
                    Stored.Full<KeptReply> _,
                    Stored.Forbidden<KeptReply> _ -> kept;
        });
    }

    @Override
    public Stored<Encrypted> keep(Once once, Encrypted reply, Act act) {
        Once given = new Once(once.id(), once.request(), once.until(), Integer.MAX_VALUE, _ -> reply);
        return writes.run(Writes.Effect.WIDENS, act.on(act.terms().and(given)), _ -> new Stored.Done<>(reply));
    }
}
