package dev.gatehouse.storage.sql;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.core.store.ProofStore;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.SecretCopyStore;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.store.UnusedClientStore;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.feed.ChangeWriter;
import dev.gatehouse.storage.feed.LiveFacts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One database: its stores, and the facts that are kept current from it.
public final class SqlStore implements Store {
    private final Db db;
    private final LiveFacts facts;
    private final Installer installer;
    private final MemberStore members;
    private final SecretCopyStore secretCopies;
    private final CustomerStore customers;
    private final UserStore users;
    private final FactorStore factors;
    private final PasskeyStore passkeys;
    private final IdentityStore identities;
    private final SessionStore sessions;
    private final ConnectionStore connections;
    private final ConnectSessionStore connectSessions;
    private final OutboxStore<ConnectionEvent> connectionEvents;
    private final GrantStore grants;
    private final AssertionStore assertions;
    private final ProofStore proofs;
    private final SqlPushedRequests pushedRequests;
    private final SqlLogouts logouts;
    private final ResetStore resets;
    private final DeviceStore devices;
    private final UnusedClientStore unusedClients;
    private final OutboxStore<Ping> pings;
    private final RequestCodeStore requestCodes;
    private final RetiredUseStore retiredUses;
    private final RegistrationStore registrations;
    private final ApiStore apis;
    private final KeyStore keys;
    private final TokenStore tokens;
    private final ReplyStore replies;
    private final AuditStore audit;

    /// Takes over the database and the facts: closing the store closes both.
    ///
    /// @param deadTokens how many may be dead and not yet expired
    public SqlStore(
            Db db,
            ChangeWriter feed,
            LiveFacts facts,
            MacKey auditKey,
            RandomGenerator random,
            TokenStore.Room deadTokens,
            Moments moments) {
        Audit trail = new Audit(auditKey, random);
        Writes writes = new Writes(db, feed, facts, trail, moments);
        this.db = db;
        this.facts = facts;
        this.installer = new Installer(writes);
        this.members = new SqlMembers(db, writes);
        this.secretCopies = new SqlSecretCopies(db, writes);
        this.customers = new SqlCustomers(db, writes);
        this.logouts = new SqlLogouts(db, writes);
        this.resets = new SqlResets(db, writes);
        this.devices = new SqlDevices(db, writes);
        this.pings = SqlOutbox.of(db, writes, SqlPings.TABLE);
        this.requestCodes = new SqlRequestCodes(db, writes);
        this.users = new SqlUsers(db, writes);
        SqlTokens dead = new SqlTokens(db.engine(), writes.ofDataPlane(), deadTokens, facts::ended);
        GrantEnds ends = new GrantEnds(dead);
        this.factors = new SqlFactors(db, writes, ends);
        this.proofs = new SqlProofs(db);
        this.pushedRequests = new SqlPushedRequests(db);
        this.grants = new SqlGrants(db, writes, ends, pushedRequests, logouts);
        this.passkeys = new SqlPasskeys(db, writes, ends);
        this.identities = new SqlIdentities(db, writes);
        this.sessions = new SqlSessions(db, writes, ends);
        this.connections = new SqlConnections(db, writes);
        this.assertions = new SqlAssertions(db);
        this.connectSessions = new SqlConnectSessions(db, writes);
        this.connectionEvents = SqlOutbox.of(db, writes, SqlConnectionEvents.TABLE);
        this.retiredUses = new SqlRetiredUses(db, writes);
        this.unusedClients = new SqlUnusedClients(db, writes);
        this.registrations = new SqlRegistrations(db, writes);
        this.apis = new SqlApis(db, writes);
        this.keys = new SqlKeys(db, writes);
        this.tokens = dead;
        this.replies = new SqlReplies(db, writes);
        this.audit = new SqlAudit(db, trail);
    }

    @Override
    public Stored<Installation> install(Installation installation, Act act) {
        return installer.install(installation, act);
    }

    @Override
    public Optional<String> keyFile() {
        return db.read(Lane.ADMIN, Installer::keyFile);
    }

    @Override
    public MemberStore members() {
        return members;
    }

    @Override
    public SecretCopyStore secretCopies() {
        return secretCopies;
    }

    @Override
    public CustomerStore customers() {
        return customers;
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public FactorStore factors() {
        return factors;
    }

    @Override
    public PasskeyStore passkeys() {
        return passkeys;
    }

    @Override
    public IdentityStore identities() {
        return identities;
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }

    @Override
    public ConnectionStore connections() {
        return connections;
    }

    @Override
    public ConnectSessionStore connectSessions() {
        return connectSessions;
    }

    @Override
    public OutboxStore<ConnectionEvent> connectionEvents() {
        return connectionEvents;
    }

    @Override
    public GrantStore grants() {
        return grants;
    }

    @Override
    public AssertionStore assertions() {
        return assertions;
    }

    @Override
    public ProofStore proofs() {
        return proofs;
    }

    @Override
    public PushedRequestStore pushedRequests() {
        return pushedRequests;
    }

    @Override
    public DeviceStore devices() {
        return devices;
    }

    @Override
    public OutboxStore<Ping> pings() {
        return pings;
    }

    @Override
    public RequestCodeStore requestCodes() {
        return requestCodes;
    }

    @Override
    public UnusedClientStore unusedClients() {
        return unusedClients;
    }

    @Override
    public RegistrationStore registrations() {
        return registrations;
    }

    @Override
    public LogoutStore logouts() {
        return logouts;
    }

    @Override
    public ResetStore resets() {
        return resets;
    }

    @Override
    public RetiredUseStore retiredUses() {
        return retiredUses;
    }

    @Override
    public ApiStore apis() {
        return apis;
    }

    @Override
    public KeyStore keys() {
        return keys;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public ReplyStore replies() {
        return replies;
    }

    @Override
    public AuditStore audit() {
        return audit;
    }

    @Override
    public FactSource facts() {
        return facts.source();
    }

    @Override
    public InstantSource clock() {
        return facts.clock();
    }

    @Override
    public List<NodeStatus> nodes() {
        return facts.nodes();
    }

    @Override
    public boolean allKnow(long format) {
        return facts.allKnow(format);
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        facts.onKeysChanged(listener);
    }

    @Override
    public void close() {
        facts.close();
        db.close();
    }
}
