package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKey.Use;
import dev.gatehouse.core.store.StoredKeys;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Signing and sealing keys.
public abstract class KeyContract extends StoreContract {
    private KeyStore keys() {
        return store().keys();
    }

    private Id prepared(Optional<Id> api, Use use) {
        return done(keys().prepare(nouns.key(api, use), act)).id();
    }

    private State state(Id key) {
        return row(key).state();
    }

    private StoredKey row(Id key) {
        return keys().key(key).orElseThrow();
    }

    private KeyStep step(Id key, State to) {
        return Nouns.step(row(key), to, act.at());
    }

    @Test
    void aPreparedKeyIsReadBackAsItWas() {
        StoredKey key = nouns.key(Optional.of(installed.admin().id()), Use.SIGN);
        int before = trail().size();
        assertThat(done(keys().prepare(key, act))).isEqualTo(key);
        audited(before, "key.prepare", key.id());
        assertThat(keys().keys()).isEqualTo(new StoredKeys(List.of(key), List.of()));
        assertThat(keys().key(key.id())).contains(key);
        assertThat(keys().key(nouns.id(Kind.KEY))).isEmpty();
        assertThat(keys().prepare(key, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(keys().prepare(nouns.key(Optional.of(nouns.id(Kind.API)), Use.SIGN), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void oneKeyIsPreparedForEachApiAndUse() {
        Optional<Id> api = Optional.of(installed.admin().id());
        for (Optional<Id> owner : List.of(api, Optional.<Id>empty())) {
            for (Use use : Use.values()) {
                Id first = prepared(owner, use);
                int before = trail().size();
                assertThat(keys().prepare(nouns.key(owner, use), act)).isInstanceOf(Stored.Conflict.class);
                assertThat(trail()).hasSize(before);
                done(keys().advance(List.of(step(first, State.ACTIVE)), act));
                prepared(owner, use);
            }
        }
    }

    @Test
    void stepsAreTakenTogetherAndReadBackAsTheyWere() {
        Id first = prepared(Optional.empty(), Use.SEAL);
        done(keys().advance(List.of(step(first, State.ACTIVE)), act));
        Id second = prepared(Optional.empty(), Use.SEAL);
        List<KeyStep> steps = List.of(step(first, State.RETIRED), step(second, State.ACTIVE));
        List<StoredKey> after = steps.stream().map(KeyStep::after).toList();
        assertThat(done(keys().advance(steps, act))).isEqualTo(after);
        assertThat(keys().keys().sound()).containsExactlyInAnyOrderElementsOf(after);
        assertThat(trail())
                .filteredOn(audit -> audit.target().equals(Optional.of(first)))
                .extracting(AuditRow::verb)
                .containsExactlyInAnyOrder("key.prepare", "key.activate", "key.retire");
    }

    @Test
    void ofSeveralStepsAllAreTakenOrNone() {
        Id first = prepared(Optional.empty(), Use.SEAL);
        KeyStep activate = step(first, State.ACTIVE);
        done(keys().advance(List.of(activate), act));
        Id second = prepared(Optional.empty(), Use.SEAL);
        int before = trail().size();
        KeyStep next = step(second, State.ACTIVE);
        assertThat(keys().advance(List.of(next), act)).as("one is active").isInstanceOf(Stored.Conflict.class);
        assertThat(keys().advance(List.of(step(first, State.RETIRED), activate), act))
                .as("the second step was taken before")
                .isInstanceOf(Stored.Conflict.class);
        assertThat(state(first)).isEqualTo(State.ACTIVE);
        assertThat(state(second)).isEqualTo(State.PREPARED);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void aStepIsTakenOnceAndFromItsOwnRowOnly() {
        Id key = prepared(Optional.empty(), Use.SEAL);
        KeyStep activate = step(key, State.ACTIVE);
        done(keys().advance(List.of(activate), act));
        assertThat(keys().advance(List.of(activate), act)).isInstanceOf(Stored.Conflict.class);
        done(keys().advance(List.of(step(key, State.ACTIVE)), act));
        assertThat(row(key).version()).isEqualTo(2);
        KeyStep retire = step(key, State.RETIRED);
        done(keys().withdraw(key, act));
        assertThat(keys().advance(List.of(retire), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(keys().advance(
                                List.of(Nouns.step(nouns.key(Optional.empty(), Use.SEAL), State.ACTIVE, act.at())),
                                act))
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void aWithdrawnKeyIsGoneForGood() {
        Id key = prepared(Optional.empty(), Use.SEAL);
        int before = trail().size();
        assertThat(done(keys().withdraw(key, act))).isEqualTo(key);
        audited(before, "key.withdraw", key);
        StoredKey withdrawn = row(key);
        assertThat(withdrawn.state()).isEqualTo(State.WITHDRAWN);
        assertThat(withdrawn.encrypted().bytes()).isEmpty();
        before = trail().size();
        done(keys().withdraw(key, act));
        assertThat(trail()).hasSize(before);
        assertThat(row(key)).isEqualTo(withdrawn);
        assertThat(keys().keys().sound()).isEmpty();
        assertThat(keys().withdraw(nouns.id(Kind.KEY), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void everyStepOfAKeyIsHeardBeforeItIsAnswered() {
        AtomicInteger heard = new AtomicInteger();
        store().onKeysChanged(heard::incrementAndGet);
        Id key = prepared(Optional.empty(), Use.SEAL);
        int prepared = heard.get();
        assertThat(prepared).isPositive();
        done(keys().advance(List.of(step(key, State.ACTIVE)), act));
        int active = heard.get();
        assertThat(active).isGreaterThan(prepared);
        done(keys().withdraw(key, act));
        assertThat(heard.get()).isGreaterThan(active);
    }
}
