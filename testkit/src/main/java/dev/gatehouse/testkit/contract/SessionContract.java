package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.SessionStore.Rule;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Open logins: opened, used, ended, and of some kinds one at a time.
public abstract class SessionContract extends StoreContract {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(1);

    private int digests;

    private SessionStore sessions() {
        return store().sessions();
    }

    /// Somebody who can log in.
    private record Somebody(User user, Membership membership, Credential password) {}

    private Somebody somebody(String username) {
        User user = done(store().users().add(nouns.user(root(), username), act));
        return new Somebody(
                user,
                done(store().users().add(nouns.membership(user.id(), root()), act)),
                done(store().users().setPassword(nouns.password(user), act)));
    }

    private Session session(Somebody who, boolean single) {
        return session(who, single, Nouns.NOW, new Generations(0, 0, 0, 0));
    }

    private Session session(Somebody who, boolean single, Instant at, Generations generations) {
        return new Session(
                nouns.id(Kind.SESSION),
                who.user().id(),
                new Lineage(root(), who.membership().id(), who.password().id(), generations),
                at,
                at.plus(LIFE),
                IDLE,
                at,
                AddressBlock.parse("192.0.2.7/32"),
                Restriction.ofListed(List.of(installed.admin().id())),
                single,
                false);
    }

    private Digest digest() {
        digests++;
        return Digest.of(1, ByteBuffer.allocate(32).putInt(digests).array());
    }

    private Act at(Instant when) {
        return new Act(act.actor(), act.requestId(), when);
    }

    private Session known(Digest digest) {
        return switch (store().facts().loadSession(digest)) {
            case Look.Known<Session>(Session session) -> session;
            case Look.Absent<Session>() -> throw new AssertionError("no such session");
            case Look.Cold<Session>() -> throw new AssertionError("loadSession answered cold");
        };
    }

    @Test
    void aSessionIsReadBackAsItWasAndFoundByItsDigestOnly() {
        Somebody alice = somebody("alice");
        Session session = session(alice, false);
        Digest digest = digest();
        assertThat(store().facts().loadSession(digest)).isInstanceOf(Look.Absent.class);
        int before = trail().size();
        assertThat(done(sessions().open(session, digest, Rule.MANY, act))).isEqualTo(session);
        audited(before, "session.open", session.id());
        assertThat(sessions().session(session.id())).contains(session);
        assertThat(known(digest)).isEqualTo(session);
        assertThat(store().facts().loadSession(digest())).isInstanceOf(Look.Absent.class);
        assertThat(sessions().sessions(alice.user().id(), Slice.first(5)).items())
                .containsExactly(session);
    }

