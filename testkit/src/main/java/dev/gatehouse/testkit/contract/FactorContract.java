package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.FactorStore.Factors;
import dev.gatehouse.core.store.FactorStore.Totp;
import dev.gatehouse.core.store.FactorStore.Tried;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What proves people a second time (GAUNTLET L08).
public abstract class FactorContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final long STEP = 57_000_000;

    private FactorStore factors() {
        return store().factors();
    }

    private static Encrypted sealed(String text) {
        return Encrypted.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Totp totp(Id user) {
        return new Totp(user, sealed("secret of " + user), Nouns.NOW, STEP);
    }

    private List<Digest> codes(int many) {
        return IntStream.range(0, many).mapToObj(_ -> digest()).toList();
    }

    private Id enrolled(String username, List<Digest> codes) {
        Somebody who = somebody(username);
        Id user = who.user().id();
        done(factors().enrol(totp(user), codes, who.login(), act));
        return user;
    }

    @Test
    void nobodyHasAnythingBeforeItIsSetUp() {
        Id user = somebody("alice").user().id();
        assertThat(factors().factors(user)).isEqualTo(new Factors(Optional.empty(), 0));
        assertThat(factors().factors(nouns.id(Kind.USER))).isEqualTo(new Factors(Optional.empty(), 0));
        assertThat(factors().attempt(user, Tried.APP, Nouns.NOW)).isFalse();
        assertThat(factors().use(totp(user), STEP + 1)).isFalse();
        assertThat(factors().recover(user, List.of(digest()), act)).isInstanceOf(Stored.Missing.class);
        assertThat(factors().renew(user, codes(2), act)).isInstanceOf(Stored.Missing.class);
        int rows = trail().size();
        assertThat(done(factors().remove(user, act)).codes()).isZero();
        assertThat(trail()).as("nothing was done").hasSize(rows);
        assertThat(factors().remove(nouns.id(Kind.USER), act)).isInstanceOf(Stored.Missing.class);
        assertThat(factors().enrol(totp(nouns.id(Kind.USER)), codes(2), nouns.id(Kind.SESSION), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void whatIsSetUpTakesThePlaceOfWhatWas() {
        Somebody who = somebody("alice");
        Id user = who.user().id();
        List<Digest> first = codes(3);
        int rows = trail().size();
        assertThat(done(factors().enrol(totp(user), first, who.login(), act)))
                .isEqualTo(new Factors(Optional.of(totp(user)), 3));
        audited(rows, "factor.enrol", user);
        Totp other = new Totp(user, sealed("another"), Nouns.NOW.plusSeconds(60), STEP + 2);
        assertThat(done(factors().enrol(other, codes(2), who.login(), act)))
                .isEqualTo(new Factors(Optional.of(other), 2));
        assertThat(factors().factors(user)).isEqualTo(new Factors(Optional.of(other), 2));
        assertThat(factors().recover(user, List.of(first.getFirst()), act)).isInstanceOf(Stored.Missing.class);
        assertThat(factors().use(totp(user), STEP + 9))
                .as("what was read before")
                .isFalse();
        assertThat(done(factors().remove(user, act))).isEqualTo(new Factors(Optional.empty(), 0));
        assertThat(factors().factors(user)).isEqualTo(new Factors(Optional.empty(), 0));
    }

    @Test
    void theFirstIsSetUpOnceAndEndsAllThatWasOpenedWithoutIt() {
        Somebody who = somebody("alice");
        Id user = who.user().id();
        Grant away = grant(who, application("app"), Scopes.of("offline_access", "orders:read"));
        Grant bobs = grant(somebody("bob"), application("another"), PLAIN);
        List.of(away, bobs).forEach(this::opened);
        assertThat(done(factors().enrolFirst(totp(user), codes(3), act)))
                .isEqualTo(new Factors(Optional.of(totp(user)), 3));
        assertThat(store().sessions().session(who.login()).orElseThrow().ended())
                .isTrue();
        assertThat(dead(away)).isTrue();
        assertThat(dead(bobs)).isFalse();
        assertThat(factors().enrolFirst(totp(user), codes(3), act))
                .as("nobody's second")
                .isInstanceOf(Stored.Conflict.class);
        assertThat(factors().enrolFirst(totp(nouns.id(Kind.USER)), codes(2), act))
                .isInstanceOf(Stored.Missing.class);
        Id carol = somebody("carol").user().id();
        int rows = trail().size();
        done(factors().enrolFirst(totp(carol), codes(1), act));
        audited(rows, "factor.enrol_first", carol);
        done(store().members().revoke(bobs.user(), act));
        assertThat(factors().enrolFirst(totp(bobs.user()), codes(2), act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void ofManyThatSetUpTheFirstOneIsTaken() {
        for (int round = 0; round < ROUNDS; round++) {
            Id user = somebody("racer" + round).user().id();
            assertThat(Race.race(Race.callers(_ -> {
                        List<Digest> own = codes(1);
                        return () -> factors().enrolFirst(totp(user), own, act) instanceof Stored.Done;
                    })))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void whoeverIsRevokedSetsNothingUp() {
        Somebody who = somebody("alice");
        Id user = who.user().id();
        done(store().members().revoke(user, act));
        assertThat(factors().enrol(totp(user), codes(1), who.login(), act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void settingUpEndsAllThatWasOpenedWithoutIt() {
        Somebody who = somebody("alice");
        Id user = who.user().id();
        Somebody bob = somebody("bob");
        Id other = login(who);
        Id over = login(who);
        done(store().sessions().end(over, act));
        Application app = application("app");
        Grant own = grant(who, app, PLAIN);
        Grant others = grant(who, app, PLAIN, other);
        Grant away = grant(who, app, Scopes.of("offline_access", "orders:read"), other);
        Grant bobs = grant(bob, app, PLAIN);
        List.of(own, others, away, bobs).forEach(this::opened);
        assertThat(factors().enrol(totp(user), codes(1), over, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(factors().enrol(totp(user), codes(1), bob.login(), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(store().sessions().session(other).orElseThrow().ended()).isFalse();
        done(factors().enrol(totp(user), codes(1), who.login(), act));
        assertThat(Stream.of(who.login(), bob.login(), other)
                        .map(id -> store().sessions().session(id).orElseThrow().ended()))
                .containsExactly(false, false, true);
        assertThat(Stream.of(own, bobs, others, away).map(this::dead)).containsExactly(false, false, true, true);
    }

    /// Of two that know the password, the one who sets its app up first has locked the other out.
    @Test
    void ofManyLoginsAtOnceOneSetsAnAppUp() {
        for (int round = 0; round < ROUNDS; round++) {
            Somebody who = somebody("alice" + round);
            List<Stored<Factors>> stored = Race.race(Race.callers(_ -> {
                Id login = login(who);
                return () -> factors().enrol(totp(who.user().id()), codes(1), login, act);
            }));
            assertThat(stored.stream().filter(one -> one instanceof Stored.Done<Factors>))
                    .hasSize(1);
        }
    }

    @Test
    void aTimeStepIsUsedOnceAndNoneBeforeIt() {
        Totp totp = totp(enrolled("alice", List.of()));
        assertThat(factors().use(totp, STEP)).as("that of setting it up").isFalse();
        assertThat(factors().use(totp, STEP + 2)).isTrue();
        assertThat(factors().use(totp, STEP + 2)).isFalse();
        assertThat(factors().use(totp, STEP + 1)).isFalse();
        assertThat(factors().use(totp, STEP + 3)).isTrue();
        assertThat(factors().factors(totp.user()).totp().orElseThrow().lastStep())
                .isEqualTo(STEP + 3);
    }

    @Test
    void aRecoveryCodeIsItsUsersAndCountsOnce() {
        List<Digest> codes = codes(2);
        Id alice = enrolled("alice", codes);
        Id bob = enrolled("bob", codes(2));
        List<Digest> shown = List.of(digest(), codes.getFirst());
        assertThat(factors().recover(bob, shown, act)).isInstanceOf(Stored.Missing.class);
        int rows = trail().size();
        assertThat(done(factors().recover(alice, shown, act)).codes()).isEqualTo(1);
        audited(rows, "factor.recover", alice);
        assertThat(factors().recover(alice, shown, act)).isInstanceOf(Stored.Missing.class);
        assertThat(done(factors().renew(alice, codes(5), act)).codes()).isEqualTo(5);
        assertThat(factors().recover(alice, List.of(codes.getLast()), act))
                .as("one of before")
                .isInstanceOf(Stored.Missing.class);
        assertThat(factors().factors(bob).codes()).isEqualTo(2);
    }

    /// GAUNTLET L02.
    @Test
    void triesAreBoundedUntilOneIsRightOrTheirTimeIsOver() {
        List<Digest> codes = codes(2);
        Id user = enrolled("alice", codes);
        Instant now = Nouns.NOW;
        bounded(user, now);
        Instant later = now.plus(FactorStore.WINDOW);
        for (Tried as : Tried.values()) {
            assertThat(factors().attempt(user, as, later.minusSeconds(1))).isFalse();
        }
        bounded(user, later);
        assertThat(factors().use(totp(user), STEP + 1)).isTrue();
        bounded(user, later);
        done(factors().recover(user, List.of(codes.getFirst()), act));
        bounded(user, later);
    }

    /// Each by itself.
    private void bounded(Id user, Instant now) {
        for (Tried as : Tried.values()) {
            assertThat(tries(user, as, now)).as(as.name()).isEqualTo(as.most());
        }
    }

    private long tries(Id user, Tried as, Instant now) {
        return Stream.generate(() -> factors().attempt(user, as, now))
                .limit(as.most() + 5L)
                .filter(counted -> counted)
                .count();
    }

    @Test
    void ofManyAtOnceOneUsesAStepAndOneACode() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Digest> codes = codes(2);
            Id user = enrolled("alice" + round, codes);
            assertThat(Race.race(Race.callers(_ -> () -> factors().use(totp(user), STEP + 1))))
                    .containsOnlyOnce(true);
            assertThat(Race.race(Race.callers(_ -> () ->
                            factors().recover(user, List.of(codes.getFirst()), act) instanceof Stored.Done<Factors>)))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyTriesAtOnceNoMoreAreLetThroughThanMayBe() {
        Id user = enrolled("alice", List.of());
        List<Boolean> counted = IntStream.range(0, 4)
                .boxed()
                .flatMap(_ ->
                        Race.race(Race.callers(_ -> () -> factors().attempt(user, Tried.APP, Nouns.NOW))).stream())
                .toList();
        assertThat(counted).hasSizeGreaterThan(Tried.APP.most());
        assertThat(counted.stream().filter(one -> one)).hasSize(Tried.APP.most());
    }

    @Test
    void secretsAreEncryptedAnewInThePlaceOfWhatWasRead() {
        List<Id> users = Stream.of("alice", "bob", "carol")
                .map(username -> enrolled(username, List.of()))
                .sorted(Comparator.comparing(Id::value, Long::compareUnsigned))
                .toList();
        List<Totp> first = factors().totps(Optional.empty(), 2);
        assertThat(first).extracting(Totp::user).containsExactlyElementsOf(users.subList(0, 2));
        assertThat(factors().totps(Optional.of(users.get(1)), 2))
                .extracting(Totp::user)
                .containsExactly(users.get(2));
        Totp one = first.getFirst();
        assertThat(factors().rewrap(one, sealed("anew"))).isTrue();
        assertThat(factors().rewrap(one, sealed("again"))).isFalse();
        assertThat(factors().factors(one.user()).totp().orElseThrow().secret()).isEqualTo(sealed("anew"));
    }
}
