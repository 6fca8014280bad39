package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;

/// Users, memberships and passwords in SQL. The table of users is `person`: `user` is a word of SQL.
final class SqlUsers implements UserStore {
    private static final Pages<User> USERS =
            new Pages<>("person", Columns.USER, "organization", "username", Columns::user);
    private static final Pages<Membership> MEMBERSHIPS =
            new Pages<>("membership", Columns.MEMBERSHIP, "organization", Columns::membership);

    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;
    private final Replacements replacements;

    SqlUsers(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.replacements = new Replacements(writes);
    }

    @Override
    public Stored<User> add(User user, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> added(transaction, user));
    }

    static Stored<User> added(Transaction transaction, User user) {
        Session session = transaction.session();
        Optional<Stored<User>> homeless = gone(session, user.organization());
        if (homeless.isPresent()) {
            return homeless.get();
        }
        if (!Insert.user(session, user)) {
            return new Stored.Conflict<>("the username is in use");
        }
        transaction.changed(user.id());
        transaction.audit("user.add", Optional.of(user.organization()), user.id(), Detail.none());
        return new Stored.Done<>(user(session, user.id()).orElseThrow());
    }

    private static <T> Optional<Stored<T>> gone(Session session, Id organization) {
        Optional<Boolean> revoked = session.one(
                "SELECT revoked FROM organization WHERE id = ?", row -> row.flag("revoked"), Ids.of(organization));
        if (revoked.isEmpty()) {
            return Optional.of(new Stored.Missing<>());
        }
        return revoked.get() ? Optional.of(new Stored.Conflict<>("the organization is revoked")) : Optional.empty();
    }

    @Override
    public Stored<User> replace(User before, User after, Act act) {
        return replacements.user(before, after, act);
    }

    @Override
    public Stored<Membership> add(Membership membership, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> added(transaction, membership));
    }

    static Stored<Membership> added(Transaction transaction, Membership membership) {
        Session session = transaction.session();
        Optional<User> user = user(session, membership.user());
        if (user.isEmpty() || !Additions.roleExists(session, membership.role())) {
            return new Stored.Missing<>();
        }
        Optional<Stored<Membership>> homeless = gone(session, membership.organization());
        if (homeless.isPresent()) {
            return homeless.get();
        }
        if (user.get().standing().revoked()) {
            return new Stored.Conflict<>("the user is revoked");
        }
        if (!Places.take(session, membership.user())) {
            return new Stored.Full<>("a user has at most " + MAX_MEMBERSHIPS + " memberships");
        }
        if (!Insert.membership(session, membership)) {
            return new Stored.Conflict<>("the user is a member of this organization");
        }
        transaction.changed(membership.id(), membership.user());
        transaction.audit(
                "membership.add",
                Optional.of(membership.organization()),
                membership.id(),
                Detail.of("user", membership.user())
                        .with("role", membership.role().map(Id::text).orElse("")));
        return new Stored.Done<>(membership(session, membership.id()).orElseThrow());
    }

    @Override
    public Stored<Membership> replace(Membership before, Membership after, Act act) {
        return replacements.membership(before, after, act);
    }

    @Override
    public Stored<Credential> setPassword(Credential password, Act act) {
        return password(password, "", act);
    }

    @Override
    public Stored<Credential> resetPassword(Credential password, Act act) {
        return password(password, ", generation = generation + 1", act);
    }

    /// The first statement locks the user's row, so that of two at once the second revokes what the first set.
    ///
    /// @param besides what else becomes of the user
    private Stored<Credential> password(Credential password, String besides, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Stored<Credential>> refused = locked(transaction, password, besides);
            if (refused.isPresent()) {
                return refused.get();
            }
            Optional<Id> old = session.one(
                    "UPDATE credential SET revoked = TRUE, version = version + 1"
                            + " WHERE person = ? AND kind = 'password' AND NOT revoked RETURNING id",
                    row -> Ids.read(row, "id", Kind.CREDENTIAL),
                    Ids.of(password.holder()));
            if (!Insert.credential(session, password)) {
                return new Stored.Conflict<>("the id is in use");
            }
            transaction.changed(password.id(), password.holder());
            old.ifPresent(transaction::changed);
            LogoutNotices.ofMember(transaction, password.holder());
            transaction.audit(
                    "user.password",
                    Optional.of(password.organization()),
                    password.holder(),
                    Detail.of("credential", password.id())
                            .with("replaced", old.map(Id::text).orElse("")));
            return new Stored.Done<>(
                    SqlMembers.credential(session, password.id()).orElseThrow());
        });
    }

    /// Gives the user another version; empty when it has one that the terms name.
    private static Optional<Stored<Credential>> locked(Transaction transaction, Credential password, String besides) {
        Session session = transaction.session();
        Terms terms = transaction.act().terms();
        Optional<Standing> found = session.one(
                "UPDATE person SET version = version + 1" + besides + " WHERE id = ? AND organization = ? RETURNING "
                        + Columns.STANDING,
                Columns::standing,
                Ids.of(password.holder()),
                Ids.of(password.organization()));
        if (found.isEmpty()) {
            return Optional.of(new Stored.Missing<>());
        }
        if (found.get().revoked()) {
            return Optional.of(new Stored.Conflict<>("the user is revoked"));
        }
        return terms.met(found.get().version() - 1) ? Optional.empty() : Optional.of(new Stored.Moved<>());
    }

    @Override
    public Stored<Credential> restretch(Credential before, Credential after, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Digest digest = after.digest().orElseThrow();
            int changed = session.update(
                    "UPDATE credential SET pepper = ?, digest = ?, stretch = ?, version = version + 1"
                            + " WHERE id = ? AND person = ? AND version = ? AND NOT revoked",
                    (long) digest.pepper(),
                    digest.bytes(),
                    Session.text(after.stretch()),
                    Ids.of(before.id()),
                    Ids.of(before.holder()),
                    before.standing().version());
            if (changed == 0) {
                return new Stored.Moved<>();
            }
            transaction.changed(before.id());
            transaction.audit("credential.restretch", Optional.of(before.organization()), before.id(), Detail.none());
            return new Stored.Done<>(SqlMembers.credential(session, before.id()).orElseThrow());
        });
    }

    @Override
    public Optional<User> user(Id id) {
        return db.read(Lane.ADMIN, session -> user(session, id));
    }

    private static Optional<User> user(Session session, Id id) {
        return id.kind() == Kind.USER
                ? session.one("SELECT " + Columns.USER + " FROM person WHERE id = ?", Columns::user, Ids.of(id))
                : Optional.empty();
    }

    @Override
    public Optional<User> userByName(String username) {
        if (!Text.name(username)) {
            return Optional.empty();
        }
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT " + Columns.USER + " FROM person WHERE username = ?", Columns::user, username));
    }

    @Override
    public Optional<Credential> password(Id user) {
        if (user.kind() != Kind.USER) {
            return Optional.empty();
        }
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                        "SELECT " + CredentialColumns.ALL + " FROM credential"
                                + " WHERE person = ? AND kind = 'password' AND NOT revoked",
                        CredentialColumns::read,
                        Ids.of(user)));
    }

    @Override
    public Optional<Membership> membership(Id id) {
        return db.read(Lane.ADMIN, session -> membership(session, id));
    }

    private static Optional<Membership> membership(Session session, Id id) {
        return id.kind() == Kind.MEMBERSHIP
                ? session.one(
                        "SELECT " + Columns.MEMBERSHIP + " FROM membership WHERE id = ?",
                        Columns::membership,
                        Ids.of(id))
                : Optional.empty();
    }

    @Override
    public Page<User> users(Id organization, Slice slice) {
        return USERS.read(db, organization, slice);
    }

    @Override
    public Page<Membership> memberships(Id organization, Slice slice) {
        return slice.name().isPresent() ? new Page<>(List.of(), false) : MEMBERSHIPS.read(db, organization, slice);
    }

    @Override
    public List<Membership> membershipsOf(Id user) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + Columns.MEMBERSHIP + " FROM membership WHERE person = ? AND NOT revoked"
                                + " ORDER BY id",
                        Columns::membership,
                        Ids.of(user)));
    }
}
