package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.audit.Sealing.Step;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.SealSigner;
import dev.gatehouse.testkit.contract.Nouns;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two nodes that seal the same trail at the same moments.
class SealerRaceTest {
    private static final int ROUNDS = 25;

    private final Postgres.Database database = Postgres.database();
    private final Nouns nouns = new Nouns(4);
    private final Installation installed = nouns.installation();
    private final SealSigner signer = SealSigner.fresh("key_1");
    private final List<Store> nodes = new ArrayList<>();

    @BeforeEach
    void open() {
        for (int i = 0; i < 2; i++) {
            nodes.add(new Storage(TestKeys.mac(), new Random(i), InstantSource.system(), System::nanoTime)
                    .postgresql(database.url(), database.user(), Secret.of(database.password())));
        }
        nodes.getFirst().install(installed, nouns.act());
        assertThat(seal(nodes.getFirst())).isEqualTo(1);
    }

    @AfterEach
    void close() {
        nodes.forEach(Store::close);
    }

    private void write(Store node) {
        assertThat(node.members()
                        .add(nouns.organization(installed.root().id(), "o" + nouns.id(Kind.ORGANIZATION)), nouns.act()))
                .isInstanceOf(Stored.Done.class);
    }

    /// A round of a node's sealer: until nothing is left. Returns how many seals it added.
    private int seal(Store node) {
        Sealing sealing = new Sealing(node.audit(), () -> Nouns.NOW);
        int added = 0;
        for (Step step = sealing.step(signer::sign); !(step instanceof Step.Nothing); ) {
            added += step instanceof Step.Sealed ? 1 : 0;
            step = sealing.step(signer::sign);
        }
        return added;
    }

    private int race(Callable<Integer> one, Callable<Integer> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        int all = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (Callable<Integer> node : List.of(one, other)) {
                running.add(threads.submit(() -> {
                    start.await();
                    return node.call();
                }));
            }
            for (Future<Integer> node : running) {
                all += node.get();
            }
        }
        return all;
    }

    private void sound(int rows) {
        Examination examination = new Examination(signer.keys(), Optional.empty());
        Store store = nodes.getLast();
        int sealed = 0;
        for (AuditSeal seal : store.audit().seals(0, 1000)) {
            examination.next(seal, store.audit().sealed(seal.number(), 1000));
            sealed += (int) seal.count();
        }
        assertThat(examination.findings()).isEmpty();
        assertThat(store.audit().unsealed(10)).isEmpty();
        assertThat(sealed).isEqualTo(rows);
    }

    @Test
    void whatIsThereIsSealedOnceHoweverManySealers() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            write(nodes.getFirst());
            write(nodes.getLast());
            assertThat(race(() -> seal(nodes.getFirst()), () -> seal(nodes.getLast())))
                    .isEqualTo(1);
        }
        sound(1 + 2 * ROUNDS);
    }

    @Test
    void noRowIsLostWhileBothWriteAndSeal() throws Exception {
        assertThat(race(() -> writeAndSeal(nodes.getFirst()), () -> writeAndSeal(nodes.getLast())))
                .isPositive();
        sound(1 + 2 * ROUNDS);
    }

    private int writeAndSeal(Store node) {
        int added = 0;
        for (int i = 0; i < ROUNDS; i++) {
            write(node);
            added += seal(node);
        }
        return added;
    }
}
