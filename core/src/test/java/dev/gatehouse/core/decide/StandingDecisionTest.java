package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.token.Generations;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The standing of members, as a table: every state of every member, on every way of asking.
class StandingDecisionTest extends DecisionFixture {
    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void everyHoldRefusesAndLiftingBringsBackExactlyWhatWasThere(Way way, World.Place place) {
        World world = World.standard();
        Facts.Derived token = issued(way, world);
        Verdict before = ask(way, world, token);
        assertThat(before).isInstanceOf(Verdict.Allowed.class);
        for (Hold hold : Hold.values()) {
            World held = world.with(place, standing -> withHolds(standing, Set.of(hold)));
            assertThat(ask(way, held))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .isEqualTo(blamed(
                                            way,
                                            place,
                                            new Refusal.Held(place.kind(), world.id(place), Set.of(hold)))));
            World lifted = held.with(place, standing -> withHolds(standing, Set.of()));
            assertThat(opens(ask(way, lifted, token))).isEqualTo(opens(before));
        }
    }

    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void revokedIsRefusedWhateverElseIsSo(Way way, World.Place place) {
        World revoked = World.standard()
                .with(place, s -> new Standing(Set.of(Hold.OWNER), true, s.generation() + 1, s.window(), s.version()));
        assertRefused(ask(way, revoked), blamed(way, place, new Refusal.Revoked(place.kind(), revoked.id(place))));
    }

    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void windowsBeginInclusivelyAndEndExclusively(Way way, World.Place place) {
        World world = World.standard();
        Instant next = NOW.plusNanos(1);
        assertRefused(
                ask(way, world.with(place, window(new Window(Optional.of(next), Optional.empty())))),
                blamed(way, place, new Refusal.NotYet(place.kind(), world.id(place))));
        assertRefused(
                ask(way, world.with(place, window(Window.until(NOW)))),
                blamed(way, place, new Refusal.Expired(place.kind(), world.id(place))));
        assertThat(ask(way, world.with(place, window(new Window(Optional.of(NOW), Optional.of(next))))))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void cutEndsWhatWasIssuedBelowAndKeepsTheMember(Way way, World.Place place) {
        World world = World.standard();
        Facts.Derived issuedBefore = issued(way, world);
        World cut = world.with(place, DecisionFixture::nextGeneration);
        if (way.ofToken()) {
            assertThat(ask(way, cut, issuedBefore))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.refusal().reason())
                                    .matches("(subject_)?(org|app|cred|cust)_cut"));
        }
        assertThat(ask(way, cut)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void generationsAlongTheChainAreSummed() {
        World world = World.standard()
                .with(World.Place.ROOT, DecisionFixture::nextGeneration)
                .with(World.Place.ORGANIZATION, DecisionFixture::nextGeneration)
                .with(World.Place.ORGANIZATION, DecisionFixture::nextGeneration);
        assertThat(ask(Way.KEY, world))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.lineage().generations()).isEqualTo(new Generations(0, 0, 0, 3)));
    }
}
