package dev.gatehouse.oauth.factor;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.FactorStore.Factors;
import dev.gatehouse.core.store.FactorStore.Totp;
import dev.gatehouse.core.store.FactorStore.Tried;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.custody.Custody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/// Sets up what proves people a second time, and checks it. Everything blocks.
public final class SecondFactors {
    /// What a code came to.
    public sealed interface Checked {
        /// It was right, and is used up.
        record Right() implements Checked {}

        /// It was not, or was used before.
        record Wrong() implements Checked {}

        /// Too many were wrong; this one was not looked at.
        record TooMany(Duration retryAfter) implements Checked {}
    }

    /// What setting up, or drawing codes anew, came to.
    public sealed interface Drawn {
        /// Done; the recovery codes are shown this once.
        record Codes(List<String> codes) implements Drawn {
            /// Keeps a copy.
            public Codes {
                codes = List.copyOf(codes);
            }
        }

        /// The first was set up meanwhile, by the same form sent twice, or the user or its session is over.
        record There() implements Drawn {}

        /// The code is none of this secret's at this time, or there is nothing that codes could be for.
        record Wrong() implements Drawn {}
    }

    private final FactorStore store;
    private final SealedSecrets secrets;
    private final RecoveryCodes recovery;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random a secure one
    public SecondFactors(
            FactorStore store, Custody custody, Pepper pepper, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.secrets = new SealedSecrets(custody);
        this.recovery = new RecoveryCodes(pepper, random);
        this.clock = clock;
        this.random = random;
    }

    /// What a user has.
    public Factors of(Id user) {
        return store.factors(user);
    }

    /// A new secret, in the form that apps take. Nothing is kept of it until a code shows that an app has it.
    public String draw() {
        byte[] secret = new byte[TimeCodes.SECRET_BYTES];
        random.nextBytes(secret);
        return Base32.encode(secret);
    }

    /// Gives a user the secret that its app has, as the code shows, and recovery codes. Its other sessions end, and
    /// what it granted in them.
    ///
    /// @param by the session in which it is done
    /// @throws FactsUnavailable when the database does not answer in time, or the user was just ended
    public Drawn enrol(Id user, String secret, String code, Id by, Act act) {
        return shown(user, secret, code, (totp, digests) -> store.enrol(totp, digests, by, act));
    }

    /// The same for a user who has none and is not signed in, because none of its sessions would count without.
    ///
    /// @throws FactsUnavailable when the database does not answer in time, or in time
    public Drawn enrolFirst(Id user, String secret, String code, Act act) {
        return shown(user, secret, code, (totp, digests) -> store.enrolFirst(totp, digests, act));
    }

    private Drawn shown(Id user, String secret, String code, BiFunction<Totp, List<Digest>, Stored<Factors>> enrol) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<byte[]> key = Base32.decode(secret).filter(bytes -> bytes.length == TimeCodes.SECRET_BYTES);
        OptionalLong step =
                key.map(bytes -> TimeCodes.matching(bytes, typed(code), 0, now)).orElseGet(OptionalLong::empty);
        if (step.isEmpty()) {
            return new Drawn.Wrong();
        }
        Totp totp = new Totp(user, secrets.seal(user, now, key.get()), now, step.getAsLong());
        List<String> codes = recovery.draw();
        return done(enrol.apply(totp, digests(user, codes)), codes);
    }

    /// Other recovery codes; all that were drawn before count no more.
    ///
    /// @throws FactsUnavailable when the database does not answer in time, or the user was just ended
    public Drawn renew(Id user, Act act) {
        List<String> codes = recovery.draw();
        return done(store.renew(user, digests(user, codes), act), codes);
    }

    private List<Digest> digests(Id user, List<String> codes) {
        return codes.stream().map(code -> recovery.digest(user, code)).toList();
    }

    private static Drawn done(Stored<Factors> stored, List<String> codes) {
        return switch (stored) {
            case Stored.Done<Factors> _ -> new Drawn.Codes(codes);
            case Stored.Missing<Factors> _ -> new Drawn.Wrong();
            case Stored.Conflict<Factors> _ -> new Drawn.There();
            case Stored.Moved<Factors> _, Stored.Full<Factors> _, Stored.Forbidden<Factors> _ ->
                throw new FactsUnavailable("the user was just ended");
        };
    }

    /// Takes the secret and the recovery codes away. Done again it changes nothing.
    public Stored<Factors> remove(Id user, Act act) {
        return store.remove(user, act);
    }

    /// Whether a code proves a user: one of its app, or one of its recovery codes. Counted before it is looked at
    /// (GAUNTLET L02, L08). What has the form of a recovery code is none of an app, whose secret nobody may be able
    /// to read on the day when recovery codes are needed.
    ///
    /// @throws FactsUnavailable when the database does not answer in time, or the secret of the app is needed and
    ///     cannot be read
    public Checked check(Id user, String code, Act act) {
        Instant now = clock.instant();
        Optional<Totp> totp = store.factors(user).totp();
        if (totp.isEmpty()) {
            return new Checked.Wrong();
        }
        Optional<List<Digest>> recovered = recovery.digests(user, code);
        Tried as = recovered.isPresent() ? Tried.RECOVERY : Tried.APP;
        if (!store.attempt(user, as, now)) {
            return new Checked.TooMany(FactorStore.WINDOW);
        }
        boolean right = recovered
                .map(digests -> store.recover(user, digests, act) instanceof Stored.Done)
                .orElseGet(() -> app(totp.get(), typed(code), now));
        return right ? new Checked.Right() : new Checked.Wrong();
    }

    private boolean app(Totp totp, String code, Instant now) {
        byte[] secret = secrets.plain(totp).orElseThrow(() -> new FactsUnavailable("the secret of " + totp.user()));
        OptionalLong step = TimeCodes.matching(secret, code, totp.lastStep(), now);
        return step.isPresent() && store.use(totp, step.getAsLong());
    }

    private static String typed(String code) {
        return code.replace(" ", "");
    }
}
