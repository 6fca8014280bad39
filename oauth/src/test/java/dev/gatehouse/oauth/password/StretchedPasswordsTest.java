package dev.gatehouse.oauth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.proof.Passwords.Answer;
import dev.gatehouse.core.proof.Passwords.Attempt;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.Stretcher;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.password.Argon2.Cost;
import dev.gatehouse.oauth.password.StretchedPasswords.Bounds;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchedPasswordsTest {
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Secret RIGHT = Secret.of("correct horse");
    private static final Bounds BOUNDS = new Bounds(1, 0, Duration.ofMillis(1));

    private final Nouns nouns = new Nouns(1);
    private final Random random = new Random(1);
    private final Pepper pepper = Pepper.of(List.of(Pepper.Entry.of(1, new byte[32])));
    private final AtomicInteger stretched = new AtomicInteger();
    private final Argon2 argon2 = new Argon2(new Cost(8, 1, 1), random);
    private final Store store = new MemoryStore(_ -> new byte[32], random);
    private final StretchedPasswords passwords = with(counted(argon2), pepper);
    private User user = nouns.user(nouns.id(Kind.ORGANIZATION), "nobody");
    private Credential password = nouns.password(user);

    private StretchedPasswords with(Stretcher stretcher, Pepper keys) {
        return new StretchedPasswords(stretcher, keys, store.users(), BOUNDS, random, () -> Nouns.NOW, () -> 0);
    }

    private Stretcher counted(Stretcher inner) {
        return new Stretcher() {
            @Override
            public String fresh() {
                return inner.fresh();
            }

            @Override
            public boolean outdated(String how) {
                return inner.outdated(how);
            }

            @Override
            public Optional<Stretched> stretched(Secret phc) {
                return inner.stretched(phc);
            }

            @Override
            public Secret stretch(Secret secret, String how) {
                stretched.incrementAndGet();
                return inner.stretch(secret, how);
            }
        };
    }

    @BeforeEach
    void set() {
        var installed = nouns.installation();
        store.install(installed, nouns.act());
        user = nouns.user(installed.root().id(), "alice");
        store.users().add(user, nouns.act());
        password = stored();
        stretched.set(0);
    }

    private Credential stored() {
        Credential made = passwords.credential(Id.random(Kind.CREDENTIAL, random), user, RIGHT, Nouns.NOW);
        if (store.users().setPassword(made, nouns.act()) instanceof Stored.Done<Credential>(Credential it, var _)) {
            return it;
        }
        throw new AssertionError("not set");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Attempt attempt(Secret secret) {
        return new Attempt("alice", FROM, Optional.of(password), secret);
    }

    @Test
    void theRightPasswordIsStretchedOnceAndThenRemembered() {
        assertThat(passwords.recall(password, RIGHT)).isInstanceOf(Answer.Unknown.class);
        assertThat(passwords.check(attempt(RIGHT))).isInstanceOf(Answer.Right.class);
        assertThat(passwords.recall(password, RIGHT)).isInstanceOf(Answer.Right.class);
        assertThat(passwords.check(attempt(RIGHT))).isInstanceOf(Answer.Right.class);
        assertThat(stretched).hasValue(1);
        assertThat(passwords.recall(password, Secret.of("Correct horse"))).isInstanceOf(Answer.Unknown.class);
        assertThat(passwords.recall(stored(), RIGHT))
                .as("the same password set anew")
                .isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void aRowThatSaysNothingOfUseIsAWrongPassword() {
        for (String how : List.of("", "$scrypt$ln=16$c2FsdA", "$argon2id$v=19$m=8,t=1,p=1$!")) {
            Credential row = new Credential(
                    password.id(),
                    password.holder(),
                    password.organization(),
                    password.kind(),
                    password.name(),
                    password.hint(),
                    password.evidence(),
                    Optional.of(how),
                    password.reach(),
                    password.restrictions(),
                    password.standing(),
                    password.createdAt());
            assertThat(passwords.check(new Attempt("alice", FROM, Optional.of(row), RIGHT)))
                    .as(how)
                    .isInstanceOf(Answer.Wrong.class);
        }
        assertThat(passwords.check(attempt(RIGHT))).isInstanceOf(Answer.Right.class);
    }

    @Test
    void aWrongPasswordAndNobodysCostTheSame() {
        assertThat(passwords.check(attempt(Secret.of("wrong horse")))).isInstanceOf(Answer.Wrong.class);
        assertThat(stretched).hasValue(1);
        assertThat(passwords.check(new Attempt("nobody", FROM, Optional.empty(), RIGHT)))
                .isInstanceOf(Answer.Wrong.class);
        assertThat(stretched).hasValue(2);
        assertThat(passwords.check(attempt(Secret.of("x".repeat(100_000))))).isInstanceOf(Answer.Wrong.class);
        assertThat(stretched).hasValue(3);
    }

    @Test
    void guessesAreCountedBeforeTheyAreLookedAt() {
        Answer last = new Answer.Wrong();
        for (int i = 0; i < 20; i++) {
            last = passwords.check(attempt(Secret.of("guess " + i)));
        }
        assertThat(last).isInstanceOf(Answer.TooMany.class);
        assertThat(stretched).hasValueLessThan(20);
        assertThat(passwords.check(attempt(RIGHT))).isInstanceOf(Answer.TooMany.class);
    }

    @Test
    void whoIsInStaysInWhateverOthersGuess() {
        assertThat(passwords.check(attempt(RIGHT))).isInstanceOf(Answer.Right.class);
        for (int i = 0; i < 20; i++) {
            passwords.check(attempt(Secret.of("guess " + i)));
        }
        assertThat(passwords.recall(password, RIGHT)).isInstanceOf(Answer.Right.class);
    }

    @Test
    void aLoginBringsAPasswordToTodaysCostAndPepper() {
        Pepper both = Pepper.of(List.of(Pepper.Entry.of(2, new byte[40]), Pepper.Entry.of(1, new byte[32])));
        StretchedPasswords today = with(new Argon2(new Cost(16, 2, 1), random), both);
        assertThat(today.check(attempt(RIGHT))).isInstanceOf(Answer.Right.class);
        Credential after = store.users().password(user.id()).orElseThrow();
        assertThat(after.id()).isEqualTo(password.id());
        assertThat(after.stretch().orElseThrow()).contains("m=16,t=2,p=1");
        assertThat(after.digest().orElseThrow().pepper()).isEqualTo(2);
        assertThat(today.check(new Attempt("alice", FROM, Optional.of(after), RIGHT)))
                .isInstanceOf(Answer.Right.class);
    }

    /// What is no credential has no row among them.
    @Test
    void whatAClientBringsIsWrittenNowhere() {
        Pepper both = Pepper.of(List.of(Pepper.Entry.of(2, new byte[40]), Pepper.Entry.of(1, new byte[32])));
        StretchedPasswords today = with(new Argon2(new Cost(16, 2, 1), random), both);
        Attempt brought =
                new Attempt("alice", FROM, Optional.of(password), RIGHT, Optional.of(new Id(Kind.APPLICATION, 1)));
        assertThat(today.check(brought)).isInstanceOf(Answer.Right.class);
        assertThat(store.users().password(user.id())).contains(password);
        assertThat(today.recall(password, RIGHT)).isInstanceOf(Answer.Right.class);
    }

    @Test
    void whatDoesNotFitIsTurnedAwayAndDoesNotCount() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        StretchedPasswords slow = with(
                new Stretcher() {
                    @Override
                    public String fresh() {
                        return argon2.fresh();
                    }

                    @Override
                    public boolean outdated(String how) {
                        return false;
                    }

                    @Override
                    public Optional<Stretched> stretched(Secret phc) {
                        return argon2.stretched(phc);
                    }

                    @Override
                    public Secret stretch(Secret secret, String how) {
                        inside.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return argon2.stretch(secret, how);
                    }
                },
                pepper);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Answer> first = threads.submit(() -> slow.check(attempt(RIGHT)));
            inside.await();
            for (int i = 0; i < 50; i++) {
                assertThat(slow.check(attempt(Secret.of("guess")))).isInstanceOf(Answer.Busy.class);
            }
            go.countDown();
            assertThat(first.get()).isInstanceOf(Answer.Right.class);
        }
    }

    /// The test vector of the reference implementation.
    @Test
    void theHashOfAnotherSystemIsTakenOver() {
        String phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        password = passwords
                .stretched(Id.random(Kind.CREDENTIAL, random), user, Secret.of(phc), Nouns.NOW)
                .orElseThrow();
        assertThat(stretched).as("nobody has it").hasValue(0);
        assertThat(passwords.check(attempt(Secret.of("Password")))).isInstanceOf(Answer.Wrong.class);
        assertThat(passwords.check(attempt(Secret.of("password")))).isInstanceOf(Answer.Right.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPd",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc=",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=17,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2b$12$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyzabcde"
            })
    void whatNoLoginCouldBeCheckedAgainstIsNotTaken(String phc) {
        assertThat(passwords.stretched(Id.random(Kind.CREDENTIAL, random), user, Secret.of(phc), Nouns.NOW))
                .isEmpty();
    }
}
