package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Trips to a provider and back.
public abstract class IdentityTripContract extends GrantFixture {
    private static final int ROUNDS = 10;

    private final Elsewhere elsewhere = new Elsewhere(this::store, act, new IdentityNouns(nouns, this::digest));

    private IdentityStore identities() {
        return elsewhere.identities();
    }

    /// GAUNTLET J01, L04.
    @Test
    void aTripIsTakenOnceAndForWhatItWasBegun() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        int rows = trail().size();
        for (Step step : Step.values()) {
            Trip trip = elsewhere.made.trip(acme, step, step == Step.SIGN_IN ? Optional.empty() : Optional.of(alice));
            assertThat(identities().begin(trip)).isTrue();
            assertThat(identities().begin(trip)).isFalse();
            List<Digest> shown = List.of(digest(), trip.ticket());
            for (Step other : Step.values()) {
                assertThat(other != step
                                && identities().take(shown, other, Nouns.NOW).isPresent())
                        .isFalse();
            }
            assertThat(identities().take(List.of(digest()), step, Nouns.NOW)).isEmpty();
            assertThat(identities().take(shown, step, trip.until())).isEmpty();
            assertThat(identities().take(shown, step, Nouns.NOW)).contains(trip);
            assertThat(identities().take(shown, step, Nouns.NOW)).isEmpty();
        }
        assertThat(trail()).hasSize(rows);
    }

    @Test
    void ofManyAtOnceOneTakesATrip() {
        Held acme = elsewhere.added("acme");
        for (int round = 0; round < ROUNDS; round++) {
            Trip trip = elsewhere.made.trip(acme, Step.SIGN_IN, Optional.empty());
            identities().begin(trip);
            List<Boolean> taken = Race.race(Race.callers(_ -> () -> identities()
                    .take(List.of(trip.ticket()), Step.SIGN_IN, Nouns.NOW)
                    .isPresent()));
            assertThat(taken).containsOnlyOnce(true);
        }
    }

    @Test
    void whatGoesAwayTakesTripsAlong() {
        Held acme = elsewhere.added("acme");
        Trip trip = elsewhere.made.trip(acme, Step.SIGN_IN, Optional.empty());
        identities().begin(trip);
        done(identities().remove(acme, act));
        assertThat(identities().take(List.of(trip.ticket()), Step.SIGN_IN, Nouns.NOW))
                .isEmpty();
    }

    @Test
    void nobodyTakesRoomFromOthers() {
        Held acme = elsewhere.added("acme");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Trip of = elsewhere.made.trip(acme, Step.LINK, Optional.of(bob));
        identities().begin(of);
        List<Trip> trips = IntStream.rangeClosed(0, IdentityStore.MAX_TRIPS)
                .mapToObj(i -> at(elsewhere.made.trip(acme, Step.LINK, Optional.of(alice)), Nouns.NOW.plusSeconds(i)))
                .toList();
        assertThat(trips).allMatch(identities()::begin);
        assertThat(identities().take(List.of(trips.getFirst().ticket()), Step.LINK, Nouns.NOW))
                .as("the oldest")
                .isEmpty();
        for (Trip trip : trips.subList(1, trips.size())) {
            assertThat(identities().take(List.of(trip.ticket()), Step.LINK, Nouns.NOW))
                    .isPresent();
        }
        assertThat(identities().take(List.of(of.ticket()), Step.LINK, Nouns.NOW))
                .isPresent();
    }

    private static Trip at(Trip it, Instant began) {
        return new Trip(
                it.ticket(),
                it.step(),
                it.provider(),
                it.api(),
                it.login(),
                it.user(),
                it.subject(),
                it.ask(),
                it.maxAgeSeconds(),
                began,
                it.until());
    }
}
