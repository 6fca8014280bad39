package dev.gatehouse.core.store;

import dev.gatehouse.core.fact.FactSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One database: its stores, and the facts that are kept current from it.
public interface Store extends AutoCloseable {
    /// Puts the first organization, Api, role, application and key into an empty database; `Conflict` when it is
    /// not empty.
    Stored<Installation> install(Installation installation, Act act);

    /// The public name of the key file that the database was installed under; empty in an empty database. A node
    /// with another one can read nothing in it and must not write.
    Optional<String> keyFile();

    /// Organizations, applications, credentials.
    MemberStore members();

    /// Copies of secrets that can be told again.
    SecretCopyStore secretCopies();

    /// The customers of organizations.
    CustomerStore customers();

    /// Users, memberships and passwords.
    UserStore users();

    /// What proves users a second time.
    FactorStore factors();

    /// Keys that users sign in with.
    PasskeyStore passkeys();

    /// Identity providers, and who is linked to them.
    IdentityStore identities();

    /// Open logins of users.
    SessionStore sessions();

    /// Connections to platforms.
    ConnectionStore connections();

    /// Browsers that are on their way to a platform and back.
    ConnectSessionStore connectSessions();

    /// What is still to be told of connections.
    OutboxStore<ConnectionEvent> connectionEvents();

    /// What users granted applications.
    GrantStore grants();

    /// Assertions of clients, each of which counts once.
    AssertionStore assertions();

    /// Proofs of keys, each of which counts once.
    ProofStore proofs();

    /// Authorization requests of clients that wait for a browser.
    PushedRequestStore pushedRequests();

    /// Devices that wait for a person.
    DeviceStore devices();

    /// Clients that are still to be told that a person has answered.
    OutboxStore<Ping> pings();

    /// The codes by which people let clients send them requests.
    RequestCodeStore requestCodes();

    /// Clients that registered themselves.
    RegistrationStore registrations();

    /// When those were used.
    UnusedClientStore unusedClients();

    /// What applications are still to be told of logins that have ended.
    LogoutStore logouts();

    /// Who asked for a new password.
    ResetStore resets();

    /// Who still calls routes that go.
    RetiredUseStore retiredUses();

    /// Apis and roles.
    ApiStore apis();

    /// Signing and sealing keys.
    KeyStore keys();

    /// Access tokens that are ended before their time.
    TokenStore tokens();

    /// Replies to requests that may be sent again.
    ReplyStore replies();

    /// The audit trail.
    AuditStore audit();

    /// The facts for decisions.
    FactSource facts();

    /// The time that decisions and everything written go by: the same on all nodes of a database that they share.
    InstantSource clock();

    /// The nodes that serve from this database, this one first.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer
    List<NodeStatus> nodes();

    /// Whether all nodes that serve or may come back know what came with a format, as this one knows by its last
    /// beat: no I/O. Writes that need it ask again in their transaction ([Terms#whenAllKnow]).
    boolean allKnow(long format);

    /// Called after a change to the keys has been applied on this node.
    void onKeysChanged(Runnable listener);

    @Override
    void close();
}
