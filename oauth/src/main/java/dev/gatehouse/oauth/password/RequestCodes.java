package dev.gatehouse.oauth.password;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.proof.NewPasswords;
import dev.gatehouse.core.proof.Passwords;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.RequestCodeStore.RequestCode;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The codes that people set so that no client sends them requests without (OpenID Connect CIBA Core section 7.1,
/// `user_code`). They are stretched, tried and slowed as passwords are, under names of their own: whoever guesses
/// at codes keeps nobody from signing in. Everything blocks.
public final class RequestCodes {
    /// What is allowed, for messages.
    public static final String ALLOWED = "6 to 64 letters, digits and signs, without spaces";

    private static final Pattern CODE = Pattern.compile("[!-~]{6,64}");
    private static final String NAME = "request code";

    /// What looking gave.
    public sealed interface Checked {
        /// The person lets this client send requests, or lets all.
        record Right() implements Checked {}

        /// The person has a code, and none was sent.
        record Missing() implements Checked {}

        /// It is not the person's. The same where the person has none.
        record Wrong() implements Checked {}

        /// Too many were wrong, or are looked at; this one was not.
        record Later(Duration after) implements Checked {}
    }

    private final RequestCodeStore store;
    private final UserStore users;
    private final Passwords passwords;
    private final NewPasswords fresh;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param passwords tries codes as it does passwords
    /// @param fresh stretches new ones
    /// @param random a secure one
    public RequestCodes(
            RequestCodeStore store,
            UserStore users,
            Passwords passwords,
            NewPasswords fresh,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.users = users;
        this.passwords = passwords;
        this.fresh = fresh;
        this.clock = clock;
        this.random = random;
    }

    /// Whether a person has one.
    public boolean has(Id person) {
        return store.code(person).isPresent();
    }

    /// Whether a client may send a person a request. Counted before the code is looked at (GAUNTLET L02).
    ///
    /// @param typed what the person told the client
    /// @param client that brings it, which is what is slowed, for this person alone
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public Checked check(Id person, Optional<Secret> typed, Id client, InetAddress from) {
        Optional<RequestCode> code = store.code(person);
        if (typed.isEmpty()) {
            return code.isEmpty() ? new Checked.Right() : new Checked.Missing();
        }
        Optional<Credential> known = code.flatMap(one -> users.user(person).map(user -> credential(one, user)));
        Passwords.Attempt attempt =
                new Passwords.Attempt(NAME + " of " + person.text(), from, known, typed.get(), Optional.of(client));
        return switch (passwords.check(attempt)) {
            case Passwords.Answer.Right() -> new Checked.Right();
            case Passwords.Answer.Wrong(), Passwords.Answer.Unknown() -> new Checked.Wrong();
            case Passwords.Answer.TooMany(Duration after) -> new Checked.Later(after);
            case Passwords.Answer.Busy(Duration after) -> new Checked.Later(after);
        };
    }

    /// The code as what passwords are, which nobody signs in by: no such credential is stored.
    private static Credential credential(RequestCode code, User user) {
        return new Credential(
                code.id(),
                user.id(),
                user.organization(),
                CredentialKind.PASSWORD,
                NAME,
                "chosen",
                code.digest(),
                Optional.of(code.stretch()),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                code.since());
    }

    /// Gives a person a code, in the place of any other; empty when it is none.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when too many are set at once
    public Optional<Stored<RequestCode>> set(User user, Secret code, Act act) {
        if (!CODE.matcher(code.reveal()).matches()) {
            return Optional.empty();
        }
        Id id = Id.random(Kind.CREDENTIAL, random);
        Credential made = fresh.credential(id, user, code, clock.instant());
        return Optional.of(store.set(
                new RequestCode(
                        id,
                        user.id(),
                        made.digest().orElseThrow(),
                        made.stretch().orElseThrow(),
                        clock.instant()),
                act));
    }

    /// Takes it away.
    public Stored<RequestCode> remove(Id user, Act act) {
        return store.remove(user, act);
    }
}
