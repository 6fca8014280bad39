package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.MemberStore;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// A store that forgets everything with its process.
public final class MemoryStore implements Store {
    private final Writes writes;
    private final MemberStore members;
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
    private final PushedRequestStore pushedRequests;
    private final LogoutStore logouts;
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
    private final FactSource facts;
    private final AtomicBoolean behind = new AtomicBoolean();

    /// An empty store.
    ///
    /// @param auditKey makes the MACs of audit rows
    /// @param random draws the ids of audit rows
    public MemoryStore(MacKey auditKey, RandomGenerator random) {
        this(auditKey, random, TokenStore.Room.DEFAULT);
    }

    /// The same with other room in the dead set.
    public MemoryStore(MacKey auditKey, RandomGenerator random, TokenStore.Room deadTokens) {
        Audit trail = new Audit(auditKey, random);
        this.writes = new Writes(trail);
        this.members = new MemoryMembers(writes);
        this.customers = new MemoryCustomers(writes);
        this.users = new MemoryUsers(writes);
        MemoryTokens dead = new MemoryTokens(writes, deadTokens);
        MemoryGrants granted = new MemoryGrants(writes, dead);
        this.grants = granted;
        this.factors = new MemoryFactors(writes, granted);
        this.passkeys = new MemoryPasskeys(writes, granted);
        this.identities = new MemoryIdentities(writes);
        this.sessions = new MemorySessions(writes, granted);
        this.connections = new MemoryConnections(writes);
        this.proofs = new MemoryProofs(writes);
        this.pushedRequests = new MemoryPushedRequests(writes);
        this.assertions = new MemoryAssertions(writes);
        this.connectSessions = new MemoryConnectSessions(writes);
        this.connectionEvents = new MemoryOutbox<>(writes, tables -> tables.connectionEvents);
        this.devices = new MemoryDevices(writes);
        this.pings = new MemoryOutbox<>(writes, tables -> tables.pings);
        this.requestCodes = new MemoryRequestCodes(writes);
        this.logouts = new MemoryLogouts(writes);
        this.resets = new MemoryResets(writes);
        this.retiredUses = new MemoryRetiredUses(writes);
        this.unusedClients = new MemoryUnusedClients(writes);
        this.registrations = new MemoryRegistrations(writes);
        this.apis = new MemoryApis(writes);
        this.keys = new MemoryKeys(writes);
        this.tokens = dead;
        this.replies = new MemoryReplies(writes);
        this.audit = new MemoryAudit(writes, trail);
        this.facts = new MemoryFacts(writes, behind);
    }

    /// Whether facts are behind from now on, as on a node that hears nothing of its database.
    public void behind(boolean cutOff) {
        behind.set(cutOff);
    }

    @Override
    public Stored<Installation> install(Installation installation, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Id root = installation.root().id();
            if (!installation.root().root() || !Insert.organization(tables, installation.root())) {
                return new Stored.Conflict<>("the database is not empty");
            }
            boolean all = Insert.api(tables, installation.admin())
                    && Insert.role(tables, installation.owner())
                    && Insert.application(tables, installation.bootstrap())
                    && Insert.credential(tables, installation.key());
            if (!all) {
                return new Stored.Conflict<>("the parts of the installation exclude each other");
            }
            tables.keyFile = Optional.of(installation.keyFile());
            transaction.audit(
                    "installation.install",
                    Optional.of(root),
                    root,
                    Detail.of("key_file", installation.keyFile())
                            .with("application", installation.bootstrap().id())
                            .with("credential", installation.key().id())
                            .with("hint", installation.key().hint()));
            return new Stored.Done<>(installation);
        });
    }

    @Override
    public Optional<String> keyFile() {
        return writes.now().keyFile;
    }

    @Override
    public MemberStore members() {
        return members;
    }

    @Override
    public SecretCopyStore secretCopies() {
        return new MemorySecretCopies(writes);
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
        return facts;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public boolean allKnow(long format) {
        return format <= NodeStatus.SECOND_FACTORS;
    }

    @Override
    public List<NodeStatus> nodes() {
        return List.of(new NodeStatus(
                new Id(Kind.NODE, 0), true, NodeStatus.State.LIVE, "0", NodeStatus.SECOND_FACTORS, Duration.ZERO));
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        writes.onKeysChanged(listener);
    }

    /// Nothing is held that would have to be given back.
    @Override
    public void close() {}
}
