package dev.gatehouse.core.session;

import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/// Opens and closes sessions, and writes down that they are used. Whether one counts is
/// [dev.gatehouse.core.proof.Verifier]'s to find out, as of every other proof.
public final class Sessions {
    /// How the sessions of one kind are.
    ///
    /// @param idle how long one lives after its last use
    /// @param life how long at most
    /// @param bound whether only the address that opened one may use it
    /// @param apis where one may be used
    public record Terms(
            SessionText text,
            Duration idle,
            Duration life,
            boolean bound,
            SessionStore.Rule rule,
            Restriction<Id> apis) {
        /// Reasonable bounds.
        public Terms {
            if (idle.compareTo(Duration.ofSeconds(12)) < 0 || life.compareTo(idle) < 0 || life.toDays() > 400) {
                throw new IllegalArgumentException("idle time from 12 seconds to the life, life to 400 days");
            }
        }
    }

    /// What opening one came to.
    public sealed interface Opened {
        /// It is open; the string is shown this once.
        record Open(Secret text, Session session) implements Opened {}

        /// The user has one already, and the terms allow no other.
        record Another() implements Opened {}

        /// The user has as many as anybody may have.
        record Full() implements Opened {}
    }

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final SessionStore store;
    private final Pepper pepper;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Executor background;
    private final Set<Id> beingSeen = ConcurrentHashMap.newKeySet();

    /// @param random a secure one
    /// @param background runs what may block; may refuse work, which is then done at the next use
    public Sessions(
            SessionStore store, Pepper pepper, RandomGenerator random, InstantSource clock, Executor background) {
        this.store = store;
        this.pepper = pepper;
        this.random = random;
        this.clock = clock;
        this.background = background;
    }

    /// Opens a session for the user that a verdict allowed, from what it presented: a username and a password.
    /// Blocks.
    ///
    /// @param from the address that it came from
    /// @throws FactsUnavailable when the database does not answer in time
    /// @throws IllegalArgumentException when it was no user
    public Opened open(Verdict.Allowed allowed, Terms terms, InetAddress from, Act act) {
        return open(allowed, List.of("pwd"), terms, from, act);
    }

    /// The same for a user that has proven itself in these ways (RFC 8176).
    ///
    /// @param from the address that it came from
    /// @throws FactsUnavailable when the database does not answer in time
    /// @throws IllegalArgumentException when it was no user
    public Opened open(Verdict.Allowed allowed, List<String> methods, Terms terms, InetAddress from, Act act) {
        if (!(allowed.facts() instanceof Facts.Direct direct)
                || !(direct.members().holder() instanceof Person person)) {
            throw new IllegalArgumentException("only users open sessions, with what proves them");
        }
        Secret text = terms.text().draw(random);
        Session session = session(Id.random(Kind.SESSION, random), person, allowed, methods, terms, from);
        return switch (store.open(session, pepper.digest(text), terms.rule(), act)) {
            case Stored.Done<Session>(Session open, var _) -> new Opened.Open(text, open);
            case Stored.Full<Session> _ -> new Opened.Full();
            case Stored.Conflict<Session> _ -> new Opened.Another();
            case Stored.Missing<Session> _, Stored.Moved<Session> _, Stored.Forbidden<Session> _ ->
                throw new FactsUnavailable("the user was just ended");
        };
    }

    private Session session(
            Id id, Person person, Verdict.Allowed allowed, List<String> methods, Terms terms, InetAddress from) {
        Instant now = clock.instant();
        return new Session(
                id,
                person.user(),
                allowed.lineage(),
                now,
                now.plus(terms.life()),
                terms.idle(),
                now,
                terms.bound() ? Optional.of(AddressBlock.of(from)) : Optional.empty(),
                terms.apis(),
                terms.rule() != SessionStore.Rule.MANY,
                false,
                methods);
    }

    /// Lets a session go on for the same user, who has proven itself anew in these ways: under its id, with a
    /// string of its own. Empty when that is not to be, and another one is to be opened. Blocks.
    ///
    /// @param before the session
    /// @param from the address that it came from
    /// @throws FactsUnavailable when the database does not answer in time
    public Optional<Opened.Open> renew(
            Session before, Verdict.Allowed allowed, List<String> methods, Terms terms, InetAddress from, Act act) {
        if (!(allowed.members().holder() instanceof Person person)
                || !person.user().equals(before.user())
                || !allowed.lineage().member().equals(before.lineage().member())) {
            return Optional.empty();
        }
        Secret text = terms.text().draw(random);
        Session after = session(before.id(), person, allowed, methods, terms, from);
        return store.renew(before, after, pepper.digest(text), act) instanceof Stored.Done<Session>(Session open, var _)
                ? Optional.of(new Opened.Open(text, open))
                : Optional.empty();
    }

    /// Closes the session that a verdict rests on. Answers when no node accepts it any more. Blocks.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    /// @throws IllegalArgumentException when the verdict rests on no session
    public Stored<Session> close(Verdict.Allowed allowed, Act act) {
        if (!(allowed.facts() instanceof Facts.Logged logged)) {
            throw new IllegalArgumentException("no session");
        }
        return store.end(logged.session().id(), act);
    }

    /// Takes notice that a session was used. Returns at once; what there is to write is written in the
    /// background, once however many ask for it at the same time.
    public void used(Session session) {
        Instant now = clock.instant();
        if (!session.due(now) || !beingSeen.add(session.id())) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    var _ = store.seen(session, now);
                } catch (FactsUnavailable e) {
                    LOG.log(System.Logger.Level.DEBUG, "a use is written down at the next one: {0}", e.getMessage());
                } finally {
                    beingSeen.remove(session.id());
                }
            });
        } catch (RejectedExecutionException e) {
            beingSeen.remove(session.id());
            LOG.log(System.Logger.Level.DEBUG, "a use is written down at the next one", e);
        }
    }
}
