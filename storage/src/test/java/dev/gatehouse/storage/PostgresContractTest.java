package dev.gatehouse.storage;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.contract.ApiContract;
import dev.gatehouse.testkit.contract.FirstStartContract;
import dev.gatehouse.testkit.contract.KeyContract;
import dev.gatehouse.testkit.contract.MemberContract;
import dev.gatehouse.testkit.contract.RaceContract;
import org.junit.jupiter.api.Nested;

/// The store contract on PostgreSQL.
class PostgresContractTest {
    private static Store fresh() {
        Postgres.Database database = Postgres.database();
        return TestKeys.storage().postgresql(database.url(), database.user(), Secret.of(database.password()));
    }

    @Nested
    class Members extends MemberContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Apis extends ApiContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Keys extends KeyContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }

    @Nested
    class FirstStart extends FirstStartContract {
        @Override
        protected Store open() {
            return fresh();
        }
    }
}
