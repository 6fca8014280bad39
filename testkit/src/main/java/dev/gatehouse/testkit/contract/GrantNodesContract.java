package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.GrantStore.Rotated;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Single uses at two nodes of one database at the same moments (GAUNTLET B02, D02, D08).
public abstract class GrantNodesContract extends GrantFixture {
    private static final int ROUNDS = Integer.getInteger("gatehouse.rounds", 25);

    private Optional<Store> joined = Optional.empty();

    /// By the clock of the database: what is over by that is forgotten once much has ended.
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Override
    final Instant now() {
        return now;
    }

    /// Another node of the database that was opened.
    protected abstract Store another();

    @BeforeEach
    final void join() {
        joined = Optional.of(another());
    }

    @AfterEach
    final void leave() {
        joined.ifPresent(Store::close);
    }

    private Store second() {
        return joined.orElseThrow();
    }

    /// Both nodes by turns.
    private GrantStore node(int number) {
        return number % 2 == 0 ? grants() : second().grants();
    }

    private <T> List<Callable<T>> callers(Function<GrantStore, T> call) {
        return IntStream.range(0, Race.CALLERS)
                .<Callable<T>>mapToObj(number -> () -> call.apply(node(number)))
                .toList();
    }

    /// What is answered holds for every request that comes after it: a node that does not know of it yet knows that
    /// it does not, and decides on nothing.
    private void assertOver(Grant grant) {
        long after = System.nanoTime();
        for (Store node : List.of(store(), second())) {
            boolean decides = node.facts().fresh(after);
            assertThat(node.facts().dead(grant.id()) || !decides).isTrue();
        }
    }

    @Test
    void aCodeHasOneWinnerAndBothNodesKnowOfTheEnd() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Grant grant = grant(alice, application, PLAIN);
            Digest code = opened(grant);
            List<Redeemed> results =
                    Race.race(callers(at -> done(at.redeem(List.of(code), redemption(grant), at(now())))));
            assertThat(results).containsOnlyOnce(new Redeemed.First(grant));
            assertThat(results).contains(new Redeemed.Again(grant.id()));
            assertOver(grant);
        }
    }

    /// A form that is sent twice may come to two nodes (OpenID Connect Core section 3.2).
    @Test
    void aRequestIsAnsweredWithTokensOnce() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Digest request = digest();
            Instant over = now().plus(TOKEN);
            List<Callable<Stored<Grant>>> callers = IntStream.range(0, Race.CALLERS)
                    .<Callable<Stored<Grant>>>mapToObj(number -> {
                        Grant grant = grant(alice, application, PLAIN).ending(over);
                        return () -> node(number).openAnswered(grant, request, over, true, Optional.empty(), at(now()));
                    })
                    .toList();
            List<Stored<Grant>> results = Race.race(callers);
            assertThat(results).filteredOn(Stored.Done.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(Stored.Moved.class::isInstance).hasSize(Race.CALLERS - 1);
        }
    }

    @Test
    void aRefreshTokenHasOneSuccessor() {
        Grant grant = live("alice");
        for (long number = 1; number <= ROUNDS; number++) {
            long shown = number;
            Instant until = now().plus(IDLE);
            List<Rotated> results =
                    Race.race(callers(at -> done(at.rotate(grant, shown, until, BOUND.key(), at(now())))));
            assertThat(results).containsOnlyOnce(new Rotated.Next(shown + 1));
            assertThat(results).contains(new Rotated.Same(shown + 1));
            assertThat(results).doesNotContain(new Rotated.Reused());
        }
        assertThat(second().facts().dead(grant.id())).isFalse();
    }

    @Test
    void whatEndsAtOneNodeHasEndedAtTheOtherWhenItIsAnswered() {
        for (int round = 0; round < ROUNDS; round++) {
            Grant grant = live("alice" + round);
            done(node(round).end(grant.id(), at(now())));
            assertOver(grant);
            assertThat(done(node(round + 1).rotate(grant, 1, now().plus(IDLE), BOUND.key(), at(now()))))
                    .isEqualTo(new Rotated.Over());
        }
    }

    @Test
    void whateverTheOrderNothingIsLeftOfWhatEnds() {
        for (int round = 0; round < ROUNDS; round++) {
            Grant grant = live("alice" + round);
            int turn = round;
            List<Callable<Object>> both = List.of(
                    () -> done(node(turn).rotate(grant, 1, now().plus(IDLE), BOUND.key(), at(now()))),
                    () -> done(node(turn + 1).end(grant.id(), at(now()))));
            assertThat(Race.race(both).getFirst()).isIn(new Rotated.Next(2), new Rotated.Over());
            assertOver(grant);
            assertThat(done(node(turn).rotate(grant, 2, now().plus(IDLE), BOUND.key(), at(now()))))
                    .isEqualTo(new Rotated.Over());
        }
    }
}
