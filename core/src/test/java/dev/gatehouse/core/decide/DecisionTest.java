package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Generations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The decision as a table: every state of every member, on every way of asking.
class DecisionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Need READ = new Need.AnyOf(Scopes.of("read"));

    /// A way to ask: a call with a direct key or with a token, a mint, a client that says who it is, or a
    /// question about a token.
    enum Way {
        KEY,
        TOKEN,
        MINT,
        CLIENT,
        INTROSPECTION,
        ACTING,
        EXCHANGE,
        DELEGATED_TOKEN,
        DELEGATED_INTROSPECTION,
        DELEGATED_EXCHANGE;

        boolean ofToken() {
            return switch (this) {
                case TOKEN, INTROSPECTION, EXCHANGE -> true;
                case DELEGATED_TOKEN, DELEGATED_INTROSPECTION, DELEGATED_EXCHANGE -> true;
                case KEY, MINT, CLIENT, ACTING -> false;
            };
        }

        boolean forCustomer() {
            return switch (this) {
                case ACTING, DELEGATED_TOKEN, DELEGATED_INTROSPECTION, DELEGATED_EXCHANGE -> true;
                case KEY, TOKEN, MINT, CLIENT, INTROSPECTION, EXCHANGE -> false;
            };
        }
    }

    private static Verdict ask(Way way, World world) {
        return ask(way, world, issued(way, world));
    }

    /// The token that a way needs, as it is issued in a world.
    private static Facts.Derived issued(Way way, World world) {
        return way.forCustomer() ? world.delegated(Scopes.of("read"), NOW) : world.token(Scopes.of("read"), NOW);
    }

    private static Verdict ask(Way way, World world, Facts.Derived token) {
        Ask.Mint mint = new Ask.Mint(Optional.empty(), World.HERE);
        return switch (way) {
            case KEY -> Decision.decide(world.direct(CredentialKind.API_KEY), new Ask.Call(READ, World.HERE), NOW);
            case TOKEN, DELEGATED_TOKEN -> Decision.decide(world.later(token), new Ask.Call(READ, World.HERE), NOW);
            case MINT -> Decision.decide(world.direct(CredentialKind.SECRET), mint, NOW);
            case CLIENT -> Decision.decide(world.direct(CredentialKind.SECRET), new Ask.Authenticate(World.HERE), NOW);
            case INTROSPECTION, DELEGATED_INTROSPECTION ->
                Decision.decide(world.later(token), new Ask.Introspect(), NOW);
            case ACTING -> Decision.decide(world.acting(), mint, NOW);
            case EXCHANGE, DELEGATED_EXCHANGE -> Decision.decide(world.exchanging(token), mint, NOW);
        };
    }

    /// What a way answers for this reason: a client that has proven itself is not blamed for its subject.
    private static Refusal blamed(Way way, World.Place place, Refusal why) {
        boolean client = way == Way.ACTING || way == Way.EXCHANGE || way == Way.DELEGATED_EXCHANGE;
        return client && !World.Place.OWN.contains(place) ? new Refusal.BadSubject(why) : why;
    }

    private static Stream<Arguments> everyMemberOnEveryWay() {
        List<Arguments> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            for (World.Place place : World.Place.values()) {
                if (World.Place.OWN.contains(place) || way.forCustomer()) {
                    rows.add(Arguments.of(way, place));
                }
            }
        }
        return rows.stream();
    }

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
        World cut = world.with(place, DecisionTest::nextGeneration);
        if (way.ofToken()) {
            assertThat(ask(way, cut, issuedBefore))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.refusal().reason())
                                    .matches("(subject_)?(org|app|cred|cust)_cut"));
        }
        assertThat(ask(way, cut)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource("everyMemberOnEveryWay")
    void aTokenNewerThanTheFactsMeansBehindAndNeverRefused(Way way, World.Place place) {
        World world = World.standard();
        World ahead = world.with(place, DecisionTest::nextGeneration);
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

    @Test
    void emptyRightsMeanNothing() {
        World world = World.standard();
        for (World poor : List.of(
                world.with(new Reach.Only(Rights.NONE)),
                world.withRole(Optional.empty()),
                world.withRole(Rights.NONE))) {
            for (Way way : Way.values()) {
                if (way == Way.CLIENT) {
                    assertThat(ask(way, poor))
                            .isInstanceOfSatisfying(
                                    Verdict.Allowed.class,
                                    allowed -> assertThat(allowed.scopes()).isEqualTo(Scopes.NONE));
                } else {
                    assertThat(ask(way, poor)).isInstanceOf(Verdict.Refused.class);
                }
            }
            assertThat(Decision.decide(
                            poor.direct(CredentialKind.API_KEY),
                            new Ask.Call(new Need.Authenticated(), World.HERE),
                            NOW))
                    .isInstanceOf(Verdict.Refused.class);
        }
        assertThat(Decision.decide(world.token(Scopes.NONE, NOW), new Ask.Call(READ, World.HERE), NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatIsAllowedIsTheIntersectionOfRoleCredentialAndGrant() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            Scopes role = some(random);
            Scopes credential = some(random);
            Scopes grant = some(random);
            World world = World.standard()
                    .withRole(Rights.at(World.API, role))
                    .with(new Reach.Only(Rights.at(World.API, credential)));
            for (String scope : World.CATALOGUE.all().list()) {
                boolean expected = holds(role, scope) && holds(credential, scope) && holds(grant, scope);
                Verdict verdict = Decision.decide(
                        world.token(grant, NOW), new Ask.Call(new Need.AllOf(Scopes.of(scope)), World.HERE), NOW);
                assertThat(verdict instanceof Verdict.Allowed)
                        .as("%s of role %s, credential %s, grant %s", scope, role, credential, grant)
                        .isEqualTo(expected);
                if (verdict instanceof Verdict.Allowed allowed) {
                    for (String listed : allowed.scopes().list()) {
                        assertThat(holds(role, listed) && holds(credential, listed) && holds(grant, listed))
                                .isTrue();
                    }
                    assertThat(World.CATALOGUE.grants(allowed.scopes(), scope)).isTrue();
                }
            }
        }
    }

    @Test
    void aMintGrantsWhatIsAskedOrNothing() {
        World world = World.standard().with(new Reach.Only(Rights.at(World.API, Scopes.of("write"))));
        Facts client = world.direct(CredentialKind.SECRET);
        assertThat(mint(client, Scopes.of("read")))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.scopes()).isEqualTo(Scopes.of("read")));
        for (Scopes tooMuch : List.of(Scopes.of("admin"), Scopes.of("read", "admin"), Scopes.of("unheard-of"))) {
            assertRefused(mint(client, tooMuch), new Refusal.BadScope());
        }
    }

    @Test
    void generationsAlongTheChainAreSummed() {
        World world = World.standard()
                .with(World.Place.ROOT, DecisionTest::nextGeneration)
                .with(World.Place.ORGANIZATION, DecisionTest::nextGeneration)
                .with(World.Place.ORGANIZATION, DecisionTest::nextGeneration);
        assertThat(ask(Way.KEY, world))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.lineage().generations()).isEqualTo(new Generations(0, 0, 0, 3)));
    }

    /// What a verdict opens: scopes and lineage.
    private static List<Object> opens(Verdict verdict) {
        return verdict instanceof Verdict.Allowed allowed
                ? List.of(allowed.scopes(), allowed.lineage())
                : List.of(verdict);
    }

    private static Verdict mint(Facts client, Scopes scopes) {
        return Decision.decide(client, new Ask.Mint(Optional.of(scopes), World.HERE), NOW);
    }

    private static boolean holds(Scopes held, String scope) {
        return held.contains(scope) || (scope.equals("read") && held.contains("write"));
    }

    private static Scopes some(Random random) {
        return Scopes.of(World.CATALOGUE.all().list().stream()
                .filter(_ -> random.nextBoolean())
                .toList());
    }

    private static void assertRefused(Verdict verdict, Refusal refusal) {
        assertThat(verdict).isEqualTo(new Verdict.Refused(refusal));
    }

    private static Standing withHolds(Standing s, Set<Hold> holds) {
        return new Standing(holds, s.revoked(), s.generation(), s.window(), s.version());
    }

    private static Standing nextGeneration(Standing s) {
        return new Standing(s.holds(), s.revoked(), s.generation() + 1, s.window(), s.version());
    }

    private static UnaryOperator<Standing> window(Window window) {
        return s -> new Standing(s.holds(), s.revoked(), s.generation(), window, s.version());
    }
}
