package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import dev.gatehouse.core.store.PasskeyStore.Root;
import dev.gatehouse.core.store.SessionStore.Rule;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A login whose person proves itself again goes on under another string (GAUNTLET L03).
public abstract class SessionRenewalContract extends LogoutFixture {
    private static final Instant LATER = Nouns.NOW.plusSeconds(60);

    private Session open(Somebody who, Digest digest) {
        return done(sessions().open(session(who, IDLE), digest, Rule.MANY, act));
    }

    /// What it becomes by more than there was.
    private static Session proven(Session before, Instant now) {
        return proven(before, before.id(), before.user(), before.lineage(), now);
    }

    private static Session proven(Session before, Id id, Id user, Lineage lineage, Instant now) {
        return new Session(
                id,
                user,
                lineage,
                now,
                now.plus(WHOLE),
                IDLE,
                now,
                before.address(),
                before.apis(),
                false,
                false,
                List.of("pwd", "otp", "mfa"));
    }

    private boolean known(Digest digest) {
        return store().facts().loadSession(digest) instanceof Look.Known<Session>(Session session) && !session.ended();
    }

    @Test
    void itIsTheSameLoginUnderAnotherString() {
        Somebody alice = somebody("alice");
        Digest before = digest();
        Digest after = digest();
        Session session = open(alice, before);
        assertThat(known(before)).isTrue();
        int rows = trail().size();
        Session proven = proven(session, LATER);
        Stored<Session> renewed = sessions().renew(session, proven, after, act);
        assertThat(((Stored.Done<Session>) renewed).receipt())
                .as("nobody takes the string of before")
                .isPresent();
        assertThat(done(renewed)).isEqualTo(proven);
        audited(rows, "session.renew", session.id());
        assertThat(known(before)).isFalse();
        assertThat(store().facts().loadSession(after)).isEqualTo(new Look.Known<>(proven));
        assertThat(sessions().session(session.id())).contains(proven);
        assertThat(sessions().sessions(alice.user().id(), Slice.first(5)).items())
                .as("and the one of the fixture")
                .hasSize(2);
    }

    @Test
    void whatIsOverOrSomebodyElsesOrWasProvenSinceIsNotRenewed() {
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Digest before = digest();
        Session session = open(alice, before);
        Lineage lineage = session.lineage();
        Lineage elsewhere = new Lineage(
                lineage.organization(), nouns.id(Kind.MEMBERSHIP), lineage.credential(), new Generations(0, 0, 0, 0));
        List<Session> wrong = List.of(
                proven(session, session.id(), bob.user().id(), lineage, LATER),
                proven(session, session.id(), session.user(), elsewhere, LATER));
        assertThat(wrong)
                .allSatisfy(one -> assertThat(sessions().renew(session, one, digest(), at(LATER)))
                        .isInstanceOf(Stored.Missing.class));
        Instant over = session.diesAt();
        assertThat(sessions().renew(session, proven(session, over), digest(), at(over)))
                .isInstanceOf(Stored.Missing.class);
        assertThat(known(before)).as("nothing has become of it").isTrue();

        Session renewed = done(sessions().renew(session, proven(session, LATER), digest(), at(LATER)));
        assertThat(sessions().renew(session, proven(session, LATER), digest(), at(LATER)))
                .as("read before")
                .isInstanceOf(Stored.Missing.class);
        done(sessions().end(renewed.id(), act));
        assertThat(sessions().renew(renewed, proven(renewed, LATER.plusSeconds(1)), digest(), at(LATER)))
                .isInstanceOf(Stored.Missing.class);
    }

