package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeptReply;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Replies in memory.
record MemoryReplies(Writes writes) implements ReplyStore {
    /// A reply until it is forgotten.
    record Kept(KeptReply reply, Instant until, Act.Actor caller) {}

    /// What stands in the way of the effect, if anything does; removes some of what has expired.
    static <T> Optional<Stored<T>> claim(Tables tables, Once once, Act act) {
        Instant now = act.at();
        List<Bytes> expired = tables.replies.entrySet().stream()
                .filter(entry -> !entry.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .filter(id -> !id.equals(once.id()))
                .limit(SWEPT)
                .toList();
        expired.forEach(tables.replies::remove);
        if (live(tables, now).anyMatch(kept -> kept.getKey().equals(once.id()))) {
            return Optional.of(new Stored.Conflict<>("the same request has had its effect"));
        }
        long kept = live(tables, now)
                .filter(one -> one.getValue().caller().equals(act.actor()))
                .count();
        return kept < once.most()
                ? Optional.empty()
                : Optional.of(new Stored.Full<>("too many replies to this credential are kept already"));
    }

    private static Stream<Map.Entry<Bytes, Kept>> live(Tables tables, Instant now) {
        return tables.replies.entrySet().stream()
                .filter(entry -> entry.getValue().until().isAfter(now));
    }

    static void fill(Tables tables, Once once, Encrypted reply, Act act) {
        tables.replies.put(
                once.id(),
                new Kept(new KeptReply(once.request(), reply, Optional.empty()), Micros.of(once.until()), act.actor()));
    }

    @Override
    public Optional<KeptReply> find(Bytes id, Act act) {
        return Optional.ofNullable(writes.now().replies.get(id))
                .filter(kept -> kept.until().isAfter(act.at()))
                .map(Kept::reply)
                .map(kept -> new KeptReply(kept.request(), kept.reply(), Optional.of(Receipt.alone(0, Duration.ZERO))));
    }

    @Override
    public Stored<Encrypted> keep(Once once, Encrypted reply, Act act) {
        Once given = new Once(once.id(), once.request(), once.until(), Integer.MAX_VALUE, _ -> reply);
        return writes.run(act.on(act.terms().and(given)), _ -> new Stored.Done<>(reply));
    }
}
