package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Grant;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One attempt to renew: lease, ask, write down. The lease marks the row before the platform is asked, so that an
/// answer which dies with its process is missed afterwards. No failure ever deletes a credential.
final class Renewing {
    private static final Duration LEASE = Duration.ofSeconds(45);
    private static final Duration KEPT_EVERY = LEASE.dividedBy(3);

    /// How often what the platform answered is written down again when the database does not answer, ten minutes
    /// long: it may be the only refresh token that there is.
    private static final int WRITES = 1200;

    /// Whoever asked is told after so many that the database is away.
    private static final int PATIENCE = 6;

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(500);

    /// A token is left alone for so long, or for half its life: neither tokens that live no longer nor a platform
    /// that refuses every one of them make a storm.
    private static final Duration YOUNG = Duration.ofSeconds(60);

    /// How long at least after an assertion was not taken another is tried.
    private static final Duration DOUBT = Duration.ofMinutes(2);

    private static final String AFTER_LOST = ", after an answer that was lost";

    private final ConnectionStore store;
    private final InstantSource clock;
    private final Vault vault;
    private final TokenEndpoint tokens;
    private final Pause pause;
    private final Backoff backoff;
    private final Milestones milestones;
    private final UnderWay underWay = new UnderWay();

    Renewing(
            ConnectionStore store,
            InstantSource clock,
            Vault vault,
            TokenEndpoint tokens,
            Pause pause,
            Backoff backoff,
            Milestones milestones) {
        this.store = store;
        this.clock = clock;
        this.vault = vault;
        this.tokens = tokens;
        this.pause = pause;
        this.backoff = backoff;
        this.milestones = milestones;
    }

    /// What came of it; empty when the row has moved and is to be looked at again. Goes on when whoever asked has
    /// gone, or has been told that the database is away.
    Optional<Usable> renew(SealedConnection row, Platform platform, Way way, Parts parts) throws InterruptedException {
        return underWay.run(row.connection().id(), told -> renewed(row, platform, way, parts, told));
    }

    /// Whether this node is renewing a connection, whatever its row says.
    boolean at(Id connection) {
        return underWay.at(connection);
    }

    /// Begins nothing more, and waits for what is under way.
    void leave(Duration longest) {
        underWay.leave(longest);
    }

    private Optional<Usable> renewed(
            SealedConnection row, Platform platform, Way way, Parts parts, CompletableFuture<Optional<Usable>> told)
            throws InterruptedException {
        Connection connection = row.connection();
        Stored<Lease> leased = store.lease(
                connection.id(), connection.credential(), clock.instant().plus(LEASE), act());
        if (!(leased instanceof Stored.Done<Lease>(Lease lease, var _))) {
            return Optional.empty();
        }
        try (Keeper _ = new Keeper(lease, KEPT_EVERY, pause, this::kept)) {
            Obtained obtained = tokens.obtain(platform, way, way.grant().orElseThrow(), parts);
            milestones.answered(connection.id());
            return switch (obtained) {
                case Obtained.Tokens found -> {
                    Parts renewed = parts.with(found.fields());
                    Stored<Connection> written = written(connection, lease, renewed, found, told);
                    yield written instanceof Stored.Done<Connection>(Connection now, var _)
                            ? Optional.of(new Usable.Ready(now, platform, way, renewed))
                            : Optional.empty();
                }
                case Obtained.Dead(String error)
                when signed(way) && !doubted(row, lease) ->
                    release(row, lease, true, Optional.of(DOUBT), "the platform says " + error);
                case Obtained.Dead(String error) ->
                    dead(lease, signed(way) ? error + ", twice" : lease.lost() ? error + AFTER_LOST : error);
                case Obtained.Barred() -> release(row, lease, false, Optional.empty(), Obtained.Barred.WHY);
                case Obtained.Nothing(String why, boolean known, Optional<Duration> after) ->
                    release(row, lease, !known && !signed(way), after, why);
            };
        }
    }

    private boolean kept(Lease lease) {
        try {
            return store.renew(lease, clock.instant().plus(LEASE), act()) instanceof Stored.Done;
        } catch (FactsUnavailable e) {
            return true;
        }
    }

    private Stored<Connection> written(
            Connection connection,
            Lease lease,
            Parts parts,
            Obtained.Tokens found,
            CompletableFuture<Optional<Usable>> told)
            throws InterruptedException {
        Encrypted sealed = vault.seal(connection, lease.credential() + 1, parts.bytes());
        Instant now = clock.instant();
        Optional<Instant> expires = found.life().map(now::plus);
        Instant old = now.plus(found.life()
                .map(life -> life.dividedBy(2))
                .filter(half -> half.compareTo(YOUNG) < 0)
                .orElse(YOUNG));
        for (int write = 1; ; write++) {
            try {
                return store.commit(lease, sealed, expires, old, act());
            } catch (FactsUnavailable e) {
                if (write >= WRITES) {
                    throw e;
                }
                if (write == PATIENCE) {
                    told.completeExceptionally(e);
                }
                pause.of(BETWEEN_WRITES);
            }
        }
    }

    /// Under a lease nobody else of ours has used this credential; when the row has another by now, this one
    /// counts for nothing anyway, and `refused` says so.
    private Optional<Usable> dead(Lease lease, String because) {
        return store.refused(lease, because, act()) instanceof Stored.Done<Connection>(Connection now, var _)
                ? Optional.of(new Usable.NeedsReauth(now))
                : Optional.empty();
    }

    /// Whether an assertion is what a token is given for. Nothing is used up by it, so that no answer is ever
    /// missed.
    private static boolean signed(Way way) {
        return way.grant().equals(Optional.of(Grant.JWT_BEARER));
    }

    /// Whether the platform has said before that it does not take an assertion. It says the same of one whose times
    /// its clock does not like (RFC 7523 section 3.1), so that the first time leaves the mark that a missed answer
    /// leaves elsewhere, and only the next ends the credential.
    private static boolean doubted(SealedConnection row, Lease lease) {
        return lease.lost() && row.renewal().failures() > 0;
    }

    /// @param mark whether the next who asks is to know of it
    private Optional<Usable> release(
            SealedConnection row, Lease lease, boolean mark, Optional<Duration> least, String why) {
        Duration wait = backoff.after(row.renewal().failures(), least);
        var _ = store.release(lease, !mark, clock.instant().plus(wait), why, act());
        return Optional.empty();
    }

    private Act act() {
        return Act.system("refresh", clock.instant());
    }
}