    /// Nothing that is proven again opens it elsewhere.
    @Test
    void whereItMayBeUsedStays() {
        Session session = open(somebody("alice"), digest());
        Session wanted = proven(session, LATER);
        Session elsewhere = new Session(
                wanted.id(),
                wanted.user(),
                wanted.lineage(),
                wanted.openedAt(),
                wanted.endsAt(),
                wanted.idle(),
                wanted.seenAt(),
                AddressBlock.parse("192.0.2.1/32"),
                Restriction.only(List.of(nouns.id(Kind.API))),
                true,
                false,
                wanted.methods());
        assertThat(done(sessions().renew(session, elsewhere, digest(), act))).isEqualTo(wanted);
        assertThat(sessions().session(session.id())).contains(wanted);
    }

    /// A request that came by the string of before, and is written down late, shortens nothing.
    @Test
    void aUseOfBeforeIsNoneOfWhatItBecame() {
        Somebody alice = somebody("alice");
        Digest digest = digest();
        Session session = done(sessions().open(session(alice, WHOLE), digest(), Rule.MANY, act));
        Instant late = session.endsAt().minusSeconds(1);
        Session proven = done(sessions().renew(session, proven(session, late), digest, at(late)));
        assertThat(sessions().seen(session, late.plusMillis(1))).isInstanceOf(Stored.Missing.class);
        assertThat(store().facts().loadSession(digest)).isEqualTo(new Look.Known<>(proven));
        assertThat(sessions().renew(proven, proven(proven, session.endsAt()), digest(), at(session.endsAt())))
                .as("it lives as long as it was said to")
                .isInstanceOf(Stored.Done.class);
    }

    @Test
    void whatHangsOnItStaysAndEndsWithIt() {
        Somebody alice = somebody("alice");
        Session session = open(alice, digest());
        Application application = listener("app");
        signedIn(alice, application, session.id());
        Grant grant = grant(alice, application, SIGN_IN, session.id());
        Digest code = opened(grant);
        Grant late = grant(alice, application, SIGN_IN, session.id());
        Digest second = opened(late);
        done(sessions().renew(session, proven(session, LATER), digest(), at(LATER)));
        assertThat(taken(LATER)).as("nobody signs out").isEmpty();
        assertThat(done(grants().redeem(List.of(code), redemption(grant), act))).isInstanceOf(Redeemed.First.class);
        done(sessions().end(session.id(), at(LATER)));
        assertThat(done(grants().redeem(List.of(second), redemption(late), act)))
                .isNotInstanceOf(Redeemed.First.class);
        assertThat(taken(LATER)).extracting(notice -> notice.notice().login()).containsExactly(session.id());
    }

    /// Whoever has proven itself by something else since does not sign out with a key that is taken back.
    @Test
    void aKeyThatOpenedItOpenedItNoMore() {
        Somebody alice = somebody("alice");
        Session session = open(alice, digest());
        Passkey phone = new Passkey(
                Bytes.of(new byte[] {1, 2}),
                session.user(),
                new Root(alice.password().id(), 0, alice.membership().id(), 0),
                "example.com",
                "phone",
                Bytes.of(new byte[] {7}),
                0,
                false,
                true,
                Nouns.NOW,
                Optional.empty(),
                Optional.empty());
        done(store().passkeys().add(phone, session.id(), act));
        done(store().passkeys().opened(phone, session.id(), act));
        Session renewed = done(sessions().renew(session, proven(session, LATER), digest(), at(LATER)));
        assertThat(done(store().passkeys().remove(session.user(), phone.id(), at(LATER))))
                .isZero();
        assertThat(sessions().session(session.id())).contains(renewed);
    }

    @Test
    void ofManyWhoProveThemselvesAtOnceOneGoesOnInIt() {
        Somebody alice = somebody("alice");
        Session session = open(alice, digest());
        List<Digest> strings =
                IntStream.range(0, Race.CALLERS).mapToObj(_ -> digest()).toList();
        List<Stored<Session>> got = race(callers(i -> () -> sessions()
                .renew(session, proven(session, LATER.plusSeconds(i)), strings.get(i), at(LATER.plusSeconds(i)))));
        assertThat(winners(got)).isEqualTo(1);
        assertThat(strings).filteredOn(this::known).hasSize(1);
    }
}
