package dev.gatehouse.connect.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.testkit.FakePlatform.Mood;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What a platform answered is written down, or it is noticed that it was not, whatever breaks (GAUNTLET J09).
abstract class LostAnswerContract extends RefreshFixture {
    /// A process that ends between the platform's answer and what is written down.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// The platform has rotated, and the new token died with the process.
    @Test
    void answerThatDiesWithItsProcessIsMissed() {
        Connection connection = connection();
        milestones = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(Killed.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(45));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(usable).isInstanceOf(Usable.NeedsReauth.class));
        assertThat(platform.requests()).as("no storm afterwards").hasSize(2);
        assertThat(audited("connection.needs_reauth"))
                .singleElement()
                .asString()
                .contains("after an answer that was lost");
    }

    @Test
    void answerThatDiesWithItsProcessIsMadeUpForWhereThePlatformAllowsIt() {
        platform.mood(Mood.GIVES_TWICE);
        Connection connection = connection();
        milestones = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(Killed.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(45));
        assertThat(storm(connection, 0))
                .allSatisfy(usable -> assertThat(token(usable)).isEqualTo("access-2"));
        assertThat(platform.requests()).hasSize(2);
        assertThat(audited("connection.refresh")).singleElement().asString().contains("\"lost_before\":\"true\"");
    }

    /// The database is away from the platform's answer on, for longer than whoever asked waits.
    @Test
    void answerIsWrittenDownHoweverLongTheDatabaseIsAway() {
        Connection connection = connection();
        milestones = _ -> down.set(100);
        assertThatThrownBy(() -> engines.getFirst().use(connection.id(), 0)).isInstanceOf(FactsUnavailable.class);
        milestones = Milestones.NONE;
        clock.advance(Duration.ofSeconds(46));
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(down.get()).isZero();
        assertThat(platform.requests()).hasSize(1);
        assertThat(audited("connection.refresh")).hasSize(1);
    }

    @Test
    void answerOutlivesWhoeverAskedForIt() throws InterruptedException, ExecutionException {
        Connection connection = connection();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        platform.before(() -> {
            asked.countDown();
            waitFor(go);
        });
        FutureTask<Usable> asking = new FutureTask<>(() -> engines.getFirst().use(connection.id(), 0));
        Thread caller = Thread.ofVirtual().start(asking);
        asked.await();
        caller.interrupt();
        assertThat(asking.get()).isInstanceOf(Usable.Unavailable.class);
        go.countDown();
        engines.getFirst().close();
        assertThat(token(engines.getFirst().use(connection.id(), 0))).isEqualTo("access-1");
        assertThat(platform.requests()).hasSize(1);
    }

    /// What is under way when a node stops is written down, and nothing begins.
    @Test
    void nothingIsRenewedByANodeThatStops() {
        Connection connection = connection();
        engines.getFirst().close();
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Unavailable.class);
        assertThat(platform.requests()).isEmpty();
        assertThat(token(engines.getLast().use(connection.id(), 0))).isEqualTo("access-1");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// It has rotated, nobody heard it: what comes next tells.
    @Test
    void answerThatBreaksOffIsNotTakenForNothing() {
        platform.mood(Mood.BREAKS_OFF);
        Connection connection = connection();
        assertThat(engines.getFirst().use(connection.id(), 0)).isInstanceOf(Usable.Unavailable.class);
        assertThat(stores.getFirst()
                        .connections()
                        .sealed(connection.id())
                        .orElseThrow()
                        .renewal()
                        .begun())
                .isTrue();
        platform.mood(Mood.GIVES);
        clock.advance(Duration.ofSeconds(10));
        assertThat(engines.getLast().use(connection.id(), 0)).isInstanceOf(Usable.NeedsReauth.class);
        assertThat(audited("connection.needs_reauth"))
                .singleElement()
                .asString()
                .contains("after an answer that was lost");
    }
}
