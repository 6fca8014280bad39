package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;

/// How many letters each mailbox had, in SQL: one row and one conditional write, so that no number of nodes sends
/// more than it takes.
final class Mailboxes {
    private static final int SWEPT = 16;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Sweep sweep;

    Mailboxes(Engine engine) {
        this.sweep = new Sweep(engine, "mailbox", "digest", "ends_at");
    }

    /// Takes a place; false when there is none. A row is kept until its day is over and its hour, which may have
    /// begun late in the day.
    boolean place(Session session, Bytes mailbox, Instant now) {
        sweep.run(session, now, SWEPT);
        long at = Micros.of(now);
        long hour = Micros.of(now.minus(HOUR));
        long day = Micros.of(now.minus(DAY));
        long hourEnd = Micros.of(now.plus(HOUR));
        long dayEnd = Micros.of(now.plus(DAY));
        return session.update(
                        "INSERT INTO mailbox (digest, hour_at, in_hour, day_at, in_day, ends_at)"
                                + " VALUES (?, ?, 1, ?, 1, ?) ON CONFLICT (digest) DO UPDATE SET"
                                + " in_hour = CASE WHEN mailbox.hour_at <= ? THEN 1 ELSE mailbox.in_hour + 1 END,"
                                + " hour_at = CASE WHEN mailbox.hour_at <= ? THEN ? ELSE mailbox.hour_at END,"
                                + " in_day = CASE WHEN mailbox.day_at <= ? THEN 1 ELSE mailbox.in_day + 1 END,"
                                + " day_at = CASE WHEN mailbox.day_at <= ? THEN ? ELSE mailbox.day_at END,"
                                + " ends_at = CASE WHEN mailbox.day_at <= ? THEN ?"
                                + " WHEN mailbox.hour_at <= ? AND mailbox.ends_at < ? THEN ?"
                                + " ELSE mailbox.ends_at END"
                                + " WHERE (mailbox.hour_at <= ? OR mailbox.in_hour < ?)"
                                + " AND (mailbox.day_at <= ? OR mailbox.in_day < ?)",
                        mailbox.toArray(),
                        at,
                        at,
                        dayEnd,
                        hour,
                        hour,
                        at,
                        day,
                        day,
                        at,
                        day,
                        dayEnd,
                        hour,
                        hourEnd,
                        hourEnd,
                        hour,
                        (long) ResetStore.MOST_IN_HOUR,
                        day,
                        (long) ResetStore.MOST_IN_DAY)
                == 1;
    }
}
