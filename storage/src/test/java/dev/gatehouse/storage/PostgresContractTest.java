package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.contract.AssertionNodesContract;
import dev.gatehouse.testkit.contract.GrantNodesContract;
import dev.gatehouse.testkit.contract.StoreContracts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The store contract on PostgreSQL.
class PostgresContractTest extends StoreContracts {
    /// Migrated once: migrating takes longer than most tests.
    private static final Postgres.Database MIGRATED = migrated();

    private static Postgres.Database migrated() {
        Postgres.Database database = Postgres.database();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:gatehouse-migrations/postgresql")
                .load()
                .migrate();
        return database;
    }

    @Override
    protected Store fresh() {
        return open(Postgres.copy(MIGRATED), InstantSource.system());
    }

    @Override
    protected Store fresh(TokenStore.Room room) {
        return open(Postgres.copy(MIGRATED), TestKeys.storage(InstantSource.system(), room));
    }

    private static Store open(Postgres.Database database, InstantSource clock) {
        return open(database, TestKeys.storage(clock));
    }

    private static Store open(Postgres.Database database, Storage storage) {
        return storage.postgresql(database.url(), database.user(), Secret.of(database.password()));
    }

    @Test
    void aWallClockThatIsMoreThanAMinuteOffRefusesTheStart() {
        Postgres.Database database = Postgres.database();
        for (Duration off : List.of(Duration.ofSeconds(-90), Duration.ofSeconds(90), Duration.ofDays(-400))) {
            InstantSource wrong = () -> Instant.now().plus(off);
            assertThatThrownBy(() -> open(database, wrong))
                    .as(off.toString())
                    .isInstanceOf(Unusable.class)
                    .hasMessageContaining("clock of this machine");
        }
        open(database, () -> Instant.now().plusSeconds(20)).close();
    }

    @Nested
    class GrantsAtTwoNodes extends GrantNodesContract {
        private final Postgres.Database database = Postgres.copy(MIGRATED);

        @Override
        protected Store open() {
            return PostgresContractTest.open(database, InstantSource.system());
        }

        @Override
        protected Store another() {
            return PostgresContractTest.open(database, TestKeys.storage(InstantSource.system(), 6));
        }
    }

    @Nested
    class AssertionsAtTwoNodes extends AssertionNodesContract {
        private final Postgres.Database database = Postgres.copy(MIGRATED);

        @Override
        protected Store open() {
            return PostgresContractTest.open(database, InstantSource.system());
        }

        @Override
        protected Store another() {
            return PostgresContractTest.open(database, TestKeys.storage(InstantSource.system(), 6));
        }
    }
}
