package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Session;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sessions: what ends one, besides what ends everything of its user.
class SessionTest {
    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration IDLE = Duration.ofMinutes(60);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofHours(8);

    private final World world = World.standard();

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Session session() {
        return new Session(
                new Id(Kind.SESSION, 5),
                new Id(Kind.USER, 6),
                Ancestry.lineage(world.direct(CredentialKind.PASSWORD)),
                OPENED,
                OPENED.plus(LIFE),
                IDLE,
                OPENED,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
    }

    private static Session with(Session it, Optional<AddressBlock> address, Restriction<Id> apis) {
        return new Session(
                it.id(),
                it.user(),
                it.lineage(),
                it.openedAt(),
                it.endsAt(),
                it.idle(),
                it.seenAt(),
                address,
                apis,
                it.single(),
                it.ended());
    }

    private Verdict call(World now, Session session, Instant at, int from) {
        Facts facts = new Facts.Logged(now.api(), now.members(CredentialKind.PASSWORD), session);
        return Decision.decide(facts, new Ask.Call(new Need.AnyOf(Scopes.of("read")), address(from)), at);
    }

    private static Optional<Refusal> refusal(Verdict verdict) {
        return verdict instanceof Verdict.Refused(Refusal refusal) ? Optional.of(refusal) : Optional.empty();
    }

    @Test
    void itLivesForTheIdleTimeAndOneStepAfterTheLastUseThatIsWritten() {
        Session session = session();
        Instant last = OPENED.plus(IDLE).plus(STEP);
        assertThat(call(world, session, last.minusMillis(1), 1)).isInstanceOf(Verdict.Allowed.class);
        assertThat(refusal(call(world, session, last, 1))).contains(new Refusal.Expired(Kind.SESSION, session.id()));
        Session used = session.seen(OPENED.plus(STEP));
        assertThat(call(world, used, last, 1)).isInstanceOf(Verdict.Allowed.class);
        assertThat(session.due(OPENED.plus(STEP).minusMillis(1))).isFalse();
        assertThat(session.due(OPENED.plus(STEP))).isTrue();
    }

    @Test
    void howeverMuchItIsUsedItsLifeEnds() {
        Session used = session().seen(OPENED.plus(LIFE).minusSeconds(1));
        assertThat(call(world, used, OPENED.plus(LIFE).minusMillis(1), 1)).isInstanceOf(Verdict.Allowed.class);
        assertThat(refusal(call(world, used, OPENED.plus(LIFE), 1)))
                .contains(new Refusal.Expired(Kind.SESSION, used.id()));
    }

    @Test
    void oneThatWasClosedIsOver() {
        Session over = session().over();
        assertThat(refusal(call(world, over, OPENED, 1))).contains(new Refusal.Revoked(Kind.SESSION, over.id()));
    }

    @Test
    void oneThatIsTiedToAnAddressIsUsedFromThereOnly() {
        Session tied = with(session(), Optional.of(AddressBlock.of(address(1))), Restriction.unrestricted());
        assertThat(call(world, tied, OPENED, 1)).isInstanceOf(Verdict.Allowed.class);
        assertThat(refusal(call(world, tied, OPENED, 2))).contains(new Refusal.WrongAddress(tied.id()));
    }

    @Test
    void oneIsUsedAtTheApisThatItWasOpenedFor() {
        Session here = with(
                session(),
                Optional.empty(),
                Restriction.only(List.of(world.api().id())));
        Session elsewhere = with(
                session(),
                Optional.empty(),
                Restriction.only(List.of(world.otherApi().id())));
        assertThat(call(world, here, OPENED, 1)).isInstanceOf(Verdict.Allowed.class);
        assertThat(refusal(call(world, elsewhere, OPENED, 1))).contains(new Refusal.WrongApi(elsewhere.id()));
    }

    @ParameterizedTest
    @EnumSource(
            value = World.Place.class,
            names = {"ROOT", "ORGANIZATION", "APPLICATION", "CREDENTIAL"})
    void aCutAboveItEndsItAndAnOlderFactIsNoReason(World.Place place) {
        Session session = session();
        World cut =
                world.with(place, it -> new Standing(it.holds(), it.revoked(), it.generation() + 1, it.window(), 1));
        assertThat(refusal(call(cut, session, OPENED, 1))).containsInstanceOf(Refusal.Superseded.class);
        Session newer = new Session(
                session.id(),
                session.user(),
                Ancestry.lineage(cut.direct(CredentialKind.PASSWORD)),
                OPENED,
                session.endsAt(),
                IDLE,
                OPENED,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
        assertThat(call(world, newer, OPENED, 1)).isInstanceOf(Verdict.Behind.class);
    }

    @Test
    void itOpensCallsAndItsOwnEndAndNothingElse() {
        Facts facts = new Facts.Logged(world.api(), world.members(CredentialKind.PASSWORD), session());
        assertThat(Decision.decide(facts, new Ask.Authenticate(address(1)), OPENED))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(refusal(Decision.decide(facts, new Ask.Mint(Optional.empty(), address(1)), OPENED)))
                .containsInstanceOf(Refusal.WrongUse.class);
        assertThat(refusal(Decision.decide(facts, new Ask.Introspect(), OPENED)))
                .containsInstanceOf(Refusal.WrongUse.class);
    }
}
