package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ApiAddress;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Apis and roles in SQL.
final class SqlApis implements ApiStore {
    private static final Pages<Role> ROLES = new Pages<>("role", Columns.ROLE, "organization", Columns::role);

    /// What is of one Api alone. Clients that registered there stay what they are: good there, and nowhere else.
    private static final List<String> BELONGING =
            List.of("stored_key", "user_grant", "consent", "retired_use", "initial_token", "registration_turn");

    private final Db db;
    private final Writes writes;

    SqlApis(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public Stored<Api> add(Api api, Act act) {
        bounded(api);
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            setOwners(transaction, api.id(), api.catalogue().all());
            if (!organizationExists(session, api.organization())) {
                return new Stored.Missing<>();
            }
            Optional<String> taken = taken(session, api);
            if (taken.isPresent()) {
                return new Stored.Conflict<>(taken.get() + " is in use");
            }
            if (!Insert.api(session, api)) {
                return new Stored.Conflict<>("the name, audience or issuer is in use");
            }
            Api added = one(session, api.id()).orElseThrow();
            Copies.keeps(session, api.id(), added.speech().reveal(), added.version());
            return recorded(transaction, "api.add", added, ApiDetail.added(added));
        });
    }

    @Override
    public Stored<Api> replace(Api api, Act act) {
        bounded(api);
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            setOwners(transaction, api.id(), api.catalogue().all());
            Optional<Api> before = one(session, api.id());
            List<Object> parameters = new ArrayList<>(ApiColumns.replaceable(api));
            parameters.add(Ids.of(api.id()));
            parameters.add(api.version());
            int replaced = session.update(
                    "UPDATE api SET " + sets() + ", version = version + 1 WHERE id = ? AND version = ?",
                    parameters.toArray());
            if (replaced == 0) {
                return before.isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
            }
            Optional<String> taken = taken(session, api);
            if (taken.isPresent()) {
                return new Stored.Conflict<>(taken.get() + " is in use");
            }
            Api after = one(session, api.id()).orElseThrow();
            Copies.keeps(session, api.id(), after.speech().reveal(), after.version());
            SqlUnusedClients.count(session, before.orElseThrow(), after, act.at());
            return recorded(transaction, "api.replace", after, ApiDetail.replaced(before.orElseThrow(), after));
        });
    }

    @Override
    public Stored<Api> delete(Api api, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            setOwners(transaction, api.id(), Scopes.NONE);
            Optional<Api> before = one(session, api.id());
            for (String table : BELONGING) {
                session.update("DELETE FROM " + table + " WHERE api = ?", Ids.of(api.id()));
            }
            int deleted =
                    session.update("DELETE FROM api WHERE id = ? AND version = ?", Ids.of(api.id()), api.version());
            if (deleted == 0) {
                return before.isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
            }
            Copies.keeps(session, api.id(), Set.of(), api.version());
            transaction.changed(api.id());
            transaction.audit(
                    "api.delete",
                    before.map(Api::organization),
                    api.id(),
                    Detail.of("name", before.orElse(api).name()).with("version", api.version()));
            return new Stored.Done<>(before.orElse(api));
        });
    }

    private static void bounded(Api api) {
        if (api.routes().size() > Api.MAX_ROUTES) {
            throw new IllegalArgumentException("an Api has at most " + Api.MAX_ROUTES + " routes");
        }
    }

    private static String sets() {
        return String.join(
                ", ",
                ApiColumns.columns().stream().map(column -> column + " = ?").toList());
    }

    private static Stored<Api> recorded(Transaction transaction, String verb, Api stored, Detail detail) {
        transaction.changed(stored.id());
        transaction.audit(verb, Optional.of(stored.organization()), stored.id(), detail);
        return new Stored.Done<>(stored);
    }

    /// What an Api wants that another one has.
    private static Optional<String> taken(Session session, Api api) {
        ApiAddress wanted = ApiAddress.of(api);
        return session
                .list(
                        "SELECT listener, hosts FROM api WHERE id <> ? ORDER BY id",
                        ApiColumns::address,
                        Ids.of(api.id()))
                .stream()
                .flatMap(other -> wanted.shared(other).stream())
                .findFirst();
    }

    /// Makes the built-in role of the root organization hold exactly these scopes of an Api. Comes first in every
    /// write of an Api: the first UPDATE takes the row's lock, so that of two at once the second one sees what
    /// the first one did.
    private static void setOwners(Transaction transaction, Id api, Scopes scopes) {
        Session session = transaction.session();
        Optional<Role> owner = session.one(
                "UPDATE role SET version = version + 1 WHERE built_in"
                        + " AND organization = (SELECT id FROM organization WHERE depth = 1) RETURNING "
                        + Columns.ROLE,
                Columns::role);
        owner.ifPresent(role -> {
            Map<Id, Scopes> byApi = new HashMap<>(role.rights().byApi());
            byApi.put(api, scopes);
            session.update(
                    "UPDATE role SET rights = ? WHERE id = ?", Columns.rights(new Rights(byApi)), Ids.of(role.id()));
            transaction.changed(role.id());
        });
    }

    private static boolean organizationExists(Session session, Id id) {
        return session.one("SELECT id FROM organization WHERE id = ?", row -> row.number("id"), Ids.of(id))
                .isPresent();
    }

    private static Optional<Api> one(Session session, Id id) {
        return session.one("SELECT " + ApiColumns.ALL + " FROM api WHERE id = ?", ApiColumns::read, Ids.of(id));
    }

    @Override
    public List<Api> apis() {
        return db.read(
                Lane.ADMIN,
                session -> session.list("SELECT " + ApiColumns.ALL + " FROM api ORDER BY name", ApiColumns::read));
    }

    @Override
    public Stored<Role> add(Role role, Act act) {
        Text.requireName(role.name());
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            if (!organizationExists(session, role.organization())) {
                return new Stored.Missing<>();
            }
            if (!Insert.role(session, role)) {
                return new Stored.Conflict<>("the organization has a role of this name");
            }
            return recordedRole(transaction, "role.add", role.id());
        });
    }

    @Override
    public Stored<Role> replace(Role role, Act act) {
        Text.requireName(role.name());
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            int replaced = session.update(
                    "UPDATE role SET name = ?, rights = ?, version = version + 1 WHERE id = ? AND version = ? AND NOT built_in",
                    role.name(),
                    Columns.rights(role.rights()),
                    Ids.of(role.id()),
                    role.version());
            if (replaced == 0) {
                return oneRole(session, role.id())
                        .<Stored<Role>>map(found -> found.builtIn()
                                ? new Stored.Conflict<>("a built-in role is not editable")
                                : new Stored.Moved<>())
                        .orElseGet(Stored.Missing::new);
            }
            return recordedRole(transaction, "role.replace", role.id());
        });
    }

    @Override
    public Stored<Role> delete(Role role, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            // Who is about to have it bound somebody comes before, and is seen below, or after, and finds none.
            Optional<Role> before = locked(session, role.id()) ? oneRole(session, role.id()) : Optional.empty();
            if (before.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (before.get().builtIn()) {
                return new Stored.Conflict<>("a built-in role is not deleted");
            }
            Optional<String> use = RoleUses.of(session, before.get());
            if (use.isPresent()) {
                return new Stored.Conflict<>(use.get());
            }
            int deleted =
                    session.update("DELETE FROM role WHERE id = ? AND version = ?", Ids.of(role.id()), role.version());
            return deleted == 0 ? new Stored.Moved<>() : recordedRole(transaction, "role.delete", before.get());
        });
    }

    private static Stored<Role> recordedRole(Transaction transaction, String verb, Id id) {
        return recordedRole(
                transaction, verb, oneRole(transaction.session(), id).orElseThrow());
    }

    private static Stored<Role> recordedRole(Transaction transaction, String verb, Role stored) {
        Detail detail = Detail.of("name", stored.name()).with("version", stored.version());
        stored.rights().byApi().forEach((api, scopes) -> detail.with(api.text(), scopes.text()));
        transaction.changed(stored.id());
        transaction.audit(verb, Optional.of(stored.organization()), stored.id(), detail);
        return new Stored.Done<>(stored);
    }

    /// Keeps a role as it is until the unit is done; false when there is none.
    static boolean locked(Session session, Id role) {
        return role.kind() == Kind.ROLE
                && session.update("UPDATE role SET version = version WHERE id = ?", Ids.of(role)) == 1;
    }

    private static Optional<Role> oneRole(Session session, Id id) {
        return id.kind() == Kind.ROLE
                ? session.one("SELECT " + Columns.ROLE + " FROM role WHERE id = ?", Columns::role, Ids.of(id))
                : Optional.empty();
    }

    @Override
    public Optional<Role> role(Id id) {
        return db.read(Lane.ADMIN, session -> oneRole(session, id));
    }

    @Override
    public boolean bounds(Id role, Id application) {
        String said = "%" + application + '\t' + role + "%";
        return db.read(
                Lane.ADMIN,
                session -> session.one(
                                "SELECT id FROM organization WHERE access <> '' AND (access LIKE ? OR access_by LIKE ?)"
                                        + " LIMIT 1",
                                row -> row.number("id"),
                                said,
                                said)
                        .isPresent());
    }

    @Override
    public Page<Role> roles(Id organization, Slice slice) {
        return ROLES.read(db, organization, slice);
    }
}
