package dev.gatehouse.storage;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.db.PostgresDb;
import dev.gatehouse.storage.db.Refused;
import dev.gatehouse.storage.db.Schema;
import dev.gatehouse.storage.db.SqliteDb;
import dev.gatehouse.storage.facts.FactBounds;
import dev.gatehouse.storage.facts.LocalFacts;
import dev.gatehouse.storage.facts.OwnClock;
import dev.gatehouse.storage.facts.SharedFacts;
import dev.gatehouse.storage.feed.LocalFeed;
import dev.gatehouse.storage.feed.SharedFeed;
import dev.gatehouse.storage.sql.NewestTime;
import dev.gatehouse.storage.sql.SqlFactLoader;
import dev.gatehouse.storage.sql.SqlStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Opens databases. What every database needs of its node:
///
/// @param auditKey makes the MACs of audit rows
/// @param random draws ids of rows that have no name outside
/// @param clock wall time
/// @param nanos monotonic time
/// @param deadTokens how many may be dead and not yet expired
/// @param moments hears of the moments of every write
/// @param patience how long it waits for its database
public record Storage(
        MacKey auditKey,
        RandomGenerator random,
        InstantSource clock,
        LongSupplier nanos,
        TokenStore.Room deadTokens,
        Moments moments,
        Patience patience) {
    /// The newest stored format that this release writes, for the other nodes to know.
    private static final long FORMAT = Schema.CURRENT;

    /// With the bound that every node of an installation has.
    public Storage(MacKey auditKey, RandomGenerator random, InstantSource clock, LongSupplier nanos) {
        this(auditKey, random, clock, nanos, TokenStore.Room.DEFAULT);
    }

    /// One that nobody listens to.
    public Storage(
            MacKey auditKey,
            RandomGenerator random,
            InstantSource clock,
            LongSupplier nanos,
            TokenStore.Room deadTokens) {
        this(auditKey, random, clock, nanos, deadTokens, Moments.NONE, Patience.STANDARD);
    }

    /// Opens the embedded database in a folder of its own, which is made when it is not there.
    ///
    /// @throws Unusable when another process has the folder, or a newer release wrote it
    public Store sqlite(Path folder) {
        Db db;
        try {
            db = SqliteDb.open(folder, patience.bounds());
        } catch (Refused e) {
            throw new Unusable(e);
        }
        try {
            OwnClock time = new OwnClock(clock, nanos, NewestTime.of(db).orElse(Instant.MIN));
            LocalFeed feed = new LocalFeed();
            LocalFacts facts = LocalFacts.open(
                    new SqlFactLoader(db), feed, FactBounds.DEFAULT, nanos, time, Id.random(Kind.NODE, random), FORMAT);
            return new SqlStore(db, feed, facts, auditKey, random, deadTokens, moments);
        } catch (RuntimeException | Error e) {
            db.close();
            throw e;
        }
    }

    /// Opens a database on a PostgreSQL server (15 or newer) that several nodes may share, and joins them.
    ///
    /// @param url `jdbc:postgresql://host:port/database`, with its TLS options and without a password
    /// @throws Unusable when a newer release wrote the schema, or the clocks differ by more than a minute
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the server does not answer
    public Store postgresql(String url, String user, Secret password) {
        PostgresAddress address = new PostgresAddress(url, user, password);
        PostgresDb db;
        try {
            db = PostgresDb.open(address, patience.bounds());
        } catch (Refused e) {
            throw new Unusable(e);
        }
        try {
            db.requireClock(clock);
            SharedFeed feed = new SharedFeed();
            SharedFacts facts = SharedFacts.open(
                    db,
                    feed,
                    new SqlFactLoader(db),
                    address,
                    patience.timing(),
                    FactBounds.DEFAULT,
                    FORMAT,
                    nanos,
                    clock,
                    random);
            return new SqlStore(db, feed, facts, auditKey, random, deadTokens, moments);
        } catch (Refused e) {
            db.close();
            throw new Unusable(e);
        } catch (RuntimeException | Error e) {
            db.close();
            throw e;
        }
    }
}
