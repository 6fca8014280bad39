package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.Postgres;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;

class PostgresRefreshTest {
    @Nested
    class Renewal extends RefreshContract {
        @Override
        List<Store> open() {
            return stores();
        }
    }

    @Nested
    class LostAnswers extends LostAnswerContract {
        @Override
        List<Store> open() {
            return stores();
        }
    }

    private static List<Store> stores() {
        Postgres.Database database = Postgres.database();
        return List.of(node(database, 1), node(database, 2));
    }

    private static Store node(Postgres.Database database, long seed) {
        return new Storage(
                        HmacSha256.under(new byte[32])::mac, new Random(seed), InstantSource.system(), System::nanoTime)
                .postgresql(database.url(), database.user(), Secret.of(database.password()));
    }
}
