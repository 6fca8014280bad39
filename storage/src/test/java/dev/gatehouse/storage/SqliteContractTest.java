package dev.gatehouse.storage;

import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.StoreContracts;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The store contract on SQLite.
class SqliteContractTest extends StoreContracts {
    @TempDir
    Path folder;

    @Override
    protected Store fresh() {
        return TestKeys.storage().sqlite(folder);
    }

    @Override
    protected Store fresh(TokenStore.Room room) {
        return TestKeys.storage(new TestClock(), room).sqlite(folder);
    }
}
