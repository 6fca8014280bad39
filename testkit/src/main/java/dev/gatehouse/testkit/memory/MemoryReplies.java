package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeptReply;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replies in memory.
record MemoryReplies(Writes writes) implements ReplyStore {
    /// A reply until it is forgotten.
    record Kept(KeptReply reply, Instant until) {}

    /// Whether the effect may be had; removes some of what has expired.
    static boolean free(Tables tables, Once once, Instant now) {
        List<Bytes> expired = tables.replies.entrySet().stream()
                .filter(entry -> !entry.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .filter(id -> !id.equals(once.id()))
                .limit(SWEPT)
                .toList();
        expired.forEach(tables.replies::remove);
        return Optional.ofNullable(tables.replies.get(once.id()))
                .filter(kept -> kept.until().isAfter(now))
                .isEmpty();
    }

    static void fill(Tables tables, Once once, Encrypted reply) {
        tables.replies.put(once.id(), new Kept(new KeptReply(once.request(), reply), Micros.of(once.until())));
    }

    @Override
    public Optional<KeptReply> find(Bytes id, Act act) {
        return Optional.ofNullable(writes.now().replies.get(id))
                .filter(kept -> kept.until().isAfter(act.at()))
                .map(Kept::reply);
    }

    @Override
    public Stored<Encrypted> keep(Once once, Encrypted reply, Act act) {
        Once given = new Once(once.id(), once.request(), once.until(), _ -> reply);
        return writes.run(act.on(act.terms().and(given)), _ -> new Stored.Done<>(reply));
    }
}
