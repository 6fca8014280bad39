package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Organizations, applications and credentials in SQL.
final class SqlMembers implements MemberStore {
    private static final Pages<Organization> CHILDREN =
            new Pages<>("organization", Columns.ORGANIZATION, "parent", Columns::organization);
    private static final Pages<Application> APPLICATIONS =
            new Pages<>("application", Columns.APPLICATION, "organization", Columns::application);
    private static final Pages<Credential> CREDENTIALS =
            new Pages<>("credential", Columns.CREDENTIAL, "application", Columns::credential);
    private static final Pages<Credential> KEYS_OF_MEMBERS =
            new Pages<>("credential", Columns.CREDENTIAL, "membership", Columns::credential);

    private final Db db;
    private final Writes writes;
    private final Standings standings;
    private final Replacements replacements;

    SqlMembers(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.standings = new Standings(writes);
        this.replacements = new Replacements(writes);
    }

    @Override
    public Stored<Organization> add(Organization organization, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> added(transaction, organization));
    }

    /// Nothing that is new stands in the way of what belongs to it.
    @Override
    public Stored<Organization> add(
            Organization organization, Application application, NewCredential credential, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!roleExists(transaction.session(), application.role())) {
                return new Stored.Missing<>();
            }
            Stored<Organization> stored = added(transaction, organization);
            if (stored instanceof Stored.Done<Organization>
                    && !(added(transaction, application) instanceof Stored.Done<Application>
                            && Copies.added(transaction, credential) instanceof Stored.Done<Credential>)) {
                throw new IllegalStateException("a new organization has no room for its first key");
            }
            return stored;
        });
    }

    private static Stored<Organization> added(Transaction transaction, Organization organization) {
        if (organization.parent().isEmpty()) {
            return new Stored.Conflict<>("there is one root organization, and it is there");
        }
        Session session = transaction.session();
        Optional<Above> parent = session.one(
                "SELECT revoked, depth FROM organization WHERE id = ?",
                row -> new Above(row.flag("revoked"), row.number("depth")),
                Ids.of(organization.parent().get()));
        if (parent.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (parent.get().revoked()) {
            return new Stored.Conflict<>("the parent is revoked");
        }
        if (parent.get().depth() >= Organization.MAX_DEPTH) {
            return new Stored.Full<>("the tree is at most " + Organization.MAX_DEPTH + " deep");
        }
        if (!Insert.organization(session, organization, parent.get().depth() + 1)) {
            return new Stored.Conflict<>("the parent has a child of this name");
        }
        transaction.changed(organization.id());
        transaction.audit(
                "organization.add",
                Optional.of(organization.id()),
                organization.id(),
                Detail.of("name", organization.name())
                        .with("parent", organization.parent().get()));
        return new Stored.Done<>(organization(session, organization.id()).orElseThrow());
    }

    private record Above(boolean revoked, long depth) {}

    @Override
    public Stored<Application> add(Application application, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> added(transaction, application));
    }

    static Stored<Application> added(Transaction transaction, Application application) {
        Session session = transaction.session();
        Optional<Organization> home = organization(session, application.organization());
        if (home.isEmpty() || !roleExists(session, application.role())) {
            return new Stored.Missing<>();
        }
        if (home.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        if (!Insert.application(session, application)) {
            return new Stored.Conflict<>("the client_id, or the name in its organization, is in use");
        }
        transaction.changed(application.id());
        transaction.audit(
                "application.add",
                Optional.of(application.organization()),
                application.id(),
                Detail.of("name", application.name())
                        .with("client_id", application.clientId())
                        .with("role", application.role().map(Id::text).orElse("")));
        return new Stored.Done<>(application(session, application.id()).orElseThrow());
    }

    static boolean roleExists(Session session, Optional<Id> role) {
        return role.isEmpty()
                || session.one("SELECT id FROM role WHERE id = ?", row -> row.number("id"), Ids.of(role.get()))
                        .isPresent();
    }

    @Override
    public Stored<Credential> add(NewCredential credential, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> Copies.added(transaction, credential));
    }

    static Stored<Credential> added(Transaction transaction, Credential credential) {
        Session session = transaction.session();
        if (!takesPlace(session, credential, 1)) {
            return noPlace(session, credential);
        }
        Optional<Stored<Credential>> full =
                DomainKeys.full(session, credential).or(() -> SigningKeys.full(session, credential));
        if (full.isPresent()) {
            return full.get();
        }
        if (!Insert.credential(session, credential)) {
            return new Stored.Conflict<>("the id is in use");
        }
        transaction.changed(credential.id(), credential.holder());
        DomainKeys.changed(transaction, credential);
        transaction.audit(
                credential.added(),
                Optional.of(credential.organization()),
                credential.id(),
                CredentialDetail.of(credential));
        return new Stored.Done<>(credential(session, credential.id()).orElseThrow());
    }

    /// What holds credentials of this one's kind: table, and word in the audit trail.
    static String holding(Id holder) {
        return switch (holder.kind()) {
            case APPLICATION -> "application";
            case MEMBERSHIP -> "membership";
            case USER -> "user";
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> throw new IllegalArgumentException("holds no credentials: " + holder);
        };
    }

    /// Takes places for credentials at the holder of this one, if that is there, stands and has as many.
    static boolean takesPlace(Session session, Credential credential, long places) {
        return credential.holder().kind() != Kind.USER
                && session.update(
                                "UPDATE " + holding(credential.holder()) + " SET credentials = credentials + ?"
                                        + " WHERE id = ? AND organization = ? AND NOT revoked AND credentials + ? <= ?",
                                places,
                                Ids.of(credential.holder()),
                                Ids.of(credential.organization()),
                                places,
                                (long) MAX_CREDENTIALS)
                        == 1;
    }

    static Stored<Credential> noPlace(Session session, Credential credential) {
        if (credential.holder().kind() == Kind.USER) {
            return new Stored.Conflict<>("a user has a password and nothing else of its own");
        }
        Optional<Boolean> revoked = session.one(
                "SELECT revoked FROM " + holding(credential.holder()) + " WHERE id = ? AND organization = ?",
                row -> row.flag("revoked"),
                Ids.of(credential.holder()),
                Ids.of(credential.organization()));
        if (revoked.isEmpty()) {
            return new Stored.Missing<>();
        }
        return revoked.get()
                ? new Stored.Conflict<>("the " + holding(credential.holder()) + " is revoked")
                : new Stored.Full<>("at most " + MAX_CREDENTIALS + " credentials");
    }

    @Override
    public Stored<Organization> replace(Organization before, Organization after, Act act) {
        return replacements.organization(before, after, act);
    }

    @Override
    public Stored<Application> replace(Application before, Application after, Act act) {
        return replacements.application(before, after, act);
    }

    @Override
    public Stored<Credential> replace(Credential before, Credential after, Act act) {
        return replacements.credential(before, after, act);
    }

    @Override
    public Stored<Credential> replace(Credential before, Credential after, boolean held, Act act) {
        return replacements.credential(before, after, act, (transaction, replaced) -> switch (Standings.byOwner(
                transaction, replaced.id(), held)) {
            case Stored.Done<Standing>(Standing now, var _) -> new Stored.Done<>(replaced.with(now));
            case Stored.Missing<Standing> _ -> new Stored.Missing<>();
            case Stored.Conflict<Standing>(String why) -> new Stored.Conflict<>(why);
            case Stored.Moved<Standing> _ -> new Stored.Moved<>();
            case Stored.Full<Standing>(String why) -> new Stored.Full<>(why);
            case Stored.Forbidden<Standing>(Stored.Rule rule) -> new Stored.Forbidden<>(rule);
        });
    }

    @Override
    public Stored<Credential> rotate(Credential old, Instant end, NewCredential successor, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> Rotation.run(transaction, old, end, successor));
    }

    @Override
    public List<Credential> signing(Optional<Id> after, int limit) {
        return db.read(Lane.ADMIN, session -> SigningKeys.list(session, after, limit));
    }

    @Override
    public Stored<Credential> rewrap(Credential before, SealedKey sealed, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> SigningKeys.rewrap(transaction, before, sealed));
    }

    @Override
    public Stored<Standing> hold(Id member, Hold hold, Act act) {
        return standings.hold(member, hold, act);
    }

    @Override
    public Stored<Standing> lift(Id member, Hold hold, Act act) {
        return standings.lift(member, hold, act);
    }

    @Override
    public Stored<Standing> cut(Id member, Act act) {
        return standings.cut(member, act);
    }

    @Override
    public Stored<Standing> revoke(Id member, Act act) {
        return standings.revoke(member, act);
    }

    @Override
    public Stored<Standing> schedule(Id member, Window window, Act act) {
        return standings.schedule(member, window, act);
    }

    @Override
    public Optional<Organization> root() {
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT " + Columns.ORGANIZATION + " FROM organization WHERE depth = 1",
                        Columns::organization));
    }

    @Override
    public Optional<Organization> organization(Id id) {
        return db.read(Lane.ADMIN, session -> organization(session, id));
    }

    @Override
    public Optional<Application> application(Id id) {
        return db.read(Lane.ADMIN, session -> application(session, id));
    }

    @Override
    public Optional<Application> applicationByClientId(String clientId) {
        if (!Text.name(clientId)) {
            return Optional.empty();
        }
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT " + Columns.APPLICATION + " FROM application WHERE client_id = ?",
                        Columns::application,
                        clientId));
    }

    @Override
    public Optional<Credential> credential(Id id) {
        return db.read(Lane.ADMIN, session -> credential(session, id));
    }

    private static Optional<Organization> organization(Session session, Id id) {
        return one(session, id, Kind.ORGANIZATION, "organization", Columns.ORGANIZATION, Columns::organization);
    }

    private static Optional<Application> application(Session session, Id id) {
        return one(session, id, Kind.APPLICATION, "application", Columns.APPLICATION, Columns::application);
    }

    static Optional<Credential> credential(Session session, Id id) {
        return one(session, id, Kind.CREDENTIAL, "credential", Columns.CREDENTIAL, Columns::credential);
    }

    private static <T> Optional<T> one(
            Session session, Id id, Kind kind, String table, String columns, Function<Row, T> reader) {
        return id.kind() == kind
                ? session.one("SELECT " + columns + " FROM " + table + " WHERE id = ?", reader, Ids.of(id))
                : Optional.empty();
    }

    @Override
    public List<Organization> chain(Id organization) {
        return db.read(Lane.ADMIN, session -> Chain.of(session, organization));
    }

    @Override
    public Page<Organization> children(Id organization, Slice slice) {
        return CHILDREN.read(db, organization, slice);
    }

    @Override
    public Page<Application> applications(Id organization, Slice slice) {
        return APPLICATIONS.read(db, organization, slice);
    }

    @Override
    public Page<Credential> credentials(Id holder, Slice slice) {
        return (holder.kind() == Kind.MEMBERSHIP ? KEYS_OF_MEMBERS : CREDENTIALS).read(db, holder, slice);
    }
}
