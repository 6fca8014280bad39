package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Gives out credentials of connections, renewed when they have to be. On one node one caller at a time looks
/// after a connection; between nodes the lease in its row decides (GAUNTLET J09). Whoever waits looks at the row
/// again, so that however many ask, the platform is asked once. Blocks; for virtual threads.
public final class Refresher implements AutoCloseable {
    /// A token that ends sooner is renewed before it is used.
    private static final Duration EARLY = Duration.ofSeconds(60);

    /// How long a caller waits for whoever renews.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How many callers of this node may wait at once, whatever for: each holds a place that calls to other
    /// platforms need.
    private static final int WAITING = 32;

    /// As long as a platform may take to answer.
    private static final Duration LEAVING = Duration.ofSeconds(30);

    /// The number of no credential.
    private static final long NONE = 0;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ConnectionStore store;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Catalogue platforms;
    private final Vault vault;
    private final Renewing renewing;
    private final Pause pause;
    private final RandomGenerator random;
    private final Semaphore waiting = new Semaphore(WAITING);
    private final OneAtATime oneAtATime = new OneAtATime(waiting);

    /// @param clock the store's, by which leases and tokens end
    /// @param nanos monotonic time
    public Refresher(
            ConnectionStore store,
            InstantSource clock,
            LongSupplier nanos,
            Catalogue platforms,
            Vault vault,
            TokenEndpoint tokens,
            Pause pause,
            RandomGenerator random,
            Milestones milestones) {
        this.store = store;
        this.clock = clock;
        this.nanos = nanos;
        this.platforms = platforms;
        this.vault = vault;
        this.pause = pause;
        this.random = random;
        this.renewing = new Renewing(store, clock, vault, tokens, pause, new Backoff(random), milestones);
    }

    /// The credential of a connection whose row has just been read.
    public Usable use(SealedConnection row) {
        return use(look(row, NONE), row.connection().id(), NONE);
    }

    /// The credential of a connection, and another one than the credential of this number, whose token the
    /// platform has just refused.
    public Usable use(Id connection, long refused) {
        return use(look(connection, refused), connection, refused);
    }

    private Usable use(Step first, Id connection, long refused) {
        return switch (first) {
            case Step.Over(Usable usable) -> usable;
            case Step.Renew renew
            when renew.meanwhile().isPresent() ->
                renewed(connection, refused, Duration.ZERO)
                        .orElse(renew.meanwhile().get());
            case Step.Renew _, Step.Wait _ ->
                renewed(connection, refused, PATIENCE).orElseGet(Refresher::busy);
        };
    }

    private Optional<Usable> renewed(Id connection, long refused, Duration patience) {
        long end = nanos.getAsLong() + PATIENCE.toNanos();
        try {
            return oneAtATime.run(connection, patience.toNanos(), () -> alone(connection, refused, end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// The only caller of this node that looks after this connection.
    private Usable alone(Id connection, long refused, long end) throws InterruptedException {
        while (nanos.getAsLong() < end) {
            switch (look(connection, refused)) {
                case Step.Over(Usable usable) -> {
                    return usable;
                }
                case Step.Renew(SealedConnection row, Platform platform, Way way, Parts parts, var _) -> {
                    Optional<Usable> came = renewing.renew(row, platform, way, parts);
                    if (came.isPresent()) {
                        return came.get();
                    }
                }
                case Step.Wait() -> {
                    if (!waited()) {
                        return busy();
                    }
                }
            }
        }
        return busy();
    }

    private boolean waited() throws InterruptedException {
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            pause.of(LOOK_AGAIN.plusMillis(random.nextInt(50)));
            return true;
        } finally {
            waiting.release();
        }
    }

    /// What the row says is to be done next.
    private sealed interface Step {
        record Over(Usable usable) implements Step {}

        /// @param meanwhile what can be used until it is renewed: nobody waits for that
        record Renew(SealedConnection row, Platform platform, Way way, Parts parts, Optional<Usable> meanwhile)
                implements Step {}

        record Wait() implements Step {}
    }

    private Step look(Id id, long refused) {
        return store.sealed(id).map(row -> look(row, refused)).orElseGet(() -> new Step.Over(new Usable.Missing()));
    }

    private Step look(SealedConnection row, long refused) {
        Connection connection = row.connection();
        Instant now = clock.instant();
        if (!stands(connection.standing(), now)) {
            return new Step.Over(new Usable.Standing(connection));
        }
        if (connection.health() == Health.NEEDS_REAUTH) {
            return new Step.Over(new Usable.NeedsReauth(connection));
        }
        Optional<Platform> platform = platforms.find(connection.platform());
        Optional<Way> way =
                platform.flatMap(there -> Optional.ofNullable(there.ways().get(connection.kind())));
        Optional<Parts> parts = vault.open(connection, row.sealed()).map(Parts::read);
        if (way.isEmpty() || parts.isEmpty()) {
            String why = way.isEmpty() ? "the catalogue has no such platform" : "the credential cannot be decrypted";
            return new Step.Over(new Usable.Unavailable(why, Duration.ofMinutes(1)));
        }
        Usable ready = new Usable.Ready(connection, platform.orElseThrow(), way.get(), parts.get());
        boolean rejected = connection.credential() == refused;
        if (way.get().grant().isEmpty()) {
            return new Step.Over(rejected ? again(connection) : ready);
        }
        boolean token = parts.get().part("access_token").isPresent() && !rejected;
        if (token && lasts(connection, now.plus(EARLY))) {
            return new Step.Over(ready);
        }
        boolean meanwhile = token && lasts(connection, now);
        if (row.renewal().leased(now) || renewing.at(connection.id())) {
            return meanwhile ? new Step.Over(ready) : new Step.Wait();
        }
        if (rejected && row.renewal().young(now)) {
            return new Step.Over(new Usable.Rejected(connection));
        }
        if (row.renewal().early(now)) {
            Duration left = Duration.between(now, row.renewal().notBefore().orElse(now));
            return new Step.Over(meanwhile ? ready : new Usable.Unavailable("the platform failed just now", left));
        }
        return new Step.Renew(
                row, platform.orElseThrow(), way.get(), parts.get(), meanwhile ? Optional.of(ready) : Optional.empty());
    }

    private static Usable again(Connection connection) {
        return switch (connection.kind()) {
            case OAUTH_EXTERNAL -> new Usable.CallerRenews(connection);
            case KEY, USER, OAUTH_INTERNAL, CLIENT_CREDENTIALS, JWT_BEARER, CERTIFICATE, UNKNOWN ->
                new Usable.NeedsReauth(connection);
        };
    }

    private static boolean stands(Standing standing, Instant now) {
        return standing.holds().isEmpty()
                && !standing.revoked()
                && !standing.window().early(now)
                && !standing.window().over(now);
    }

    private static boolean lasts(Connection connection, Instant until) {
        return connection.tokenExpiresAt().map(until::isBefore).orElse(true);
    }

    /// Renews nothing more, and waits for what is under way: what a platform has answered by then is written
    /// down.
    @Override
    public void close() {
        renewing.leave(LEAVING);
    }

    private static Usable busy() {
        return new Usable.Unavailable("somebody else is renewing it", Duration.ofSeconds(1));
    }
}
