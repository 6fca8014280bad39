package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKey.Use;
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
        return keys().keys().stream()
                .filter(found -> found.id().equals(key))
                .findFirst()
                .map(StoredKey::state)
                .orElse(State.WITHDRAWN);
    }

    @Test
    void aPreparedKeyIsReadBackAsItWas() {
        StoredKey key = nouns.key(Optional.of(installed.admin().id()), Use.SIGN);
        int before = trail().size();
        assertThat(done(keys().prepare(key, act))).isEqualTo(key);
        audited(before, "key.prepare", key.id());
        assertThat(keys().keys()).containsExactly(key);
        assertThat(keys().prepare(key, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(keys().prepare(nouns.key(Optional.of(nouns.id(Kind.API)), Use.SIGN), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void activatingRetiresTheOneBefore() {
        Optional<Id> api = Optional.of(installed.admin().id());
        Id first = prepared(api, Use.SIGN);
        Id second = prepared(api, Use.SIGN);
        Id asserting = prepared(api, Use.ASSERT);
        Id sealing = prepared(Optional.empty(), Use.SEAL);
        Id nextSealing = prepared(Optional.empty(), Use.SEAL);
        assertThat(done(keys().activate(first, act)).activatedAt()).contains(act.at());
        done(keys().activate(asserting, act));
        done(keys().activate(sealing, act));
        int before = trail().size();
        done(keys().activate(second, act));
        audited(before, "key.activate", second);
        done(keys().activate(nextSealing, act));
        assertThat(state(first)).isEqualTo(State.RETIRED);
        assertThat(state(second)).isEqualTo(State.ACTIVE);
        assertThat(state(asserting)).isEqualTo(State.ACTIVE);
        assertThat(state(sealing)).isEqualTo(State.RETIRED);
        assertThat(state(nextSealing)).isEqualTo(State.ACTIVE);
    }

    @Test
    void onlyAPreparedKeyIsActivated() {
        Id key = prepared(Optional.empty(), Use.SEAL);
        done(keys().activate(key, act));
        assertThat(keys().activate(key, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(state(key)).isEqualTo(State.ACTIVE);
        done(keys().withdraw(key, act));
        assertThat(keys().activate(key, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(keys().activate(nouns.id(Kind.KEY), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void aWithdrawnKeyIsGoneForGood() {
        Id key = prepared(Optional.empty(), Use.SEAL);
        int before = trail().size();
        StoredKey withdrawn = done(keys().withdraw(key, act));
        audited(before, "key.withdraw", key);
        assertThat(withdrawn.state()).isEqualTo(State.WITHDRAWN);
        assertThat(withdrawn.encrypted().bytes()).isEmpty();
        assertThat(done(keys().withdraw(key, act))).isEqualTo(withdrawn);
        assertThat(keys().keys()).isEmpty();
        assertThat(keys().withdraw(nouns.id(Kind.KEY), act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void everyStepOfAKeyIsHeardBeforeItIsAnswered() {
        AtomicInteger heard = new AtomicInteger();
        store().onKeysChanged(heard::incrementAndGet);
        Id key = prepared(Optional.empty(), Use.SEAL);
        int prepared = heard.get();
        assertThat(prepared).isPositive();
        done(keys().activate(key, act));
        assertThat(heard.get()).isGreaterThan(prepared);
    }
}
