package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Clients that registered themselves (RFC 7591, RFC 7592), and the initial access tokens that let them. What they
/// became is applications like others: this keeps only what registration alone knows of them.
public interface RegistrationStore {
    /// The most initial access tokens of one Api.
    int MAX_TOKENS = 500;

    /// The most registrations that one of them is good for.
    long MAX_USES = 10_000;

    /// An initial access token (RFC 7591 section 3).
    ///
    /// @param name what the provider calls it, unique at the Api
    /// @param uses how many registrations are left
    /// @param until from when on it is good for none
    record InitialToken(Id api, String name, Digest digest, long uses, Instant until, Instant createdAt) {}

    /// What is kept of a client besides the application.
    ///
    /// @param token of the token that manages it; of a client whose metadata are at a URL there is none
    /// @param metadata what was answered, as JSON; nothing in it is secret
    /// @param at when the metadata were taken
    record Registered(Id application, Id api, Optional<Digest> token, String metadata, Instant at) {}

    /// A credential that takes the place of another one; either may be absent.
    record Change(Optional<Credential> old, Optional<Credential> successor) {}

    /// Adds an initial access token. `Conflict` for a name that the Api has, `Full` at [#MAX_TOKENS]; those
    /// that are over go before.
    Stored<InitialToken> issue(InitialToken token, Act act);

    /// Those of an Api, in the order of names.
    List<InitialToken> tokens(Id api);

    /// Takes one away. `Missing` without it.
    Stored<InitialToken> withdraw(Id api, String name, Act act);

    /// The initial access token that is good for one more registration now, if one of these is.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Optional<InitialToken> good(Id api, List<Digest> digests, Instant now);

    /// Makes an application with its credentials, and uses an initial access token up by one: all or nothing,
    /// and of any number at once no more than it is good for. `Missing` where no such token is good for one
    /// more, or without organization or role; `Full` where the Api has as many clients of its kind that are not
    /// revoked: those that a token manages, or those whose metadata are at a URL. Who shows an initial access
    /// token finds as much room again, which nobody else can fill. Otherwise as
    /// [MemberStore#add(Application, Act)].
    ///
    /// @param initial that it may be stored under; none is used when empty
    Stored<Application> register(
            Application application,
            List<Credential> credentials,
            Registered registered,
            List<Digest> initial,
            long most,
            Act act);

    /// What is kept of a client that registered itself.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Optional<Registered> registered(Id application);

    /// The credentials of a client under this name that are not revoked.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    List<Credential> live(Id application, String name);

    /// Writes an application anew that is still as it was read, as [MemberStore#replace(Application, Application,
    /// Act)] does, with its credentials and what is kept of it: all or nothing, and of any number at once only one.
    /// `Forbidden` where one that ends is held.
    Stored<Application> alter(
            Application before, Application after, List<Change> changes, Registered registered, Act act);
}
