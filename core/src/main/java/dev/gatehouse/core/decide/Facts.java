package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.RefreshString;
import dev.gatehouse.core.token.Session;
import java.util.Optional;

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

    /// Whether it is this application that asks, for itself or for a user.
    default boolean speaksFor(Id application) {
        return members().holder().who().equals(application)
                || actor().filter(actor -> actor.application().id().equals(application))
                        .isPresent();
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
    record Derived(
            Api api, Members members, Optional<Subject> subject, Claims claims, boolean dead, Optional<Actor> actor)
            implements Facts {
        /// One that its member has for itself, or for a customer.
        public Derived(Api api, Members members, Optional<Subject> subject, Claims claims, boolean dead) {
            this(api, members, subject, claims, dead, Optional.empty());
        }

        @Override
        public Optional<Derived> token() {
            return Optional.of(this);
        }
    }
}
