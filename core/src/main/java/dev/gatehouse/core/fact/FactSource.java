package dev.gatehouse.core.fact;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Facts for decisions: members loaded on demand and kept current by the change feed, Apis and the dead set held
/// whole. Law 3 in one place: facts are cached, decisions never.
public interface FactSource {
    /// What a look-up gave.
    sealed interface Look<T> {
        /// It is there.
        record Known<T>(T value) implements Look<T> {}

        /// It is not there (a fact too: bounded and short-lived).
        record Absent<T>() implements Look<T> {}

        /// It is not in memory; ask again with `load` on a thread that may block.
        record Cold<T>() implements Look<T> {}
    }

    /// A credential and all above it, from memory only. A password names no membership to act by, so it is absent
    /// here: see [#members(Id, Id)].
    Look<Members> members(Id credential);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Members> load(Id credential);

    /// Reads those of these credentials that are not in memory, all that is above them too, in as few queries as
    /// it takes. What each of them is [#load(Id)] then tells.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    default void gather(List<Id> credentials) {}

    /// The ids of the credentials that prove an application by its public id, secrets and public keys, and are
    /// not revoked; from memory only.
    Look<List<Id>> credentialsOf(String clientId);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<List<Id>> loadCredentialsOf(String clientId);

    /// A customer and all above it, from memory only.
    Look<Subject> subject(Id customer);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Subject> loadSubject(Id customer);

    /// The application of a public id, from memory only.
    Look<Id> client(String clientId);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Id> loadClient(String clientId);

    /// An application and all above it, from memory only.
    Look<Actor> actor(Id application);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Actor> loadActor(Id application);

    /// An organization that a request names and all above it, itself first, from memory only.
    Look<List<Organization>> organization(Id id);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<List<Organization>> loadOrganization(Id id);

    /// A credential, the member that acts by it, and all above both, from memory only. For a password the member
    /// is any membership of its user, for every other credential its holder; with another member it is absent.
    Look<Members> members(Id credential, Id member);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Members> load(Id credential, Id member);

    /// What a username leads to, from memory only.
    Look<Login> login(String username);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Login> loadLogin(String username);

    /// The session of a digest of the string that it is known by, from memory only. One that has ended is still
    /// there.
    Look<Session> session(Digest digest);

    /// The same, reading the database when it must. Never `Cold`.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    Look<Session> loadSession(Digest digest);

    /// All Apis, as they are now.
    List<Api> apis();

    /// One Api.
    Optional<Api> api(Id id);

    /// All identity providers in the order of their names, as they are now, without what is secret.
    List<IdentityProvider> providers();

    /// The pages that domain keys let use an Api, whatever else stands above these; for what browsers ask before
    /// any key is shown.
    OriginSet pages(Id api);

    /// Whether a token, family or session is in the dead set.
    boolean dead(Id passing);

    /// Whether decisions on a request that arrived at this moment of the monotonic clock may rest on these facts
    /// (ADR 0001).
    boolean fresh(long arrivedNanos);

    /// The same for facts that may be older than those of everything else, when somebody has said that they may.
    ///
    /// @param age the most, counted from before they were asked for
    default boolean fresh(long arrivedNanos, Duration age) {
        return fresh(arrivedNanos);
    }

    /// Brings the facts up to the database's newest change; for a token that is newer than a fact.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    void catchUp();

    /// Counts the changes applied so far; a stream that was opened at one count looks again when it has moved.
    long applied();
}
