package dev.gatehouse.oauth.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of secrets of apps when the keys that encrypt them are exchanged, or are lost (GAUNTLET N03).
class FactorKeysTest {
    @TempDir
    Path folder;

    private final Nouns nouns = new Nouns(1);
    private final SecureRandom random = new SecureRandom();
    private final Store store = new MemoryStore(_ -> new byte[32], random);
    private final Installation installed = nouns.installation();
    private Instant now = Nouns.NOW;
    private final InstantSource clock = () -> now;
    private Custody custody;
    private int sessions;

    @BeforeEach
    void begin() {
        custody = custody("first");
        store.install(installed, act());
    }

    private Custody custody(String name) {
        return Custody.open(folder.resolve(name), true, random);
    }

    private Act act() {
        return new Act(nouns.act().actor(), "r", now);
    }

    private SecondFactors factors(Custody of) {
        return new SecondFactors(store.factors(), of, custody.pepper(), clock, random);
    }

    /// A user with an app.
    ///
    /// @param recovery what it was shown
    private record Somebody(Id id, String secret, List<String> recovery) {
        String code(Instant now) {
            return TimeCodes.code(Base32.decode(secret).orElseThrow(), TimeCodes.step(now));
        }
    }

    private Somebody enrolled(String username) {
        User user = nouns.user(installed.root().id(), username);
        store.users().add(user, act());
        Membership membership = nouns.membership(user.id(), installed.root().id());
        store.users().add(membership, act());
        Credential password = nouns.password(user);
        store.users().setPassword(password, act());
        Id login = login(user, membership, password);
        Somebody none = new Somebody(user.id(), factors(custody).draw(), List.of());
        SecondFactors.Drawn drawn = factors(custody).enrol(none.id(), none.secret(), none.code(now), login, act());
        return new Somebody(none.id(), none.secret(), ((SecondFactors.Drawn.Codes) drawn).codes());
    }

    private Id login(User user, Membership membership, Credential password) {
        Session session = new Session(
                nouns.id(Kind.SESSION),
                user.id(),
                new Lineage(user.organization(), membership.id(), password.id(), new Generations(0, 0, 0, 0)),
                now,
                now.plus(Duration.ofDays(1)),
                Duration.ofHours(1),
                now,
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
        Digest digest = Digest.of(1, ByteBuffer.allocate(32).putInt(++sessions).array());
        assertThat(store.sessions().open(session, digest, SessionStore.Rule.MANY, act()))
                .isInstanceOf(Stored.Done.class);
        return session.id();
    }

    private SecondFactors.Checked check(Custody of, Somebody who, String code) {
        return factors(of).check(who.id(), code, act());
    }

    @Test
    void secretsAreTakenFromOneKeyToTheNext() {
        List<Somebody> people = List.of(enrolled("alice"), enrolled("bob"), enrolled("carol"));
        SecretsRewrap rewrap = new SecretsRewrap(store.factors(), custody);
        assertThat(rewrap.left()).isZero();
        custody.add();
        custody.promote();
        assertThat(rewrap.left()).isEqualTo(3);
        assertThat(rewrap.run()).isEqualTo(3);
        assertThat(rewrap.left()).isZero();
        assertThat(rewrap.run()).as("again").isZero();
        custody.dropOthers();
        now = now.plusSeconds(TimeCodes.PERIOD_SECONDS);
        for (Somebody who : people) {
            assertThat(check(custody, who, who.code(now))).isInstanceOf(SecondFactors.Checked.Right.class);
        }
    }

    @Test
    void aSecretThatCannotBeReadStopsTheExchangeAndNoRecovery() {
        Somebody alice = enrolled("alice");
        Custody other = custody("second");
        assertThatThrownBy(() -> new SecretsRewrap(store.factors(), other).run())
                .isInstanceOf(CustodyException.class)
                .hasMessageContaining(alice.id().text());
        now = now.plusSeconds(TimeCodes.PERIOD_SECONDS);
        assertThatThrownBy(() -> check(other, alice, alice.code(now))).isInstanceOf(FactsUnavailable.class);
        String recovery = alice.recovery().getFirst();
        assertThat(check(other, alice, recovery)).isInstanceOf(SecondFactors.Checked.Right.class);
        assertThat(check(other, alice, recovery)).isInstanceOf(SecondFactors.Checked.Wrong.class);
    }
}
