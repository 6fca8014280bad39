package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.secret.TrustedIssuer;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Public keys of applications, and the assertions that were signed under them: each counts once (GAUNTLET C06).
public abstract class AssertionContract extends StoreContract {
    private static final int ROUNDS = 25;
    private static final Instant UNTIL = Nouns.NOW.plus(Duration.ofMinutes(5));

    private AssertionStore assertions() {
        return store().assertions();
    }

    /// What assertions are known by.
    static Bytes jti(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[31] = (byte) (number >> 8);
        return Bytes.of(bytes);
    }

    private Application application() {
        return done(store().members().add(nouns.application(root(), "shop"), act));
    }

    @Test
    void publicKeysAreKeptAsTheyAreAndProveTheirApplicationByName() {
        Application application = application();
        Credential secret = done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
        Credential keys = nouns.credential(application, CredentialKind.PUBLIC_KEY);
        int before = trail().size();
        assertThat(done(store().members().add(keys, act))).isEqualTo(keys);
        audited(before, "credential.add", keys.id());
        assertThat(trail().getFirst().detail()).contains("public_key");
        assertThat(store().members().credential(keys.id())).contains(keys);
        assertThat(facts(keys.id()).credential()).isEqualTo(keys.lean());
        assertThat(facts(keys.id()).credential().evidence()).isEqualTo(Nouns.JWKS);
        assertThat(((Look.Known<List<Id>>) store().facts().loadCredentialsOf("shop")).value())
                .containsExactlyInAnyOrder(secret.id(), keys.id());
        done(store().members().revoke(keys.id(), act));
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(secret.id())));
    }

    @Test
    void believingAnIssuerOfUsersIsAuditedAsThat() {
        Application application = application();
        PublicKeys jwks = Nouns.JWKS;
        for (Optional<String> subject : List.of(Optional.of("job"), Optional.<String>empty())) {
            PublicKeys text = new PublicKeys(new TrustedIssuer("https://ci.example.com", subject, jwks).text());
            Credential plain = nouns.credential(application, CredentialKind.PUBLIC_KEY);
            Credential trust = new Credential(
                    plain.id(),
                    plain.holder(),
                    plain.organization(),
                    plain.kind(),
                    plain.name(),
                    plain.hint(),
                    text,
                    plain.stretch(),
                    plain.reach(),
                    plain.restrictions(),
                    plain.standing(),
                    plain.createdAt());
            int before = trail().size();
            assertThat(done(store().members().add(trust, act))).isEqualTo(trust);
            audited(before, subject.isPresent() ? "credential.add" : "credential.trust", trust.id());
        }
    }

    @Test
    void aSigningKeyIsKeptEncryptedAndFoundByItsApplicationsName() {
        Application application = application();
        Credential key = nouns.credential(application, CredentialKind.SIGNING_KEY);
        int before = trail().size();
        assertThat(done(store().members().add(key, act))).isEqualTo(key);
        audited(before, "credential.add", key.id());
        assertThat(store().members().credential(key.id())).contains(key);
        assertThat(facts(key.id()).credential().evidence()).isEqualTo(key.evidence());
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(key.id())));
        Credential next = nouns.credential(application, CredentialKind.SIGNING_KEY);
        assertThat(done(store().members().rotate(key, Nouns.NOW, next, act))).isEqualTo(next);
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(next.id())));
        assertThat(store().members().signing(Optional.empty(), 10)).containsExactly(next);
    }

    @Test
    void signingKeysAreBoundedAndEncryptedAnewOnlyAsTheyAre() {
        Application application = application();
        List<Credential> keys = Stream.generate(() -> nouns.credential(application, CredentialKind.SIGNING_KEY))
                .limit(MemberStore.MAX_SIGNING_KEYS)
                .map(key -> done(store().members().add(key, act)))
                .sorted((one, other) ->
                        Long.compareUnsigned(one.id().value(), other.id().value()))
                .toList();
        assertThat(store().members().add(nouns.credential(application, CredentialKind.SIGNING_KEY), act))
                .isInstanceOf(Stored.Full.class);
        assertThat(store().members().signing(Optional.of(keys.get(1).id()), 3)).isEqualTo(keys.subList(2, 5));
        Credential one = keys.getFirst();
        SealedKey sealed = SealedKey.of(new byte[] {7, 0, -1});
        int before = trail().size();
        assertThat(done(store().members().rewrap(one, sealed, act))).isEqualTo(one.with(sealed));
        audited(before, "credential.rewrap", one.id());
        assertThat(facts(one.id()).credential().evidence()).isEqualTo(sealed);
        assertThat(store().members().rewrap(one, sealed, act)).isInstanceOf(Stored.Moved.class);
        done(store().members().revoke(one.id(), act));
        assertThat(store().members().rewrap(one.with(sealed), SealedKey.of(new byte[] {1}), act))
                .isInstanceOf(Stored.Moved.class);
        assertThat(store().members().rewrap(nouns.credential(application, CredentialKind.SIGNING_KEY), sealed, act))
                .isInstanceOf(Stored.Missing.class);
        done(store().members().add(nouns.credential(application, CredentialKind.SIGNING_KEY), act));
    }

    @Test
    void anAssertionIsUsedOnce() {
        Id one = nouns.id(Kind.APPLICATION);
        Id other = nouns.id(Kind.APPLICATION);
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isFalse();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL.minusSeconds(1)))
                .isFalse();
        assertThat(assertions().use(other, jti(1), UNTIL, Nouns.NOW))
                .as("another's of the same name")
                .isTrue();
        assertThat(assertions().use(one, jti(2), UNTIL, Nouns.NOW)).isTrue();
    }

    @Test
    void oneThatIsOverIsInNobodysWay() {
        Id one = nouns.id(Kind.APPLICATION);
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL)).isFalse();
    }

    @Test
    void ofManyUsesAtOnceOneIsFirst() {
        Id one = nouns.id(Kind.APPLICATION);
        for (int round = 0; round < ROUNDS; round++) {
            Bytes jti = jti(round);
            assertThat(Race.race(Race.callers(_ -> () -> assertions().use(one, jti, UNTIL, Nouns.NOW))))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyThatFindOneThatIsOverOneIsFirst() {
        Id one = nouns.id(Kind.APPLICATION);
        for (int round = 0; round < ROUNDS; round++) {
            Bytes jti = jti(round);
            assertThat(assertions().use(one, jti, UNTIL, Nouns.NOW)).isTrue();
            assertThat(Race.race(Race.callers(_ -> () -> assertions().use(one, jti, UNTIL.plusSeconds(60), UNTIL))))
                    .containsOnlyOnce(true);
        }
    }
}
