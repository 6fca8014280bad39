package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What users grant ends with what it rests on: the login, the consent, everything at once. Whatever is granted
/// at the same moment ends too, or is not granted (GAUNTLET R1, D06).
public abstract class GrantEndContract extends GrantFixture {
    private static final Scopes ONLINE = Scopes.of("openid");
    private static final int ROUNDS = 20;

    private SessionStore sessions() {
        return store().sessions();
    }

    private Stored<Grant> asked(Grant grant, Digest code, boolean remember) {
        return grants().open(grant, code, Nouns.NOW.plus(CODE), remember, act);
    }

    /// Whether a token can still come of it.
    private boolean over(Grant grant, Digest code) {
        return !(done(grants().redeem(List.of(code), redemption(grant), act)) instanceof Redeemed.First);
    }

    @Test
    void nothingIsGrantedInALoginThatIsOverOrSomebodyElses() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Grant elses = grant(alice, application, ONLINE, somebody("bob").login());
        assertThat(asked(elses, digest(), true)).isInstanceOf(Stored.Missing.class);
        Grant late = grant(alice, application, ONLINE);
        assertThat(grants().open(late, digest(), Nouns.NOW.plus(WHOLE).plus(CODE), true, at(Nouns.NOW.plus(WHOLE))))
                .isInstanceOf(Stored.Missing.class);
        done(sessions().end(alice.login(), act));
        assertThat(asked(grant(alice, application, ONLINE), digest(), true)).isInstanceOf(Stored.Missing.class);
        assertThat(grants().consents(alice.user().id())).isEmpty();
    }

    @Test
    void nothingIsGrantedOnAConsentThatWasTakenBack() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        assertThat(asked(grant(alice, application, PLAIN), digest(), false)).isInstanceOf(Stored.Conflict.class);
        done(asked(grant(alice, application, PLAIN), digest(), true));
        done(asked(grant(alice, application, PLAIN), digest(), false));
        assertThat(asked(grant(alice, application, Scopes.of("email")), digest(), false))
                .isInstanceOf(Stored.Conflict.class);
        done(grants().withdraw(alice.user().id(), application.id(), act));
        assertThat(asked(grant(alice, application, PLAIN), digest(), false)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void whatIsGrantedWhileTheConsentIsTakenBackDoesNotOutliveIt() {
        Somebody alice = somebody("alice");
        for (int round = 0; round < ROUNDS; round++) {
            Application application = application("app" + round);
            done(asked(grant(alice, application, PLAIN), digest(), true));
            races(
                    alice,
                    application,
                    PLAIN,
                    false,
                    () -> done(grants().withdraw(alice.user().id(), application.id(), act)));
        }
    }

    @Test
    void whatIsGrantedWhileTheLoginEndsDoesNotOutliveIt() {
        Application application = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Somebody alice = somebody("alice" + round);
            races(alice, application, ONLINE, true, () -> done(sessions().end(alice.login(), act)));
        }
    }

    @Test
    void whatIsGrantedWhileEverythingEndsDoesNotOutliveIt() {
        Application application = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Somebody alice = somebody("alice" + round);
            races(
                    alice,
                    application,
                    Scopes.of("offline_access", "openid"),
                    true,
                    () -> done(sessions().endEverything(alice.user().id(), act)));
            assertThat(grants().consents(alice.user().id())).isEmpty();
        }
    }

    private void races(Somebody who, Application application, Scopes scopes, boolean remember, Callable<?> end) {
        List<Grant> grants = new ArrayList<>();
        List<Digest> codes = new ArrayList<>();
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < Race.CALLERS; i++) {
            Grant grant = grant(who, application, scopes);
            Digest code = digest();
            grants.add(grant);
            codes.add(code);
            callers.add(() -> asked(grant, code, remember) instanceof Stored.Done);
        }
        callers.add(callers.size() / 2, () -> end.call() != null);
        Race.race(callers);
        for (int i = 0; i < grants.size(); i++) {
            assertThat(over(grants.get(i), codes.get(i))).isTrue();
        }
    }

    @Test
    void everythingEndsAtOnceAndNobodyElses() {
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Application application = application("app");
        Id second = login(alice);
        Grant online = grant(alice, application, ONLINE, second);
        Grant offline = grant(alice, application, Scopes.of("offline_access", "openid"));
        Grant his = grant(bob, application, PLAIN);
        for (Grant one : List.of(online, offline, his)) {
            done(grants().redeem(List.of(opened(one)), redemption(one), act));
        }
        Stored<Long> ended = sessions().endEverything(alice.user().id(), act);
        assertThat(done(ended)).isEqualTo(2);
        assertThat(((Stored.Done<Long>) ended).receipt()).isPresent();
        assertThat(trail().getFirst().verb()).isEqualTo("user.end_everything");
        assertThat(List.of(online, offline)).allMatch(this::dead);
        assertThat(dead(his)).isFalse();
        assertThat(grants().consents(alice.user().id())).isEmpty();
        assertThat(grants().consents(bob.user().id())).hasSize(1);
        assertThat(done(sessions().endEverything(alice.user().id(), act))).isZero();
        assertThat(sessions().endEverything(nouns.id(Kind.USER), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aLoginThatMakesRoomForAnotherTakesItsGrantsAlong() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Id only = login(alice.user(), alice.membership(), alice.password(), SessionStore.Rule.REPLACE);
        Grant grant = grant(alice, application, ONLINE, only);
        done(grants().redeem(List.of(opened(grant)), redemption(grant), act));
        login(alice.user(), alice.membership(), alice.password(), SessionStore.Rule.REPLACE);
        assertThat(dead(grant)).isTrue();
    }

    @Test
    void whoeverSignsInAgainKeepsWhatWasGrantedUntilThatLoginEnds() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Grant grant = grant(alice, application, ONLINE);
        done(grants().redeem(List.of(opened(grant)), redemption(grant), act));
        Id again = login(alice);
        done(sessions().follow(alice.login(), again, act));
        assertThat(sessions().session(alice.login()).orElseThrow().ended()).isTrue();
        assertThat(dead(grant)).isFalse();
        done(sessions().end(again, act));
        assertThat(dead(grant)).isTrue();
    }

    @Test
    void nobodyElsesLoginFollows() {
        Somebody alice = somebody("alice");
        Grant grant = grant(alice, application("app"), ONLINE);
        done(grants().redeem(List.of(opened(grant)), redemption(grant), act));
        done(sessions().follow(alice.login(), somebody("bob").login(), act));
        assertThat(dead(grant)).isTrue();
    }

    @Test
    void oneMoreThanThereMayBeEndsTheOneThatWasNotUsedForLongest() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Application other = application("other");
        List<Grant> all = new ArrayList<>();
        for (int i = 0; i <= GrantStore.MAX_GRANTS; i++) {
            Instant when = Nouns.NOW.plusMillis(i);
            Grant grant = grant(alice, i == 0 ? other : application, ONLINE);
            Digest code = digest();
            done(grants().open(grant, code, when.plus(CODE), true, at(when)));
            done(grants().redeem(List.of(code), redemption(grant), at(when)));
            all.add(grant);
        }
        assertThat(all).noneMatch(this::dead);
        done(asked(grant(alice, application, ONLINE), digest(), true));
        assertThat(dead(all.get(1))).isTrue();
        assertThat(dead(all.get(0))).as("of another application").isFalse();
        assertThat(all.subList(2, all.size())).noneMatch(this::dead);
    }

    /// Who asks for tokens at once all day is not the end of what lasts, nor does what is over fill the dead set,
    /// however long the request has to be remembered.
    @Test
    void whatIsOverTakesNobodysPlaceAndIsNotDead() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Grant phone = grant(alice, application, Scopes.of("offline_access", "openid"));
        done(grants().redeem(List.of(opened(phone)), redemption(phone), act));
        Instant remembered = Nouns.NOW.plus(IDLE);
        List<Grant> over = new ArrayList<>();
        for (int i = 0; i <= GrantStore.MAX_GRANTS; i++) {
            Instant when = Nouns.NOW.plusMillis(i + 1);
            Grant grant = grant(alice, application, ONLINE).ending(when);
            done(grants().openAnswered(grant, digest(), remembered, true, Optional.empty(), at(when)));
            over.add(grant);
        }
        assertThat(dead(phone)).isFalse();
        assertThat(grants().refreshable(phone.id(), Nouns.NOW)).isPresent();
        Instant later = Nouns.NOW.plusSeconds(1);
        Grant counts = grant(alice, application, ONLINE).ending(later.plus(TOKEN));
        done(grants().openAnswered(counts, digest(), remembered, true, Optional.empty(), at(later)));
        done(grants().withdraw(alice.user().id(), application.id(), at(later)));
        assertThat(over).noneMatch(this::dead);
        assertThat(List.of(phone, counts)).allMatch(this::dead);
    }

    @Test
    void whatWasRedeemedIsOverWithItsTokenAndSweptThen() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Grant grant = grant(alice, application, ONLINE);
        Digest code = opened(grant);
        done(grants().redeem(List.of(code), redemption(grant), act));
        Instant later = Nouns.NOW.plus(TOKEN).plusSeconds(300);
        done(grants().open(grant(alice, application, ONLINE), digest(), later.plus(CODE), true, at(later)));
        assertThat(grants().coded(List.of(code), installed.admin().id(), later)).isEmpty();
    }
}
