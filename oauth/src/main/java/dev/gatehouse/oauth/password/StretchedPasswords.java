package dev.gatehouse.oauth.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.proof.NewPasswords;
import dev.gatehouse.core.proof.Passwords;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.PasswordRules;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.Stretcher;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.UserStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Passwords that are stretched and then digested under the pepper. A few are stretched at once and a few more
/// wait; beyond that they are turned away, so that a flood of logins takes neither the processors nor the memory
/// of everything else.
public final class StretchedPasswords implements Passwords, NewPasswords {
    /// How much is done at once.
    ///
    /// @param permits how many are stretched at the same time
    /// @param waiting how many more may wait
    /// @param patience how long they wait
    public record Bounds(int permits, int waiting, Duration patience) {
        /// Half of the processors.
        public static Bounds of(int processors) {
            return new Bounds(Math.max(1, processors / 2), 32, Duration.ofSeconds(1));
        }
    }

    private static final System.Logger LOG = System.getLogger(StretchedPasswords.class.getName());
    private static final String HINT = "chosen";
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 100_000;
    private static final int MOST_BYTES = 4 * PasswordRules.MOST;
    private static final int KEY_BYTES = 32;

    private final Stretcher stretcher;
    private final Pepper pepper;
    private final UserStore users;
    private final Bounds bounds;
    private final InstantSource clock;
    private final Guesses guesses;
    private final Semaphore permits;
    private final Semaphore places;
    private final HmacSha256 boot;
    private final Cache<Bytes, Boolean> proven;
    private final String nobodys;
    private final Digest decoy;

    /// @param random a secure one
    /// @param nanos the monotonic clock, for guesses and what is remembered
    public StretchedPasswords(
            Stretcher stretcher,
            Pepper pepper,
            UserStore users,
            Bounds bounds,
            RandomGenerator random,
            InstantSource clock,
            LongSupplier nanos) {
        this.stretcher = stretcher;
        this.pepper = pepper;
        this.users = users;
        this.bounds = bounds;
        this.clock = clock;
        this.guesses = new Guesses(Guesses.Rates.DEFAULT, nanos);
        this.permits = new Semaphore(bounds.permits());
        this.places = new Semaphore(bounds.permits() + bounds.waiting());
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.boot = HmacSha256.under(key);
        this.proven = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .executor(Runnable::run)
                .ticker(nanos::getAsLong)
                .expireAfterWrite(REMEMBERED)
                .build();
        this.nobodys = stretcher.fresh();
        this.decoy = pepper.digest(Secret.of("decoy"));
    }

    @Override
    public Answer recall(Credential password, Secret presented) {
        return proven.getIfPresent(mark(password, presented)) == null ? new Answer.Unknown() : new Answer.Right();
    }

    /// Names password and digest under a key of this process: another password, and the same one stored anew,
    /// have another mark.
    private Bytes mark(Credential password, Secret presented) {
        byte[] digest = password.digest().orElseThrow().bytes();
        byte[] text = presented.bytes();
        return Bytes.of(boot.mac(ByteBuffer.allocate(Long.BYTES + digest.length + text.length)
                .putLong(password.id().value())
                .put(digest)
                .put(text)
                .array()));
    }

    @Override
    public Answer check(Attempt attempt) {
        boolean remembered = attempt.password()
                .filter(known -> recall(known, attempt.presented()) instanceof Answer.Right)
                .isPresent();
        if (remembered) {
            return new Answer.Right();
        }
        Guesses.Answer room = attempt.client()
                .map(client -> guesses.admit(attempt.username(), client))
                .orElseGet(() -> guesses.admit(attempt.username(), attempt.from()));
        return switch (room) {
            case Guesses.Answer.Wait(Duration time) -> new Answer.TooMany(time);
            case Guesses.Answer.Go(Guesses.Try one) -> admitted(attempt, one);
        };
    }

    private Answer admitted(Attempt attempt, Guesses.Try one) {
        if (!enter()) {
            one.giveBack();
            return new Answer.Busy(RETRY);
        }
        try {
            if (!right(attempt)) {
                return new Answer.Wrong();
            }
            one.right();
            Credential password = attempt.password().orElseThrow();
            proven.put(mark(password, attempt.presented()), true);
            // What a client brings is no credential: there is no row of it to write to
            if (attempt.client().isEmpty() && outdated(password)) {
                restretch(password, attempt.presented());
            }
            return new Answer.Right();
        } finally {
            leave();
        }
    }

    private boolean outdated(Credential password) {
        return password.digest().filter(pepper::outdated).isPresent()
                || password.stretch().filter(stretcher::outdated).isPresent();
    }

    private boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            if (permits.tryAcquire(bounds.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.release();
        return false;
    }

    private void leave() {
        permits.release();
        places.release();
    }

    /// As much work for nobody's password as for somebody's. One that is too long to be anybody's is stretched as
    /// if it were shorter, and wrong.
    private boolean right(Attempt attempt) {
        String how = attempt.password().flatMap(Credential::stretch).orElse(nobodys);
        Digest stored = attempt.password().flatMap(Credential::digest).orElse(decoy);
        byte[] bytes = attempt.presented().bytes();
        boolean tooLong = bytes.length > MOST_BYTES;
        Secret tried = tooLong
                ? Secret.of(new String(bytes, 0, MOST_BYTES, StandardCharsets.ISO_8859_1))
                : attempt.presented();
        return matches(stored, tried, how) && !tooLong && attempt.password().isPresent();
    }

    /// Nothing matches a row that does not say how its password is stretched: it was altered, or a later release
    /// wrote it.
    private boolean matches(Digest stored, Secret tried, String how) {
        try {
            return pepper.matches(stored, stretcher.stretch(tried, how));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "a stored password is stretched in a way that is not known here");
            var _ = stretcher.stretch(tried, nobodys);
            return false;
        }
    }

    /// The same password at today's cost or under today's pepper. When it cannot be stored now, the next login
    /// does it.
    private void restretch(Credential before, Secret password) {
        String how = stretcher.fresh();
        Credential after = new Credential(
                before.id(),
                before.holder(),
                before.organization(),
                before.kind(),
                before.name(),
                before.hint(),
                pepper.digest(stretcher.stretch(password, how)),
                Optional.of(how),
                before.reach(),
                before.restrictions(),
                before.standing(),
                before.createdAt());
        try {
            var _ = users.restretch(before, after, Act.system("passwords", clock.instant()));
        } catch (FactsUnavailable e) {
            LOG.log(System.Logger.Level.WARNING, "a password stays as it is: {0}", e.getMessage());
        }
    }

    @Override
    public Credential credential(Id id, User user, Secret password, Instant now) {
        if (!enter()) {
            throw new FactsUnavailable("too many passwords at once");
        }
        try {
            String how = stretcher.fresh();
            return credential(id, user, stretcher.stretch(password, how), how, now);
        } finally {
            leave();
        }
    }

    @Override
    public Optional<Credential> stretched(Id id, User user, Secret phc, Instant now) {
        return stretcher.stretched(phc).map(done -> credential(id, user, done.out(), done.how(), now));
    }

    private Credential credential(Id id, User user, Secret stretched, String how, Instant now) {
        return new Credential(
                id,
                user.id(),
                user.organization(),
                CredentialKind.PASSWORD,
                "password",
                HINT,
                pepper.digest(stretched),
                Optional.of(how),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                now);
    }
}
