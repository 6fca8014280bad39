package dev.gatehouse.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.contract.StoreContracts;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The store contract in memory.
class MemoryContractTest extends StoreContracts {
    private static MacKey mac(AtomicInteger key) {
        return message -> {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((byte) key.get());
                return digest.digest(message);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        };
    }

    @Override
    protected Store fresh() {
        return new MemoryStore(mac(new AtomicInteger(7)), new Random(5));
    }

    @Override
    protected Store fresh(TokenStore.Room room) {
        return new MemoryStore(mac(new AtomicInteger(7)), new Random(5), room);
    }

    @Test
    void anAuditRowIsValidUnderTheKeyThatItWasWrittenWithAndNoOther() {
        AtomicInteger key = new AtomicInteger(7);
        Nouns nouns = new Nouns(1);
        try (Store store = new MemoryStore(mac(key), new Random(5))) {
            store.install(nouns.installation(), nouns.act());
            assertThat(store.audit().newest(1)).singleElement().matches(AuditRow::valid);
            key.set(8);
            assertThat(store.audit().newest(1)).singleElement().matches(row -> !row.valid());
        }
    }
}
