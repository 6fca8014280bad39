package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.World.Place;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Users who act: everything above one counts on every path, as above an application.
class PersonTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Ask CALL = new Ask.Call(new Need.AnyOf(Scopes.of("read")), FROM);
    private static final Ask MINT = new Ask.Mint(Optional.empty(), FROM);

    /// What stands above what a user does, besides the organization that it acts in and its credential.
    enum Above {
        HOME,
        USER,
        MEMBERSHIP
    }

    enum Way {
        PASSWORD_CALL,
        PASSWORD_MINT,
        KEY_CALL,
        TOKEN_CALL,
        TOKEN_INTROSPECT
    }

    /// What happens to one of them.
    enum How {
        HELD,
        REVOKED,
        OVER,
        CUT;

        Standing of(Standing it) {
            return switch (this) {
                case HELD -> new Standing(Set.of(Hold.OWNER), false, it.generation(), it.window(), 1);
                case REVOKED -> new Standing(it.holds(), true, it.generation(), it.window(), 1);
                case OVER -> new Standing(it.holds(), false, it.generation(), Window.until(NOW), 1);
                case CUT -> new Standing(it.holds(), false, it.generation() + 1, it.window(), 1);
            };
        }
    }

    private final World world = World.standard();
    private final Map<Above, Standing> above = new EnumMap<>(
            Map.of(Above.HOME, Standing.FRESH, Above.USER, Standing.FRESH, Above.MEMBERSHIP, Standing.FRESH));
    private final Map<Above, Id> ids = Map.of(
            Above.HOME, new Id(Kind.ORGANIZATION, 77),
            Above.USER, new Id(Kind.USER, 78),
            Above.MEMBERSHIP, new Id(Kind.MEMBERSHIP, 79));

    private Members members(CredentialKind kind) {
        Members application = world.members(kind);
        Organization root = application.chain().getLast();
        Organization home = new Organization(
                ids.get(Above.HOME), Optional.of(root.id()), "home", above.get(Above.HOME), Instant.EPOCH);
        Membership membership = new Membership(
                ids.get(Above.MEMBERSHIP),
                ids.get(Above.USER),
                application.organization().id(),
                application.holder().role(),
                above.get(Above.MEMBERSHIP),
                Instant.EPOCH);
        Person person =
                new Person(ids.get(Above.USER), "alice", above.get(Above.USER), membership, List.of(home, root));
        return new Members(application.credential(), person, application.role(), application.chain());
    }

    private Facts facts(Way way, Optional<Claims> token) {
        return switch (way) {
            case PASSWORD_CALL, PASSWORD_MINT -> new Facts.Direct(world.api(), members(CredentialKind.PASSWORD));
            case KEY_CALL -> new Facts.Direct(world.api(), members(CredentialKind.API_KEY));
            case TOKEN_CALL, TOKEN_INTROSPECT ->
                new Facts.Derived(
                        world.api(), members(CredentialKind.PASSWORD), Optional.empty(), token.orElseThrow(), false);
        };
    }

    private static Ask ask(Way way) {
        return switch (way) {
            case PASSWORD_CALL, KEY_CALL, TOKEN_CALL -> CALL;
            case PASSWORD_MINT -> MINT;
            case TOKEN_INTROSPECT -> new Ask.Introspect();
        };
    }

    private Claims token() {
        return world.token(new Facts.Direct(world.api(), members(CredentialKind.PASSWORD)), Scopes.of("read"), NOW)
                .claims();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aUserDoesWhatItsMembershipsRoleGives(Way way) {
        assertThat(Decision.decide(facts(way, Optional.of(token())), ask(way), NOW))
                .isInstanceOf(Verdict.Allowed.class);
    }

    private void happens(Above what, How how) {
        above.put(what, how.of(Optional.ofNullable(above.get(what)).orElseThrow()));
    }

    private static Stream<Arguments> ends() {
        List<Arguments> all = new ArrayList<>();
        for (Above above : Above.values()) {
            for (Way way : Way.values()) {
                for (How how : List.of(How.HELD, How.REVOKED, How.OVER)) {
                    all.add(Arguments.of(above, way, how));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {2}: {1}")
    @MethodSource("ends")
    void whateverIsAboveAUserStopsIt(Above what, Way way, How how) {
        Optional<Claims> token = Optional.of(token());
        happens(what, how);
        Verdict verdict = Decision.decide(facts(way, token), ask(way), NOW);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).refusal().about()).contains(ids.get(what));
        above.put(what, Standing.FRESH);
        assertThat(Decision.decide(facts(way, token), ask(way), NOW)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @EnumSource(Above.class)
    void aCutEndsWhatWasIssuedAndNothingElse(Above what) {
        Optional<Claims> token = Optional.of(token());
        happens(what, How.CUT);
        for (Way way : Way.values()) {
            Verdict verdict = Decision.decide(facts(way, token), ask(way), NOW);
            boolean issued = way == Way.TOKEN_CALL || way == Way.TOKEN_INTROSPECT;
            assertThat(verdict).as(way.name()).isInstanceOf(issued ? Verdict.Refused.class : Verdict.Allowed.class);
        }
        Optional<Claims> newer = Optional.of(token());
        above.put(what, Standing.FRESH);
        assertThat(Decision.decide(facts(Way.TOKEN_CALL, newer), CALL, NOW))
                .as("a token that is newer than the facts")
                .isInstanceOf(Verdict.Behind.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"ROOT", "ORGANIZATION", "CREDENTIAL"})
    void soDoesWhatIsAboveEverybody(Place place) {
        World held = world.with(place, How.HELD::of);
        Members now = held.members(CredentialKind.PASSWORD);
        Members user = members(CredentialKind.PASSWORD);
        Facts facts =
                new Facts.Direct(held.api(), new Members(now.credential(), user.holder(), now.role(), now.chain()));
        assertThat(Decision.decide(facts, CALL, NOW)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"TOKEN_CALL", "TOKEN_INTROSPECT"})
    void aTokenOfOneMembershipIsNoneOfAnother(Way way) {
        Claims other = world.token(Scopes.of("read"), NOW).claims();
        Verdict verdict = Decision.decide(facts(way, Optional.of(other)), ask(way), NOW);
        assertThat(((Verdict.Refused) verdict).refusal()).isInstanceOf(Refusal.BadCredential.class);
    }
}
