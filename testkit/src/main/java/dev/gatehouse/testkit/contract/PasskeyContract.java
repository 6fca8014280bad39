package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import dev.gatehouse.core.store.PasskeyStore.Root;
import dev.gatehouse.core.store.PasskeyStore.Use;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Grant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keys that people sign in with (GAUNTLET L08).
public abstract class PasskeyContract extends LogoutFixture {
    private static final int ROUNDS = 10;

    private int drawn;

    private PasskeyStore passkeys() {
        return store().passkeys();
    }

    private Passkey passkey(Somebody who, long counter) {
        return passkey(who, counter, true);
    }

    private Passkey passkey(Somebody who, long counter, boolean sure) {
        drawn++;
        return new Passkey(
                Bytes.of(new byte[] {1, 2, (byte) drawn}),
                who.user().id(),
                new Root(who.password().id(), 0, who.membership().id(), 0),
                "example.com",
                "phone " + drawn,
                Bytes.of(new byte[] {7, (byte) drawn}),
                counter,
                drawn % 2 == 0,
                sure,
                Nouns.NOW.plusSeconds(drawn),
                Optional.empty(),
                Optional.empty());
    }

    private Passkey added(Somebody who, long counter) {
        return done(passkeys().add(passkey(who, counter), who.login(), act));
    }

    private Use used(Passkey passkey, long counter) {
        return done(passkeys().used(passkey, counter, act));
    }

    private void opened(Passkey passkey, Id session) {
        assertThat(done(passkeys().opened(passkey, session, act))).isEqualTo(session);
    }

    private boolean open(Id session) {
        return store().sessions().session(session).filter(one -> !one.ended()).isPresent();
    }

    @Test
    void aKeyIsKeptAndFoundByItsIdAndItsUser() {
        Somebody alice = somebody("alice");
        Id bob = somebody("bob").user().id();
        int rows = trail().size();
        Passkey first = passkey(alice, 0);
        assertThat(done(passkeys().add(first, alice.login(), act))).isEqualTo(first);
        audited(rows, "passkey.add", alice.user().id());
        Passkey second = added(alice, 5);
        assertThat(passkeys().passkeys(alice.user().id())).containsExactly(first, second);
        assertThat(passkeys().passkey(first.id())).contains(first);
        assertThat(passkeys().passkeys(bob)).isEmpty();
        assertThat(passkeys().passkey(Bytes.of(new byte[] {9}))).isEmpty();
    }

