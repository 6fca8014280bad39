package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Facts by one statement for many ids. A row that cannot be read is as good as missing.
public final class SqlFactLoader implements FactLoader {
    private record ProvingRow(String clientId, Id application, Optional<Id> credential) {}

    private final Db db;

    /// A loader over this database.
    public SqlFactLoader(Db db) {
        this.db = db;
    }

    @Override
    public List<Credential> credentials(Collection<Id> ids) {
        return byId("credential", CredentialColumns.ALL, ids, CredentialColumns::read);
    }

    @Override
    public List<Application> applications(Collection<Id> ids) {
        return byId("application", Columns.APPLICATION, ids, Columns::application);
    }

    @Override
    public List<UserRow> users(Collection<Id> ids) {
        return byId(
                "person",
                "id, organization, username, " + Columns.STANDING,
                ids,
                row -> new UserRow(
                        Ids.read(row, "id", Kind.USER),
                        Ids.read(row, "organization", Kind.ORGANIZATION),
                        row.text("username"),
                        Columns.standing(row)));
    }

    @Override
    public List<Membership> memberships(Collection<Id> ids) {
        return byId("membership", Columns.MEMBERSHIP, ids, Columns::membership);
    }

    @Override
    public Map<String, Login> logins(Collection<String> usernames) {
        return Logins.read(db, usernames);
    }

    @Override
    public Map<Digest, Session> sessions(Collection<Digest> digests) {
        return SqlSessions.read(db, digests);
    }

    @Override
    public List<Customer> customers(Collection<Id> ids) {
        return byId("customer", Columns.CUSTOMER, ids, Columns::customer);
    }

    @Override
    public List<Organization> organizationsUpward(Collection<Id> ids) {
        return read("organization", """
                WITH RECURSIVE up (id) AS (
                    SELECT id FROM organization WHERE id IN %s
                    UNION
                    SELECT below.parent FROM up JOIN organization below ON below.id = up.id
                    WHERE below.parent IS NOT NULL)
                SELECT organization.id AS id, parent, name, created_at, first_key, access, access_by,
                       second_factor, default_role, holds, revoked, generation, not_before, expires_at, version
                FROM up JOIN organization ON organization.id = up.id""".formatted(Ids.in(ids.size())), Columns::organization, Ids.list(ids));
    }

    @Override
    public List<Role> roles(Collection<Id> ids) {
        return byId("role", Columns.ROLE, ids, Columns::role);
    }

    @Override
    public Map<String, Proving> proving(Collection<String> clientIds) {
        List<Object> possible =
                clientIds.stream().filter(Text::name).<Object>map(id -> id).toList();
        if (possible.isEmpty()) {
            return Map.of();
        }
        List<ProvingRow> rows = read(
                "credential",
                """
                SELECT application.client_id AS client_id, application.id AS application, credential.id AS credential,
                       credential.id AS id
                FROM application LEFT JOIN credential
                  ON credential.application = application.id AND credential.kind IN ('secret', 'public_key', 'signing_key')
                     AND NOT credential.revoked
                WHERE application.client_id IN %s
                ORDER BY credential.id""".formatted(Ids.in(possible.size())),
                row -> new ProvingRow(
                        row.text("client_id"),
                        Ids.read(row, "application", Kind.APPLICATION),
                        Ids.maybe(row, "credential", Kind.CREDENTIAL)),
                Ids.padded(possible));
        Map<String, Proving> byClient = new HashMap<>();
        for (ProvingRow row : rows) {
            Proving proving =
                    byClient.computeIfAbsent(row.clientId(), _ -> new Proving(row.application(), new ArrayList<>()));
            row.credential().ifPresent(proving.credentials()::add);
        }
        byClient.replaceAll((_, proving) -> new Proving(proving.application(), List.copyOf(proving.credentials())));
        return Map.copyOf(byClient);
    }

    @Override
    public List<Api> apis() {
        return db.read(
                Lane.WHOLE,
                session -> SoundRows.list(
                        session, "api", "SELECT " + ApiColumns.ALL + " FROM api ORDER BY name", ApiColumns::read));
    }

    @Override
    public List<IdentityProvider> providers() {
        return db.read(
                Lane.WHOLE,
                session -> SoundRows.list(
                        session,
                        "identity_provider",
                        "SELECT " + IdentityColumns.PROVIDER + " FROM identity_provider ORDER BY name",
                        row -> IdentityColumns.provider(row).provider()));
    }

    @Override
    public List<DomainKey> domainKeys(int limit) {
        return db.read(
                Lane.WHOLE,
                session -> SoundRows.list(session, "credential", """
                        SELECT credential.id AS id, rights, apis, origins
                        FROM credential JOIN organization ON organization.id = credential.organization
                             LEFT JOIN application ON application.id = credential.application
                             LEFT JOIN membership ON membership.id = credential.membership
                             LEFT JOIN person ON person.id = membership.person
                        WHERE kind = 'domain_key' AND NOT credential.revoked AND NOT organization.revoked
                              AND NOT COALESCE(application.revoked, membership.revoked OR person.revoked)
                        ORDER BY credential.id LIMIT ?""", CredentialColumns::domainKey, (long) limit));
    }

    @Override
    public List<Dead> dead(Instant now, int limit) {
        return db.read(
                Lane.WHOLE,
                session -> SoundRows.list(
                        session,
                        "dead",
                        "SELECT kind, id, expires_at FROM dead WHERE expires_at > ? LIMIT ?",
                        row -> new Dead(
                                Ids.read(row, "id", Kind.of(row.text("kind")).orElseThrow()),
                                Micros.read(row.number("expires_at"))),
                        Micros.of(now),
                        (long) limit));
    }

    private <T> List<T> byId(String table, String columns, Collection<Id> ids, Function<Row, T> reader) {
        return read(
                table,
                "SELECT " + columns + " FROM " + table + " WHERE id IN " + Ids.in(ids.size()),
                reader,
                Ids.list(ids));
    }

    private <T> List<T> read(String table, String sql, Function<Row, T> reader, Object... parameters) {
        return db.read(Lane.VERIFY, session -> SoundRows.list(session, table, sql, reader, parameters));
    }
}
