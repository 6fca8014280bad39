package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an organization or an Api wants of people, on every path (GAUNTLET L04).
class FactorsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Scopes READ = Scopes.of("read");
    private static final List<String> PASSWORD = List.of("pwd");
    private static final List<String> BOTH = List.of("pwd", "otp", "mfa");
    private static final Ask CALL = new Ask.Call(new Need.AnyOf(READ), FROM);
    private static final Id GRANT = new Id(Kind.GRANT, 5);

    private final World world = World.standard();

    /// @param where which organizations of the chain want a second factor
    private Members person(CredentialKind kind, int... where) {
        Members application = world.members(kind);
        List<Organization> chain = Stream.iterate(0, i -> i + 1)
                .limit(application.chain().size())
                .map(i ->
                        application.chain().get(i).needing(Arrays.stream(where).anyMatch(one -> one == i)))
                .toList();
        Membership membership = new Membership(
                new Id(Kind.MEMBERSHIP, 79),
                new Id(Kind.USER, 78),
                application.organization().id(),
                application.holder().role(),
                Standing.FRESH,
                Instant.EPOCH);
        Person person = new Person(membership.user(), "alice", Standing.FRESH, membership, chain);
        return new Members(application.credential(), person, application.role(), chain);
    }

    private static Session session(Facts.Direct opened, List<String> methods) {
        return new Session(
                new Id(Kind.SESSION, 3),
                new Id(Kind.USER, 78),
                Ancestry.lineage(opened),
                NOW,
                NOW.plus(Duration.ofDays(1)),
                Duration.ofHours(1),
                NOW,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false,
                methods);
    }

    private Facts.Direct direct(Members members) {
        return new Facts.Direct(world.api(), members);
    }

    private Facts.Logged logged(Members members, List<String> methods) {
        return new Facts.Logged(world.api(), members, session(direct(members), methods));
    }

    private Actor actor(Members members) {
        ClientTerms terms = new ClientTerms(
                ClientMethod.NONE,
                Set.of(GrantType.AUTHORIZATION_CODE),
                List.of(RedirectUri.parse("https://app.example.com/cb").orElseThrow()),
                List.of(),
                true);
        Application application = new Application(
                new Id(Kind.APPLICATION, 80),
                members.organization().id(),
                "spa",
                "Spa",
                members.role().map(role -> role.id()),
                terms,
                Optional.empty(),
                Standing.FRESH,
                Instant.EPOCH);
        return new Actor(application, members.role(), members.chain());
    }

    private Facts.Logged asked(Members members, List<String> methods) {
        return new Facts.Logged(world.api(), members, session(direct(members), methods), Optional.of(actor(members)));
    }

    /// What was granted before the organization said so, in a login by these methods.
    private Facts.Derived granted(Members members, Kind kind, List<String> methods) {
        Members before = person(CredentialKind.PASSWORD);
        Verdict.Allowed allowed =
                (Verdict.Allowed) Decision.decide(asked(before, methods), new Ask.Consent(GRANT, READ, FROM), NOW);
        Id id = kind == Kind.GRANT ? GRANT : new Id(kind, 6);
        Claims claims =
                new Claims(id, world.api().id(), "user", "spa", allowed.lineage(), READ, NOW, NOW.plusSeconds(900));
        return new Facts.Derived(world.api(), members, Optional.empty(), claims, false, Optional.of(actor(members)));
    }

    private static Optional<Refusal> refusal(Facts facts, Ask ask) {
        return Decision.decide(facts, ask, NOW) instanceof Verdict.Refused(Refusal refusal)
                ? Optional.of(refusal)
                : Optional.empty();
    }

    private void wanted(Facts facts, Ask ask) {
        assertThat(refusal(facts, ask))
                .contains(
                        new Refusal.NoSecondFactor(facts.members().credential().id()));
    }

    static Stream<Ask> ofPasswords() {
        return Stream.of(
                CALL,
                new Ask.Mint(Optional.empty(), FROM),
                new Ask.Authenticate(FROM, true),
                new Ask.Authenticate(FROM));
    }

    @ParameterizedTest
    @MethodSource("ofPasswords")
    void aPasswordAloneOpensNothingWhereNoSecondStepCanFollow(Ask ask) {
        wanted(direct(person(CredentialKind.PASSWORD, 0)), ask);
        assertThat(refusal(direct(person(CredentialKind.PASSWORD)), ask)).isEmpty();
    }

    @Test
    void itIsTheFirstStepWhereOneFollowsAndEndsWhatItOpened() {
        Facts.Direct direct = direct(person(CredentialKind.PASSWORD, 0));
        assertThat(refusal(direct, Ask.Authenticate.first(FROM))).isEmpty();
        assertThat(refusal(direct, new Ask.End(FROM, Optional.empty()))).isEmpty();
        assertThat(refusal(logged(direct.members(), PASSWORD), new Ask.End(FROM, Optional.empty())))
                .isEmpty();
    }

    @Test
    void sessionsSayHowTheyWereOpened() {
        Members members = person(CredentialKind.PASSWORD, 0);
        for (Ask ask : List.of(CALL, new Ask.Authenticate(FROM), Ask.Authenticate.first(FROM))) {
            wanted(logged(members, PASSWORD), ask);
            wanted(logged(members, List.of()), ask);
            assertThat(refusal(logged(members, BOTH), ask)).isEmpty();
            assertThat(refusal(logged(members, List.of("hwk", "pop", "mfa")), ask))
                    .isEmpty();
        }
        wanted(asked(members, PASSWORD), new Ask.Consent(GRANT, READ, FROM));
        assertThat(refusal(asked(members, BOTH), new Ask.Consent(GRANT, READ, FROM)))
                .isEmpty();
    }

    @Test
    void whatAPasswordGrantedBeforeIsRefreshedNoMoreAndCallsNothing() {
        Members members = person(CredentialKind.PASSWORD, 0);
        Ask redeem = new Ask.Redeem(Optional.empty(), FROM);
        for (List<String> alone : List.of(PASSWORD, List.<String>of())) {
            wanted(granted(members, Kind.GRANT, alone), redeem);
            wanted(granted(members, Kind.TOKEN, alone), CALL);
            wanted(granted(members, Kind.TOKEN, alone), new Ask.Introspect());
        }
        assertThat(refusal(granted(members, Kind.GRANT, BOTH), redeem)).isEmpty();
        assertThat(refusal(granted(members, Kind.TOKEN, BOTH), CALL)).isEmpty();
        assertThat(refusal(granted(members, Kind.TOKEN, PASSWORD), new Ask.End(FROM, Optional.empty())))
                .isEmpty();
    }

    /// Until all nodes say how users had signed in, what says nothing counts as it did; a password's own token, and
    /// the yes itself, which the store has, are judged as ever.
    @Test
    void whatSaysNothingCountsWhileSomeNodesCannotSayIt() {
        Members members = person(CredentialKind.PASSWORD, 0);
        Facts.Derived token = granted(members, Kind.TOKEN, PASSWORD);
        wanted(token, CALL);
        assertThat(refusal(token.amongUnmarked(), CALL)).isEmpty();
        assertThat(Ancestry.lineage(token.amongUnmarked())
                        .granted()
                        .orElseThrow()
                        .sure())
                .isFalse();
        Facts.Derived own = world.token(direct(person(CredentialKind.PASSWORD)), READ, NOW);
        wanted(new Facts.Derived(world.api(), members, Optional.empty(), own.claims(), false).amongUnmarked(), CALL);
    }

    /// What comes of a token by exchange says the same of whoever said yes.
    @Test
    void whatIsMadeOfATokenIsAsSureAsThat() {
        for (List<String> methods : List.of(PASSWORD, BOTH)) {
            Facts.Derived token = granted(person(CredentialKind.PASSWORD), Kind.TOKEN, methods);
            assertThat(Ancestry.lineage(token).granted())
                    .contains(token.claims().lineage().granted().orElseThrow());
            assertThat(token.claims().lineage().granted().orElseThrow().sure()).isEqualTo(methods.equals(BOTH));
        }
    }

    @Test
    void anApiWantsItOfPeopleWhoActAtItWhateverTheirOrganization() {
        Members person = person(CredentialKind.PASSWORD);
        Api wanting = world.api().needing(true);
        wanted(new Facts.Direct(wanting, person), CALL);
        wanted(new Facts.Logged(wanting, person, session(direct(person), PASSWORD)), CALL);
        assertThat(refusal(new Facts.Direct(wanting, person), Ask.Authenticate.first(FROM)))
                .isEmpty();
        assertThat(refusal(new Facts.Logged(wanting, person, session(direct(person), BOTH)), CALL))
                .isEmpty();
        for (List<String> methods : List.of(PASSWORD, BOTH)) {
            Facts.Derived before = granted(person, Kind.TOKEN, methods);
            Facts.Derived now = new Facts.Derived(
                    wanting, person, Optional.empty(), before.claims(), false, Optional.of(actor(person)));
            assertThat(refusal(before, CALL)).isEmpty();
            assertThat(refusal(now, CALL).isEmpty()).isEqualTo(methods.equals(BOTH));
        }
        assertThat(refusal(new Facts.Direct(wanting, world.members(CredentialKind.API_KEY)), CALL))
                .isEmpty();
        assertThat(refusal(new Facts.Direct(wanting, person(CredentialKind.API_KEY)), CALL))
                .as("a key is no password")
                .isEmpty();
    }

    @Test
    void whatAPasswordMintedByItselfCallsNothing() {
        Facts.Direct before = direct(person(CredentialKind.PASSWORD));
        Facts.Derived token = world.token(before, READ, NOW);
        Facts.Derived now = new Facts.Derived(
                world.api(), person(CredentialKind.PASSWORD, 0), Optional.empty(), token.claims(), false);
        assertThat(refusal(token, CALL)).isEmpty();
        wanted(now, CALL);
        wanted(now, new Ask.Introspect());
    }

    @Test
    void itIsWantedOfPeopleWhoActThereAndOfNobodyElse() {
        assertThat(refusal(direct(person(CredentialKind.PASSWORD, 1)), CALL))
                .as("of those above it is not said here")
                .isEmpty();
        Members application = world.members(CredentialKind.API_KEY);
        Members same = new Members(
                application.credential(),
                application.holder(),
                application.role(),
                application.chain().stream().map(one -> one.needing(true)).toList());
        assertThat(refusal(direct(same), CALL)).isEmpty();
    }
}