    @Test
    void keysOfOneMomentAreInTheOrderOfTheirIds() {
        Somebody alice = somebody("alice");
        Passkey one = passkey(alice, 0);
        List<Passkey> both = Stream.of(0x7f, 0x80)
                .map(first -> new Passkey(
                        Bytes.of(new byte[] {(byte) (int) first}),
                        one.user(),
                        one.root(),
                        one.site(),
                        one.name(),
                        one.key(),
                        0,
                        false,
                        true,
                        one.createdAt(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        both.reversed().forEach(each -> done(passkeys().add(each, alice.login(), act)));
        assertThat(passkeys().passkeys(one.user())).isEqualTo(both);
    }

    @Test
    void anIdIsKeptOnceAndForWhoIsThere() {
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Passkey known = added(alice, 0);
        Passkey other = passkey(bob, 0);
        Passkey same = new Passkey(
                known.id(),
                other.user(),
                other.root(),
                other.site(),
                "x",
                other.key(),
                0,
                false,
                false,
                other.createdAt(),
                Optional.empty(),
                Optional.empty());
        assertThat(passkeys().add(same, bob.login(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(passkeys().add(other, alice.login(), act))
                .as("in somebody else's login")
                .isInstanceOf(Stored.Conflict.class);
        done(store().sessions().end(bob.login(), act));
        assertThat(passkeys().add(other, bob.login(), act))
                .as("in a login that is over")
                .isInstanceOf(Stored.Conflict.class);
        for (int i = 1; i < PasskeyStore.MAX_PASSKEYS; i++) {
            added(alice, 0);
        }
        assertThat(passkeys().add(passkey(alice, 0), alice.login(), act)).isInstanceOf(Stored.Full.class);
        done(store().members().revoke(bob.user().id(), act));
        assertThat(passkeys().add(other, bob.login(), act)).isInstanceOf(Stored.Conflict.class);
    }

    /// WebAuthn section 6.1.1.
    @Test
    void whatCountsCountsOnAndWhatDoesNotDoesNot() {
        Somebody alice = somebody("alice");
        Passkey counts = added(alice, 5);
        int rows = trail().size();
        assertThat(used(counts, 5)).isEqualTo(Use.COPIED);
        audited(rows, "passkey.copied", alice.user().id());
        assertThat(used(counts, 4)).isEqualTo(Use.COPIED);
        assertThat(used(counts, 0)).isEqualTo(Use.COPIED);
        Passkey copied = passkeys().passkey(counts.id()).orElseThrow();
        assertThat(copied.counter()).isEqualTo(5);
        assertThat(copied.copiedAt()).contains(Nouns.NOW);
        assertThat(copied.usedAt()).isEmpty();
        assertThat(done(passkeys().used(counts, 6, at(Nouns.NOW.plusSeconds(9)))))
                .isEqualTo(Use.COUNTED);
        Passkey now = passkeys().passkey(counts.id()).orElseThrow();
        assertThat(now.counter()).isEqualTo(6);
        assertThat(now.usedAt()).contains(Nouns.NOW.plusSeconds(9));
        assertThat(now.copiedAt()).contains(Nouns.NOW);
        Passkey silent = added(alice, 0);
        assertThat(used(silent, 0)).isEqualTo(Use.COUNTED);
        assertThat(used(silent, 0)).isEqualTo(Use.COUNTED);
        assertThat(used(silent, 1)).isEqualTo(Use.COUNTED);
        assertThat(used(silent, 0)).isEqualTo(Use.COPIED);
        done(passkeys().remove(alice.user().id(), silent.id(), act));
        assertThat(passkeys().used(silent, 2, act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aKeyOpensNothingThatIsSomebodyElsesOrOver() {
        Somebody alice = somebody("alice");
        Passkey phone = added(alice, 5);
        Id bobs = login(somebody("bob"));
        Id over = login(alice);
        done(store().sessions().end(over, act));
        for (Id session : List.of(bobs, over, nouns.id(Kind.SESSION))) {
            assertThat(passkeys().opened(phone, session, act)).isInstanceOf(Stored.Missing.class);
        }
        assertThat(passkeys().passkey(phone.id())).as("nothing is written").contains(phone);
        done(passkeys().remove(alice.user().id(), phone.id(), act));
        assertThat(passkeys().opened(phone, alice.login(), act)).isInstanceOf(Stored.Missing.class);
        assertThat(open(bobs)).isTrue();
    }

    @Test
    void whatIsForgottenEndsWhatItOpenedAndNothingElse() {
        Somebody alice = somebody("alice");
        Id user = alice.user().id();
        Passkey phone = added(alice, 0);
        Passkey laptop = added(alice, 0);
        Id byPhone = login(alice);
        Id byLaptop = login(alice);
        opened(phone, byPhone);
        opened(laptop, byLaptop);
        int rows = trail().size();
        assertThat(done(passkeys().remove(user, phone.id(), act))).isEqualTo(1);
        audited(rows, "passkey.remove", user);
        assertThat(open(byPhone)).isFalse();
        assertThat(open(byLaptop)).isTrue();
        assertThat(open(alice.login())).isTrue();
        assertThat(done(passkeys().remove(user, phone.id(), act))).isZero();
    }

    @Test
    void whatIsGrantedInASessionEndsWithIt() {
        ended(somebody("alice"), (alice, phone) -> passkeys().remove(alice, phone, act));
        ended(somebody("bob"), (bob, _) -> passkeys().clear(bob, act));
    }

    private void ended(Somebody who, BiFunction<Id, Bytes, Stored<Long>> verb) {
        Application app = listener("app of " + who.user().username());
        Passkey phone = added(who, 0);
        Id session = login(who);
        opened(phone, session);
        Client client = signedIn(who, app, session);
        signedIn(who, app, who.login());
        Grant byKey = grant(who, application("a of " + who.user().username()), SIGN_IN, session);
        Grant byPassword = grant(who, application("b of " + who.user().username()), SIGN_IN);
        for (Grant grant : List.of(byKey, byPassword)) {
            done(grants().redeem(List.of(opened(grant)), redemption(grant), act));
        }
        assertThat(taken(Nouns.NOW)).isEmpty();
        assertThat(done(verb.apply(who.user().id(), phone.id()))).isEqualTo(1);
        assertThat(open(session)).isFalse();
        assertThat(dead(byKey)).isTrue();
        assertThat(dead(byPassword)).isFalse();
        assertThat(taken(Nouns.NOW).stream().map(Taken::notice)).containsExactly(client);
    }

    @Test
    void aKeyIsItsUsersToForget() {
        Somebody alice = somebody("alice");
        Id bob = somebody("bob").user().id();
        Passkey phone = added(alice, 0);
        assertThat(done(passkeys().remove(bob, phone.id(), act))).isZero();
        assertThat(passkeys().passkey(phone.id())).contains(phone);
        assertThat(passkeys().remove(nouns.id(Kind.USER), phone.id(), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void allIsForgottenTogether() {
        Somebody alice = somebody("alice");
        Id user = alice.user().id();
        assertThat(done(passkeys().clear(user, act))).isZero();
        assertThat(passkeys().clear(nouns.id(Kind.USER), act)).isInstanceOf(Stored.Missing.class);
        Passkey phone = added(alice, 0);
        Id byPhone = login(alice);
        opened(phone, byPhone);
        done(store().factors()
                .enrol(
                        new FactorStore.Totp(user, Encrypted.of(new byte[] {1}), Nouns.NOW, 7),
                        List.of(digest(), digest()),
                        byPhone,
                        act));
        int rows = trail().size();
        assertThat(done(passkeys().clear(user, act))).isEqualTo(1);
        audited(rows, "factor.clear", user);
        assertThat(passkeys().passkeys(user)).isEmpty();
        assertThat(store().factors().factors(user)).isEqualTo(new FactorStore.Factors(Optional.empty(), 0));
        assertThat(open(byPhone)).isFalse();
        assertThat(open(alice.login())).as("setting an app up ended it").isFalse();
    }

    /// Whoever knew the password alone could have made it (GAUNTLET L08).
    @Test
    void keysThatWereMadeWithoutASecondFactorGoWhenOneIsSetUp() {
        unsure(somebody("alice"), (who, totp) -> store().factors().enrol(totp, List.of(digest()), who.login(), act));
        unsure(somebody("bob"), (_, totp) -> store().factors().enrolFirst(totp, List.of(digest()), act));
    }

    private void unsure(Somebody who, BiFunction<Somebody, FactorStore.Totp, Stored<FactorStore.Factors>> enrol) {
        Id user = who.user().id();
        Passkey unsure = done(passkeys().add(passkey(who, 0, false), who.login(), act));
        Passkey sure = added(who, 0);
        Somebody other = somebody("other " + who.user().username());
        Passkey others = done(passkeys().add(passkey(other, 0, false), other.login(), act));
        Id session = login(who);
        opened(unsure, session);
        Grant granted = grant(who, application("c of " + who.user().username()), SIGN_IN, session);
        opened(granted);
        done(enrol.apply(who, new FactorStore.Totp(user, Encrypted.of(new byte[] {1}), Nouns.NOW, 7)));
        assertThat(passkeys().passkeys(user)).extracting(Passkey::id).containsExactly(sure.id());
        assertThat(open(session)).isFalse();
        assertThat(dead(granted)).isTrue();
        assertThat(passkeys().opened(unsure, login(who), act)).isInstanceOf(Stored.Missing.class);
        assertThat(passkeys().passkey(others.id())).contains(others);
    }

    @Test
    void ofManyThatCountTheSameOneIsTaken() {
        Somebody alice = somebody("alice");
        for (int round = 1; round <= ROUNDS; round++) {
            Passkey phone = added(alice, round);
            long next = round + 1L;
            assertThat(Race.race(Race.callers(_ -> () -> used(phone, next)))).containsOnlyOnce(Use.COUNTED);
        }
    }
}