    @Test
    void whatEndsIsOverEverywhereBeforeItIsAnswered() {
        Somebody alice = somebody("alice");
        Digest digest = digest();
        Session session = done(sessions().open(session(alice, false), digest, Rule.MANY, act));
        Stored<Session> ended = sessions().end(session.id(), act);
        assertThat(((Stored.Done<Session>) ended).receipt()).isPresent();
        assertThat(known(digest).ended()).isTrue();
        int before = trail().size();
        assertThat(done(sessions().end(session.id(), act)).ended()).isTrue();
        assertThat(trail()).hasSize(before);
        assertThat(sessions().sessions(alice.user().id(), Slice.first(5)).items())
                .isEmpty();
        assertThat(sessions().end(nouns.id(Kind.SESSION), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void allSessionsOfAUserEndTogetherAndNobodyElses() {
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Digest one = digest();
        Digest two = digest();
        Digest other = digest();
        done(sessions().open(session(alice, false), one, Rule.MANY, act));
        done(sessions().open(session(alice, false), two, Rule.MANY, act));
        done(sessions().open(session(bob, false), other, Rule.MANY, act));
        assertThat(done(sessions().endAll(alice.user().id(), act))).isEqualTo(2);
        assertThat(known(one).ended()).isTrue();
        assertThat(known(two).ended()).isTrue();
        assertThat(known(other).ended()).isFalse();
        assertThat(done(sessions().endAll(alice.user().id(), act))).isZero();
        assertThat(sessions().endAll(nouns.id(Kind.USER), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aUseIsWrittenOnceAndLeavesNoAuditRow() {
        Digest digest = digest();
        Session session = done(sessions().open(session(somebody("alice"), false), digest, Rule.MANY, act));
        int before = trail().size();
        Instant later = Nouns.NOW.plus(session.step());
        assertThat(done(sessions().seen(session, later)).seenAt()).isEqualTo(later);
        assertThat(known(digest).seenAt()).isEqualTo(later);
        assertThat(sessions().seen(session, later)).isInstanceOf(Stored.Missing.class);
        assertThat(sessions().seen(session, Nouns.NOW)).isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
        done(sessions().end(session.id(), act));
        assertThat(sessions().seen(session, later.plusSeconds(1))).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void whoMayHaveOneSessionHasOneUntilItCountsNoMore() {
        Somebody alice = somebody("alice");
        Session first = done(sessions().open(session(alice, true), digest(), Rule.REFUSE, act));
        assertThat(sessions().open(session(alice, true), digest(), Rule.REFUSE, act))
                .isInstanceOf(Stored.Conflict.class);
        done(sessions().open(session(somebody("bob"), true), digest(), Rule.REFUSE, act));
        done(sessions().open(session(alice, false), digest(), Rule.MANY, act));
        done(sessions().end(first.id(), act));
        done(sessions().open(session(alice, true), digest(), Rule.REFUSE, act));
        Instant over = first.diesAt();
        assertThat(sessions().open(session(alice, true), digest(), Rule.REFUSE, at(over.minusSeconds(1))))
                .isInstanceOf(Stored.Conflict.class);
        done(sessions().open(session(alice, true, over, new Generations(0, 0, 0, 0)), digest(), Rule.REFUSE, at(over)));
        Generations cut = new Generations(0, 1, 0, 0);
        done(sessions().open(session(alice, true, over, cut), digest(), Rule.REFUSE, at(over)));
        Somebody renewed = new Somebody(
                alice.user(), alice.membership(), done(store().users().setPassword(nouns.password(alice.user()), act)));
        done(sessions().open(session(renewed, true, over, cut), digest(), Rule.REFUSE, at(over)));
    }

    /// A user whose only session is one of a membership that is gone could log in nowhere until it is idle for
    /// long enough.
    @Test
    void aSessionOfAMembershipThatIsGoneStandsInNobodysWay() {
        Somebody alice = somebody("alice");
        Id child = done(store().members().add(nouns.organization(root(), "Child"), act))
                .id();
        for (boolean revoked : List.of(false, true)) {
            Membership other =
                    done(store().users().add(nouns.membership(alice.user().id(), child), act));
            Session there = session(new Somebody(alice.user(), other, alice.password()), true);
            done(sessions().open(there, digest(), Rule.REFUSE, act));
            assertThat(sessions().open(session(alice, true), digest(), Rule.REFUSE, act))
                    .isInstanceOf(Stored.Conflict.class);
            done(
                    revoked
                            ? store().members().revoke(other.id(), act)
                            : store().members().cut(other.id(), act));
            Session here = done(sessions().open(session(alice, true), digest(), Rule.REFUSE, act));
            assertThat(sessions().session(there.id()).orElseThrow().ended()).isTrue();
            done(sessions().end(here.id(), act));
            done(store().members().revoke(other.id(), act));
        }
    }

    @Test
    void anotherSessionTakesThePlaceOfTheOneWhenTheRuleSaysSo() {
        Somebody alice = somebody("alice");
        Digest one = digest();
        Digest two = digest();
        done(sessions().open(session(alice, true), one, Rule.REPLACE, act));
        Stored<Session> replaced = sessions().open(session(alice, true), two, Rule.REPLACE, act);
        assertThat(((Stored.Done<Session>) replaced).receipt()).isPresent();
        assertThat(known(one).ended()).isTrue();
        assertThat(known(two).ended()).isFalse();
    }

    @Test
    void nobodyOpensASessionForARevokedUser() {
        Somebody alice = somebody("alice");
        done(store().members().revoke(alice.user().id(), act));
        assertThat(sessions().open(session(alice, false), digest(), Rule.MANY, act))
                .isInstanceOf(Stored.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void ofManyThatOpenAtOnceOneIsOpen(int round) {
        Somebody alice = somebody("alice" + round);
        Rule rule = round % 2 == 0 ? Rule.REPLACE : Rule.REFUSE;
        List<Session> asked =
                IntStream.range(0, CALLERS).mapToObj(_ -> session(alice, true)).toList();
        List<Digest> keys = IntStream.range(0, CALLERS).mapToObj(_ -> digest()).toList();
        List<Stored<Session>> got = race(callers(i -> () -> sessions().open(asked.get(i), keys.get(i), rule, act)));
        assertThat(sessions().sessions(alice.user().id(), Slice.first(20)).items())
                .hasSize(1);
        assertThat(winners(got)).isEqualTo(rule == Rule.REFUSE ? 1 : CALLERS);
        assertThat(keys)
                .filteredOn(key ->
                        store().facts().loadSession(key) instanceof Look.Known<Session>(Session it) && !it.ended())
                .hasSize(1);
    }

    @Test
    void whatIsLongOverIsSwept() {
        Somebody alice = somebody("alice");
        Session old = done(sessions().open(session(alice, false), digest(), Rule.MANY, act));
        Instant later = old.diesAt().plus(Duration.ofMinutes(5));
        done(sessions()
                .open(session(alice, false, later, new Generations(0, 0, 0, 0)), digest(), Rule.MANY, at(later)));
        assertThat(sessions().session(old.id())).isEmpty();
    }

    /// What the other users' ids do not give.
    @Test
    void anIdOfAnotherKindIsNoSession() {
        Session session = done(sessions().open(session(somebody("alice"), false), digest(), Rule.MANY, act));
        assertThat(sessions().session(new Id(Kind.USER, session.id().value()))).isEmpty();
    }
}
