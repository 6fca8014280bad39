package dev.gatehouse.oauth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Gate;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.SessionText;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.SessionStore.Rule;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.password.Argon2.Cost;
import dev.gatehouse.oauth.password.StretchedPasswords.Bounds;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A login over the verifier: opened with a password, used, slid along, closed.
class SessionsTest {
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final Duration IDLE = Duration.ofMinutes(60);

    private final Nouns nouns = new Nouns(1);
    private final Random random = new Random(1);
    private final Pepper pepper = Pepper.of(List.of(Pepper.Entry.of(1, new byte[32])));
    private final Store store = new MemoryStore(_ -> new byte[32], random);
    private final Installation installed = nouns.installation();
    private final Api api = installed.admin();
    private final List<Runnable> background = new ArrayList<>();
    private Instant now = Nouns.NOW;
    private final StretchedPasswords passwords = new StretchedPasswords(
            new Argon2(new Cost(8, 1, 1), random), pepper, store.users(), Bounds.of(8), random, () -> now, () -> 0);
    private final Sessions sessions = new Sessions(store.sessions(), pepper, random, () -> now, background::add);
    private final Verifier verifier = new Verifier(
            new Prover(
                    store.facts(),
                    CheckKeys.of(List.of(CheckKeys.Entry.of('1', new byte[32]))),
                    pepper,
                    none(),
                    passwords,
                    new Misses(() -> 0, random)),
            store.facts(),
            () -> now,
            sessions::used,
            Gate.OPEN);
    private User user = nouns.user(nouns.id(Kind.ORGANIZATION), "nobody");

    private static TokenReader none() {
        return new TokenReader() {
            @Override
            public boolean recognises(Secret presented) {
                return false;
            }

            @Override
            public Read read(Secret presented, Api of) {
                return new Read.Refused("none");
            }

            @Override
            public Read readLoading(Secret presented, Api of) {
                return read(presented, of);
            }
        };
    }

    @BeforeEach
    void begin() {
        store.install(installed, act());
        Id root = installed.root().id();
        user = nouns.user(root, "alice");
        store.users().add(user, act());
        Membership plain = nouns.membership(user.id(), root);
        store.users()
                .add(
                        new Membership(
                                plain.id(),
                                plain.user(),
                                plain.organization(),
                                Optional.of(installed.owner().id()),
                                plain.standing(),
                                plain.createdAt()),
                        act());
        Credential password = passwords.credential(nouns.id(Kind.CREDENTIAL), user, PASSWORD, now);
        assertThat(store.users().setPassword(password, act())).isInstanceOf(Stored.Done.class);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Act act() {
        return new Act(nouns.act().actor(), "r", now);
    }

    private static Sessions.Terms terms(SessionText text, Rule rule) {
        return new Sessions.Terms(text, IDLE, Duration.ofHours(8), true, rule, Restriction.unrestricted());
    }

    private Checked check(Presented presented, Ask ask) {
        return verifier.verifyLoading(presented, api, ask, 0);
    }

    private static Verdict.Allowed allowed(Checked checked) {
        assertThat(checked).isInstanceOf(Checked.Allowed.class);
        return ((Checked.Allowed) checked).verdict();
    }

    private Sessions.Opened open(SessionText text, Rule rule) {
        Presented login = new Presented.Login("Alice", PASSWORD, Optional.empty(), FROM);
        Verdict.Allowed in = allowed(check(login, new Ask.Authenticate(FROM)));
        return sessions.open(in, terms(text, rule), FROM, act());
    }

    private static Secret text(Sessions.Opened opened) {
        return ((Sessions.Opened.Open) opened).text();
    }

    private Checked call(Secret text) {
        return check(new Presented.Session(text), new Ask.Call(new Need.Authenticated(), FROM));
    }

    @ParameterizedTest
    @EnumSource(SessionText.class)
    void aSessionIsOpenedUsedAndClosed(SessionText form) {
        Sessions.Opened.Open opened = (Sessions.Opened.Open) open(form, Rule.MANY);
        assertThat(opened.session().ofPagesOf(api.id())).isFalse();
        Secret text = opened.text();
        assertThat(text.reveal())
                .matches(
                        form == SessionText.UUID
                                ? "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
                                : "ghl_[0-9a-f]{64}");
        Verdict.Allowed in = allowed(call(text));
        assertThat(in.members().holder().who()).isEqualTo(user.id());
        assertThat(sessions.close(in, act())).isInstanceOf(Stored.Done.class);
        assertThat(call(text)).isInstanceOf(Checked.Refused.class);
        assertThat(call(Secret.of("unknown"))).isInstanceOf(Checked.Refused.class);
    }

    @Test
    void aUseIsWrittenOnceAStepAndKeepsItOpen() {
        Secret text = text(open(SessionText.UUID, Rule.MANY));
        for (int i = 0; i < 100; i++) {
            allowed(call(text));
        }
        assertThat(background).as("nothing to write yet").isEmpty();
        for (int hour = 0; hour < 3; hour++) {
            now = now.plus(IDLE);
            allowed(call(text));
            allowed(call(text));
            assertThat(background).hasSize(1);
            background.removeFirst().run();
            allowed(call(text));
            assertThat(background).isEmpty();
        }
        now = now.plus(IDLE).plus(IDLE.dividedBy(12));
        assertThat(((Checked.Refused) call(text)).refusal()).isInstanceOf(Refusal.Expired.class);
    }

    /// However late it is written down.
    @Test
    void aUseCountsFromWhenItWasUsed() {
        Secret text = text(open(SessionText.UUID, Rule.MANY));
        now = now.plus(IDLE);
        allowed(call(text));
        now = now.plus(IDLE).plus(IDLE);
        background.removeFirst().run();
        assertThat(((Checked.Refused) call(text)).refusal()).isInstanceOf(Refusal.Expired.class);
    }

    @Test
    void whoMayHaveOneIsRefusedAnotherOrLosesTheFirst() {
        Secret first = text(open(SessionText.UUID, Rule.REFUSE));
        assertThat(open(SessionText.UUID, Rule.REFUSE)).isInstanceOf(Sessions.Opened.Another.class);
        Secret second = text(open(SessionText.UUID, Rule.REPLACE));
        assertThat(call(first)).isInstanceOf(Checked.Refused.class);
        allowed(call(second));
    }

    @Test
    void anotherPasswordEndsIt() {
        Secret text = text(open(SessionText.UUID, Rule.MANY));
        Credential other = passwords.credential(nouns.id(Kind.CREDENTIAL), user, Secret.of("another one"), now);
        assertThat(store.users().setPassword(other, act())).isInstanceOf(Stored.Done.class);
        assertThat(((Checked.Refused) call(text)).refusal()).isInstanceOf(Refusal.Revoked.class);
    }

    @Test
    void aWrongPasswordOpensNothing() {
        for (Presented.Login login : List.of(
                new Presented.Login("alice", Secret.of("wrong"), Optional.empty(), FROM),
                new Presented.Login("bob", PASSWORD, Optional.empty(), FROM),
                new Presented.Login("alice", PASSWORD, Optional.of(nouns.id(Kind.ORGANIZATION)), FROM))) {
            assertThat(((Checked.Refused) check(login, new Ask.Authenticate(FROM))).refusal())
                    .isInstanceOf(Refusal.BadCredential.class);
        }
    }
}
