package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Applications that act for users: what they may do, and what stops them.
class ActorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Id GRANT = new Id(Kind.GRANT, 5);
    private static final Ask REDEEM = new Ask.Redeem(Optional.empty(), FROM);
    private static final Ask CALL = new Ask.Call(new Need.AnyOf(Scopes.of("read")), FROM);

    /// What happens to the application, or to its organization.
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

    private Members user() {
        Members application = world.members(CredentialKind.PASSWORD);
        Membership membership = new Membership(
                new Id(Kind.MEMBERSHIP, 79),
                new Id(Kind.USER, 78),
                application.organization().id(),
                application.holder().role(),
                Standing.FRESH,
                Instant.EPOCH);
        Person person = new Person(membership.user(), "alice", Standing.FRESH, membership, application.chain());
        return new Members(application.credential(), person, application.role(), application.chain());
    }

    private Actor actor(Scopes scopes, Standing standing, List<Organization> chain) {
        Id role = new Id(Kind.ROLE, 9);
        ClientTerms terms = new ClientTerms(
                ClientMethod.NONE,
                Set.of(GrantType.AUTHORIZATION_CODE),
                List.of(RedirectUri.parse("https://app.example.com/cb").orElseThrow()),
                List.of(),
                true);
        Application application = new Application(
                new Id(Kind.APPLICATION, 80),
                chain.getFirst().id(),
                "spa",
                "Spa",
                Optional.of(role),
                terms,
                Optional.empty(),
                standing,
                Instant.EPOCH);
        return new Actor(
                application,
                Optional.of(new Role(
                        role,
                        chain.getFirst().id(),
                        "apps",
                        Rights.at(world.api().id(), scopes),
                        false,
                        0)),
                chain);
    }

    private Actor actor(Scopes scopes) {
        return actor(scopes, Standing.FRESH, user().chain());
    }

    private Session session() {
        return new Session(
                new Id(Kind.SESSION, 3),
                new Id(Kind.USER, 78),
                Ancestry.lineage(new Facts.Direct(world.api(), user())),
                NOW,
                NOW.plus(Duration.ofDays(1)),
                Duration.ofHours(1),
                NOW,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
    }

    private Verdict consented(Actor actor, Scopes scopes) {
        return Decision.decide(
                new Facts.Logged(world.api(), user(), session(), Optional.of(actor)),
                new Ask.Consent(GRANT, scopes, FROM),
                NOW);
    }

    /// What the user grants now.
    private Claims granted(Actor actor, Kind kind) {
        Verdict.Allowed allowed = (Verdict.Allowed) consented(actor, Scopes.of("read"));
        Id id = kind == Kind.GRANT ? GRANT : new Id(kind, 6);
        return new Claims(
                id, world.api().id(), "user", "spa", allowed.lineage(), allowed.scopes(), NOW, NOW.plusSeconds(900));
    }

    private Facts.Derived facts(Claims claims, Actor actor, boolean dead) {
        return new Facts.Derived(world.api(), user(), Optional.empty(), claims, dead, Optional.of(actor));
    }

    private static void refused(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatIsGrantedNamesGrantAndApplicationAndIsRedeemedForTokensThatDoToo() {
        Actor actor = actor(Scopes.of("read"));
        Claims grant = granted(actor, Kind.GRANT);
        assertThat(grant.lineage().granted())
                .contains(new Lineage.Granted(GRANT, actor.application().id()));
        Verdict.Allowed redeemed = (Verdict.Allowed) Decision.decide(facts(grant, actor, false), REDEEM, NOW);
        assertThat(redeemed.scopes()).isEqualTo(Scopes.of("read"));
        assertThat(redeemed.lineage()).isEqualTo(grant.lineage());
    }

    /// Role of the user ∩ role of the application ∩ grant; never more than was asked for.
    @Test
    void noMoreIsGrantedThanBothMayHave() {
        Verdict.Allowed both = (Verdict.Allowed) consented(actor(Scopes.of("read")), Scopes.of("read", "write"));
        assertThat(both.scopes()).isEqualTo(Scopes.of("read"));
        assertThat(consented(actor(Scopes.NONE), Scopes.of("read")))
                .isEqualTo(new Verdict.Refused(new Refusal.BadScope()));
        Claims token = granted(actor(Scopes.of("read")), Kind.TOKEN);
        assertThat(Decision.decide(facts(token, actor(Scopes.of("read")), false), CALL, NOW))
                .isInstanceOf(Verdict.Allowed.class);
        refused(Decision.decide(facts(token, actor(Scopes.NONE), false), CALL, NOW));
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void whateverHappensToTheApplicationOrAboveItStopsIt(How how) {
        Actor before = actor(Scopes.of("read"));
        Organization home = before.chain().getFirst();
        Organization changed =
                new Organization(home.id(), home.parent(), home.name(), how.of(home.standing()), home.createdAt());
        List<Actor> after = List.of(
                actor(Scopes.of("read"), how.of(Standing.FRESH), before.chain()),
                actor(
                        Scopes.of("read"),
                        Standing.FRESH,
                        List.of(changed, before.chain().getLast())));
        for (Actor actor : after) {
            refused(Decision.decide(facts(granted(before, Kind.GRANT), actor, false), REDEEM, NOW));
            refused(Decision.decide(facts(granted(before, Kind.TOKEN), actor, false), CALL, NOW));
            assertThat(actor.stands(NOW)).isEqualTo(how == How.CUT);
        }
    }

    @Test
    void whatIsInTheDeadSetIsOver() {
        Actor actor = actor(Scopes.of("read"));
        refused(Decision.decide(facts(granted(actor, Kind.GRANT), actor, true), REDEEM, NOW));
        refused(Decision.decide(facts(granted(actor, Kind.TOKEN), actor, true), CALL, NOW));
    }

    @Test
    void anApplicationActsForNobodyOutsideOfItsOrganization() {
        Organization root = user().chain().getLast();
        Organization other = new Organization(
                new Id(Kind.ORGANIZATION, 99), Optional.of(root.id()), "other", Standing.FRESH, Instant.EPOCH);
        refused(consented(actor(Scopes.of("read"), Standing.FRESH, List.of(other, root)), Scopes.of("read")));
        assertThat(consented(actor(Scopes.of("read"), Standing.FRESH, List.of(root)), Scopes.of("read")))
                .isInstanceOf(Verdict.Allowed.class);
    }

    /// GAUNTLET E06, R6: a grant is redeemed and nothing else, a token of one is no grant, a login that is asked
    /// opens nothing else.
    @Test
    void eachOpensWhatItIsFor() {
        Actor actor = actor(Scopes.of("read"));
        Ask mint = new Ask.Mint(Optional.empty(), FROM);
        Ask renew = new Ask.Renew(Optional.empty(), FROM, Optional.empty(), Set.of(CredentialKind.PASSWORD));
        Facts.Derived grant = facts(granted(actor, Kind.GRANT), actor, false);
        Facts.Derived token = facts(granted(actor, Kind.TOKEN), actor, false);
        Facts.Logged login = new Facts.Logged(world.api(), user(), session(), Optional.of(actor));
        for (Ask ask : List.of(CALL, mint, renew, new Ask.Introspect(), new Ask.Authenticate(FROM))) {
            refused(Decision.decide(grant, ask, NOW));
        }
        for (Ask ask : List.of(REDEEM, mint, renew, new Ask.Authenticate(FROM))) {
            refused(Decision.decide(token, ask, NOW));
        }
        for (Ask ask : List.of(CALL, mint, renew, REDEEM, new Ask.Authenticate(FROM))) {
            refused(Decision.decide(login, ask, NOW));
        }
        assertThat(Decision.decide(token, new Ask.Introspect(), NOW)).isInstanceOf(Verdict.Allowed.class);
    }

    /// A token whose facts lack the application that it names is none.
    @Test
    void aTokenIsNotReadWithoutItsApplication() {
        Claims token = granted(actor(Scopes.of("read")), Kind.TOKEN);
        refused(Decision.decide(new Facts.Derived(world.api(), user(), Optional.empty(), token, false), CALL, NOW));
    }
}
