package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What proves a caller, as a table: its kind, its age, its members and its restrictions, on every way of asking.
class ProofDecisionTest extends DecisionFixture {
    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void aTokenNewerThanTheFactsMeansBehindAndNeverRefused(Way way, World.Place place) {
        World world = World.standard();
        World ahead = world.with(place, DecisionFixture::nextGeneration);
        Facts.Derived fromAhead = issued(way, ahead);
        assertThat(Decision.decide(world.later(fromAhead), new Ask.Call(READ, World.HERE), NOW))
                .as("%s", way)
                .isEqualTo(new Verdict.Behind());
    }

    @Test
    void aTokenEndsAtItsExpiryInTheDeadSetAndAtAnotherApi() {
        World world = World.standard();
        Facts.Derived token = world.token(Scopes.of("read"), NOW);
        Ask call = new Ask.Call(READ, World.HERE);
        Instant end = token.claims().expiresAt();
        assertThat(Decision.decide(token, call, end.minusNanos(1))).isInstanceOf(Verdict.Allowed.class);
        assertRefused(
                Decision.decide(token, call, end),
                new Refusal.Expired(Kind.TOKEN, token.claims().id()));
        assertRefused(
                Decision.decide(
                        new Facts.Derived(token.api(), token.members(), Optional.empty(), token.claims(), true),
                        call,
                        NOW),
                new Refusal.Revoked(Kind.TOKEN, token.claims().id()));
        assertThat(Decision.decide(
                        new Facts.Derived(world.otherApi(), token.members(), Optional.empty(), token.claims(), false),
                        call,
                        NOW))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.BadCredential.class));
    }

    @Test
    void aTokenOfOtherMembersIsRefused() {
        World world = World.standard();
        Facts.Derived token = world.token(Scopes.of("read"), NOW);
        World stranger = World.standard();
        assertThat(Decision.decide(
                        new Facts.Derived(
                                world.api(),
                                stranger.members(CredentialKind.SECRET),
                                Optional.empty(),
                                token.claims(),
                                false),
                        new Ask.Call(READ, World.HERE),
                        NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void restrictionsBindOnEveryWay() {
        for (Way way : Way.values()) {
            World world = World.standard();
            World elsewhere = world.with(new Restrictions(
                    Restriction.only(List.of(AddressBlock.parse("192.0.2.0/24").orElseThrow())),
                    Restriction.unrestricted()));
            if (way == Way.INTROSPECTION || way == Way.DELEGATED_INTROSPECTION) {
                // the resource server asks, from its own address; the holder's is seen by the call alone
                assertThat(ask(way, elsewhere)).isInstanceOf(Verdict.Allowed.class);
            } else {
                assertRefused(ask(way, elsewhere), new Refusal.WrongAddress(world.id(World.Place.CREDENTIAL)));
            }
            World otherApi = world.with(new Restrictions(
                    Restriction.unrestricted(),
                    Restriction.only(List.of(world.otherApi().id()))));
            assertRefused(ask(way, otherApi), new Refusal.WrongApi(world.id(World.Place.CREDENTIAL)));
            World here = world.with(new Restrictions(
                    Restriction.only(List.of(AddressBlock.parse("127.0.0.0/8").orElseThrow())),
                    Restriction.only(List.of(world.api().id()))));
            assertThat(ask(way, here)).isInstanceOf(Verdict.Allowed.class);
        }
    }

    @Test
    void aKindOfProofOpensOnlyWhatItIsFor() {
        World world = World.standard();
        Refusal misuse = new Refusal.WrongUse(world.id(World.Place.CREDENTIAL));
        Ask call = new Ask.Call(READ, World.HERE);
        Ask mint = new Ask.Mint(Optional.empty(), World.HERE);
        assertRefused(Decision.decide(world.direct(CredentialKind.SECRET), call, NOW), misuse);
        assertRefused(Decision.decide(world.direct(CredentialKind.API_KEY), mint, NOW), misuse);
        assertRefused(Decision.decide(world.token(Scopes.of("read"), NOW), mint, NOW), misuse);
        Ask authenticate = new Ask.Authenticate(World.HERE);
        assertRefused(Decision.decide(world.direct(CredentialKind.API_KEY), authenticate, NOW), misuse);
        assertRefused(Decision.decide(world.token(Scopes.of("read"), NOW), authenticate, NOW), misuse);
        assertRefused(Decision.decide(world.direct(CredentialKind.API_KEY), new Ask.Introspect(), NOW), misuse);
        assertRefused(Decision.decide(world.direct(CredentialKind.SECRET), new Ask.Introspect(), NOW), misuse);
    }
}
