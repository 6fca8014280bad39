package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.storage.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteRefreshTest {
    @TempDir
    Path folder;

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

    private List<Store> stores() {
        Storage storage = new Storage(
                HmacSha256.under(new byte[32])::mac, new Random(5), InstantSource.system(), System::nanoTime);
        return List.of(storage.sqlite(folder));
    }
}
