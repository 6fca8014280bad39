package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.RefreshString;
import dev.gatehouse.core.token.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known about a request whose proof was checked. Proven, but not yet allowed: only [Decision#decide]
/// makes it so.
public sealed interface Facts {
    /// The Api that is asked.
    Api api();

    /// The members that the proof belongs to, as they are now.
    Members members();

    /// The customer that the application acts for.
    Optional<Subject> subject();

    /// The token that was presented, and is ours.
    Optional<Derived> token();

    /// The application that acts for the user, or wants to.
    default Optional<Actor> actor() {
        return Optional.empty();
    }

    /// The applications that the token was passed on to by exchange, with what each showed; the first one first.
    default List<Actor> passed() {
        return List.of();
    }

    /// The application that asks for another than itself.
    default Optional<Actor> speaker() {
        return passed().isEmpty() ? actor() : Optional.of(passed().getLast());
    }

    /// Whether it is this application that asks, for itself or for a user.
    default boolean speaksFor(Id application) {
        return members().holder().who().equals(application)
                || Stream.concat(actor().stream(), passed().stream())
                        .anyMatch(actor -> actor.application().id().equals(application));
    }

    /// The credential itself was presented.
    record Direct(Api api, Members members) implements Facts {
        @Override
        public Optional<Subject> subject() {
            return Optional.empty();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.empty();
        }
    }

    /// The refresh token of a credential was presented, which opens nothing but the next tokens.
    record Refreshing(Api api, Members members, RefreshString shown) implements Facts {
        @Override
        public Optional<Subject> subject() {
            return Optional.empty();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.empty();
        }
    }

    /// The string of an open login was presented.
    ///
    /// @param actor the application that the user is asked to let act
    record Logged(Api api, Members members, Session session, Optional<Actor> actor) implements Facts {
        /// For the user alone.
        public Logged(Api api, Members members, Session session) {
            this(api, members, session, Optional.empty());
        }

        @Override
        public Optional<Subject> subject() {
            return Optional.empty();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.empty();
        }
    }

    /// The credential itself was presented, by an application that wants to act for a customer.
    ///
    /// @param subject empty when there is no customer of the name that was given
    record Acting(Api api, Members members, Optional<Subject> subject) implements Facts {
        @Override
        public Optional<Derived> token() {
            return Optional.empty();
        }
    }

    /// The secret of a user was presented beside the credential of an application, which wants to act for the user.
    ///
    /// @param members the user's
    /// @param application with the credential that was presented
    record Beside(Api api, Members members, Actor application) implements Facts {
        @Override
        public Optional<Subject> subject() {
            return Optional.empty();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.empty();
        }

        @Override
        public Optional<Actor> actor() {
            return Optional.of(application);
        }
    }

    /// The credential itself was presented, and a token to be exchanged.
    ///
    /// @param token empty when what was presented as one is no token of ours for this Api
    record Exchanging(Api api, Members members, Optional<Derived> token) implements Facts {
        @Override
        public Optional<Subject> subject() {
            return token.flatMap(Derived::subject);
        }
    }

    /// The credential of a client was presented, and a token to be exchanged that is another's, or that it has for
    /// another: what it gets is of the token's members, and of the client besides.
    ///
    /// @param presented the token, ours and for this Api
    /// @param client with the credential that was presented
    /// @param beside what was presented as an `actor_token`
    record Passing(Derived presented, Actor client, Beside beside) implements Facts {
        /// What was presented beside the subject's token.
        public sealed interface Beside {
            /// Nothing.
            record Nothing() implements Beside {}

            /// A token of ours.
            record Token(Derived token) implements Beside {}

            /// What is none.
            record Other() implements Beside {}
        }

        @Override
        public Api api() {
            return presented.api();
        }

        @Override
        public Members members() {
            return presented.members();
        }

        @Override
        public Optional<Subject> subject() {
            return presented.subject();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.of(presented);
        }

        @Override
        public Optional<Actor> actor() {
            return presented.actor();
        }

        @Override
        public List<Actor> passed() {
            return Stream.concat(presented.passed().stream(), Stream.of(client)).toList();
        }
    }

    /// A token was presented that is to be exchanged for one that acts for a customer.
    ///
    /// @param subject empty when there is no customer of the name that was given
    record Delegating(Optional<Subject> subject, Derived presented) implements Facts {
        @Override
        public Api api() {
            return presented.api();
        }

        @Override
        public Members members() {
            return presented.members();
        }

        @Override
        public Optional<Derived> token() {
            return Optional.of(presented);
        }
    }

    /// A token that was issued to the credential was presented, or what a user granted is redeemed.
    ///
    /// @param dead whether the dead set names the token, one that it came from by exchange, or the user's grant
    /// @param actor the application that it was issued to for a user
    /// @param unmarked whether it may lack what says how its user had signed in, because nodes of a release before
    ///     issue tokens too
    record Derived(
            Api api,
            Members members,
            Optional<Subject> subject,
            Claims claims,
            boolean dead,
            Optional<Actor> actor,
            List<Actor> passed,
            boolean unmarked)
            implements Facts {
        /// Keeps a copy.
        public Derived {
            passed = List.copyOf(passed);
        }

        /// One of an installation where every token says how its user had signed in.
        public Derived(
                Api api,
                Members members,
                Optional<Subject> subject,
                Claims claims,
                boolean dead,
                Optional<Actor> actor,
                List<Actor> passed) {
            this(api, members, subject, claims, dead, actor, passed, false);
        }

        /// One that was passed on to nobody.
        public Derived(
                Api api,
                Members members,
                Optional<Subject> subject,
                Claims claims,
                boolean dead,
                Optional<Actor> actor) {
            this(api, members, subject, claims, dead, actor, List.of());
        }

        /// One that its member has for itself, or for a customer.
        public Derived(Api api, Members members, Optional<Subject> subject, Claims claims, boolean dead) {
            this(api, members, subject, claims, dead, Optional.empty());
        }

        /// The same, passed on to these.
        public Derived to(List<Actor> others) {
            return new Derived(api, members, subject, claims, dead, actor, others, unmarked);
        }

        /// The same among nodes that do not say how users had signed in.
        public Derived amongUnmarked() {
            return new Derived(api, members, subject, claims, dead, actor, passed, true);
        }

        @Override
        public Optional<Derived> token() {
            return Optional.of(this);
        }
    }
}
