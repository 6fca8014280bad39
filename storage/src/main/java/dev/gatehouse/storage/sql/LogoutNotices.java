package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.List;

/// Writes down who is to be told of the end of a login, in the transaction that ends it. Whoever is told is not
/// told again, unless it signs somebody in anew. Nothing here reads what an application registered: the end of a
/// login never fails because of somebody else's row.
final class LogoutNotices {
    static final String CLIENT = "sid, application, api, person";

    /// Where they stand.
    static final OutboxRows.Table<Client> TABLE = new OutboxRows.Table<>(
            "logout_notice",
            "sid, application",
            "sid, application",
            "since",
            CLIENT,
            true,
            LogoutNotices::client,
            client -> List.of(Ids.of(client.login()), Ids.of(client.application())));

    private LogoutNotices() {}

    static Client client(Row row) {
        return new Client(
                Ids.read(row, "application", Kind.APPLICATION),
                Ids.read(row, "api", Kind.API),
                Ids.read(row, "person", Kind.USER),
                Ids.read(row, "sid", Kind.SESSION));
    }

    /// A login ends.
    static void ofLogin(Transaction transaction, Id login) {
        ended(transaction, "session = ?", Ids.of(login));
    }

    /// All logins of a user end but this one, those too whose rows are gone already.
    static void ofOtherLogins(Transaction transaction, Id user, Id login) {
        ended(transaction, "person = ? AND session <> ?", Ids.of(user), Ids.of(login));
    }

    /// Somebody was stopped: a user, one of its memberships, or its password. Nobody else has logins.
    static void ofMember(Transaction transaction, Id member) {
        switch (member.kind()) {
            case USER -> ended(transaction, "person = ?", Ids.of(member));
            case MEMBERSHIP -> ended(transaction, through("membership"), Ids.of(member), Ids.of(member));
            case CREDENTIAL -> ended(transaction, through("credential"), Ids.of(member), Ids.of(member));
            case ORGANIZATION,
                    APPLICATION,
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
                    NODE -> {}
        }
    }

    /// The person first, which has an index.
    private static String through(String table) {
        return "person = (SELECT person FROM " + table + " WHERE id = ?) AND " + table + " = ?";
    }

    /// What one login would have told, another one of the same person will.
    static void handOver(Session session, Id login, Id to) {
        session.update(
                "UPDATE login_client SET session = ?,"
                        + " ends_at = (SELECT ends_at FROM login_session WHERE id = ?),"
                        + " membership = (SELECT membership FROM login_session WHERE id = ?),"
                        + " credential = (SELECT credential FROM login_session WHERE id = ?) WHERE session = ?",
                Ids.of(to),
                Ids.of(to),
                Ids.of(to),
                Ids.of(to),
                Ids.of(login));
    }

    private static void ended(Transaction transaction, String which, Object... parameters) {
        Session session = transaction.session();
        long now = Micros.of(transaction.act().at());
        List<Object> values = new ArrayList<>(List.of(now, now));
        values.addAll(List.of(parameters));
        session.update(
                "INSERT INTO logout_notice (sid, application, api, person, attempt, tries, since, due_at)"
                        + " SELECT sid, application, MIN(api), MIN(person), 0, 0, CAST(? AS BIGINT), CAST(? AS BIGINT)"
                        + " FROM login_client WHERE " + which
                        + " AND application IN (SELECT id FROM application WHERE back_channel IS NOT NULL"
                        + " AND NOT revoked) GROUP BY sid, application"
                        + " ON CONFLICT (sid, application) DO UPDATE SET attempt = logout_notice.attempt + 1,"
                        + " tries = 0, since = excluded.since, due_at = excluded.due_at",
                values.toArray());
        session.update("DELETE FROM login_client WHERE " + which, parameters);
    }
}
