package dev.gatehouse.server.doctor;

import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.storage.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The database, and this machine's clock beside it.
final class Databases {
    private static final String DATABASE = "database";
    private static final String CLOCK = "clock";
    /// A node whose clock is further off does not start; warned at half of it.
    private static final Duration MOST_SKEW = Duration.ofSeconds(60);

    /// No release is older than this.
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private Databases() {}

    static List<Finding> examine(NodeConfig config, InstantSource clock) {
        Probe probe = switch (config.database()) {
            case NodeConfig.Database.Embedded() -> Probe.sqlite(config.data());
            case NodeConfig.Database.PostgreSql postgres ->
                Probe.postgresql(postgres.url(), postgres.user(), postgres.password(), clock);
        };
        List<Finding> findings = new ArrayList<>(findings(probe));
        if (clock.instant().isBefore(EARLIEST)) {
            findings.add(Finding.wrong(CLOCK, "it is not " + clock.instant(), "set the clock, and keep it by NTP"));
        }
        return findings;
    }

    static List<Finding> findings(Probe probe) {
        return switch (probe) {
            case Probe.Absent() -> List.of(Finding.ok(DATABASE, "SQLite, not there yet; the first start makes it"));
            case Probe.InUse() -> List.of(Finding.ok(DATABASE, "SQLite, in use by a running node, so not opened"));
            case Probe.Broken(String why) ->
                List.of(Finding.wrong(
                        DATABASE, why, "check database.* and the server; a damaged file is restored from a backup"));
            case Probe.Answers answers -> List.of(usable(answers), clock(answers.ahead()));
        };
    }

    private static Finding usable(Probe.Answers found) {
        String what = found.server() + ", schema " + found.schema();
        if (found.schema() > found.known() + 1) {
            return Finding.wrong(
                    DATABASE,
                    what + ", this release knows " + found.known(),
                    "run the release that wrote it, or a newer one");
        }
        if (!found.writable()) {
            return Finding.wrong(
                    DATABASE, what + ", a standby that takes no changes", "point database.url at the primary");
        }
        return Finding.ok(DATABASE, found.schema() == 0 ? found.server() + ", empty" : what);
    }

    private static Finding clock(Duration ahead) {
        Duration off = ahead.abs();
        String what = off.toSeconds() < 1
                ? "with the database's"
                : off.toSeconds() + " s " + (ahead.isNegative() ? "ahead of" : "behind") + " the database's";
        if (off.compareTo(MOST_SKEW) > 0) {
            return Finding.wrong(CLOCK, what, "set it, and keep it by NTP: a node does not start beyond 60 s");
        }
        return off.compareTo(MOST_SKEW.dividedBy(2)) > 0
                ? Finding.warning(CLOCK, what, "keep it by NTP")
                : Finding.ok(CLOCK, what);
    }
}
