package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.LocalFeed;
import dev.gatehouse.testkit.contract.Nouns;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What one process holds whole, and how it comes back from changes that it could not apply.
@Timeout(60)
class LocalRereadTest {
    private static final Change KEY = Change.of(new Id(Kind.KEY, 1));

    private final Table table = new Table();
    private final Organization root = table.organization(1, Optional.empty());
    private final Credential credential = table.credential(1, table.application(1, root, Optional.empty()));
    private final Api api = new Nouns(1).api(root.id(), "orders");
    private final LocalFacts facts = LocalFacts.open(
            table,
            new LocalFeed(),
            FactBounds.DEFAULT,
            () -> 0,
            InstantSource.fixed(java.time.Instant.EPOCH),
            new Id(Kind.NODE, 1),
            1);

    @AfterEach
    void close() {
        facts.close();
    }

    private void breakTheDatabase() {
        table.beforeTheAnswerArrives = () -> {
            throw new FactsUnavailable("for the test");
        };
    }

    private void mendTheDatabase() {
        table.beforeTheAnswerArrives = () -> {};
    }

    private void addApi() {
        table.apis.add(api);
        facts.apply(List.of(Change.of(api.id())));
    }

    private void awaitFresh() {
        while (!facts.fresh(0)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void apisAreReadAgainBeforeTheWriterIsAnswered() {
        addApi();
        facts.awaitHere(0);
        breakTheDatabase();
        assertThat(facts.source().apis()).containsExactly(api);
        assertThat(facts.source().api(api.id())).contains(api);
    }

    @Test
    void lookingAtApisNeverWaitsForTheDatabase() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        table.beforeTheAnswerArrives = () -> {
            reading.countDown();
            awaitUninterruptibly(looked);
        };
        addApi();
        reading.await();
        assertThat(facts.source().apis()).isEmpty();
        looked.countDown();
        facts.awaitHere(0);
        assertThat(facts.source().apis()).containsExactly(api);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anApiThatCannotBeReadFailsNoWriteButNothingIsFreshUntilItIsRead() {
        breakTheDatabase();
        addApi();
        facts.awaitHere(0);
        assertThat(facts.fresh(0)).isFalse();
        mendTheDatabase();
        awaitFresh();
        assertThat(facts.source().apis()).containsExactly(api);
    }

    @Test
    void keysAreReadAgainAlsoWhenTheirWriterWaitsNoLonger() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        facts.onKeysChanged(read::countDown);
        facts.apply(List.of(KEY));
        read.await();
    }

    @Test
    void keysThatCannotBeReadFailNoWriteButNothingIsFreshUntilTheyAreRead() {
        CountDownLatch mended = new CountDownLatch(1);
        facts.onKeysChanged(() -> {
            if (mended.getCount() > 0) {
                throw new FactsUnavailable("for the test");
            }
        });
        facts.apply(List.of(KEY));
        facts.awaitHere(0);
        assertThat(facts.fresh(0)).isFalse();
        mended.countDown();
        awaitFresh();
    }

    @Test
    void afterAMissedChangeNothingIsFreshUntilEverythingWasDroppedAndReadAgain() {
        facts.source().load(credential.id());
        breakTheDatabase();
        table.hold(credential);
        table.apis.add(api);
        facts.missed();
        assertThat(facts.fresh(0)).isFalse();
        mendTheDatabase();
        awaitFresh();
        assertThat(facts.source().members(credential.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.source().apis()).containsExactly(api);
    }
}
