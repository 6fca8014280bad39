package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// When each step of a key is due: prepared a day before it is needed, activated when the one
/// before has been active for the period and verifiers know it, ended when the last token made under it has died.
/// Keys of the audit trail do not end: what they sealed is to be proven for good. Pure.
///
/// @param period how long a key is active; absent when keys follow each other by command only
public record Schedule(Optional<Duration> period) {
    /// How long a key is published before the schedule makes it active: verifiers keep a JWKS document for
    /// [Keys#JWKS_SECONDS], and clocks differ.
    public static final Duration PUBLISHED_BEFORE =
            Duration.ofSeconds(Keys.JWKS_SECONDS).plusMinutes(5);

    private static final Duration AHEAD = Duration.ofDays(1);

    /// What is due now.
    ///
    /// @param keys those that are readable; a line of which a row is not readable waits for an operator
    /// @param needed the lines that must have an active key
    List<Due> due(Keys.State keys, List<Line> needed, Instant now) {
        List<Due> due = new ArrayList<>();
        for (Line line : needed) {
            List<StoredKey> rows = keys.rows().stream().filter(line::has).toList();
            if (rows.stream().noneMatch(row -> keys.unreadable().contains(row.id()))) {
                next(line, rows, keys.unreadable().isEmpty(), now).ifPresent(due::add);
            }
        }
        keys.rows().stream()
                .filter(row ->
                        row.state() == State.RETIRED && !keys.unreadable().contains(row.id()))
                .filter(row -> row.use() != StoredKey.Use.AUDIT)
                .filter(row -> !KeyLife.of(row).accepted(now))
                .forEach(row -> due.add(new Due.End(row.id())));
        return Collections.unmodifiableList(due);
    }

    private Optional<Due> next(Line line, List<StoredKey> rows, boolean sound, Instant now) {
        Optional<StoredKey> active = in(State.ACTIVE, rows);
        if (active.isEmpty() || !line.fits(active.get())) {
            return sound ? Optional.of(new Due.Begin(line)) : Optional.empty();
        }
        Optional<Instant> end = rotation(active.get());
        if (end.isEmpty() || now.isBefore(end.get().minus(ahead()))) {
            return Optional.empty();
        }
        Optional<StoredKey> prepared = in(State.PREPARED, rows).filter(line::fits);
        if (prepared.isEmpty()) {
            return Optional.of(new Due.Prepare(line));
        }
        return prepared.filter(_ -> !now.isBefore(end.get()))
                .filter(next -> !now.isBefore(next.createdAt().plus(PUBLISHED_BEFORE)))
                .map(next -> new Due.Activate(line, next));
    }

    private static Optional<StoredKey> in(State state, List<StoredKey> rows) {
        return rows.stream().filter(row -> row.state() == state).findFirst();
    }

    private Duration ahead() {
        return period.map(whole -> whole.dividedBy(2))
                .filter(half -> half.compareTo(AHEAD) < 0)
                .orElse(AHEAD);
    }

    /// When an active key is to be followed by the next one.
    Optional<Instant> rotation(StoredKey active) {
        return period.flatMap(whole -> active.activatedAt().map(since -> since.plus(whole)));
    }
}
