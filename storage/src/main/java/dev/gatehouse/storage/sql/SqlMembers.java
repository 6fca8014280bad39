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
            new Pages<>("credential", CredentialColumns.ALL, "application", CredentialColumns::read);
    private static final Pages<Credential> KEYS_OF_MEMBERS =
            new Pages<>("credential", CredentialColumns.ALL, "membership", CredentialColumns::read);

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
        return writes.run(Writes.Effect.WIDENS, act, transaction -> Additions.organization(transaction, organization));
    }

    @Override
    public Stored<Organization> add(
            Organization organization, Application application, NewCredential credential, Act act) {
        return writes.run(
                Writes.Effect.WIDENS,
                act,
                transaction -> Additions.organization(transaction, organization, application, credential));
    }

    @Override
    public Stored<Application> add(Application application, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> Additions.application(transaction, application));
    }

    @Override
    public Stored<Credential> add(NewCredential credential, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> Copies.added(transaction, credential));
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
            case Stored.Conflict<Standing>(String why, boolean passing) -> new Stored.Conflict<>(why, passing);
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

    static Optional<Organization> organization(Session session, Id id) {
        return one(session, id, Kind.ORGANIZATION, "organization", Columns.ORGANIZATION, Columns::organization);
    }

    static Optional<Application> application(Session session, Id id) {
        return one(session, id, Kind.APPLICATION, "application", Columns.APPLICATION, Columns::application);
    }

    static Optional<Credential> credential(Session session, Id id) {
        return one(session, id, Kind.CREDENTIAL, "credential", CredentialColumns.ALL, CredentialColumns::read);
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
