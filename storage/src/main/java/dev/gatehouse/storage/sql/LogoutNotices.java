package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;

/// Writes down who is to be told of the end of a login, in the transaction that ends it. Whoever is told is not
/// told again, unless it signs somebody in anew.
final class LogoutNotices {
    static final String CLIENT = "sid, application, api, person";

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

    /// Somebody was stopped: a user, one of its memberships, or its password. Nobody else has logins.
    static void ofMember(Transaction transaction, Id member) {
        switch (member.kind()) {
            case USER -> ended(transaction, "person = ?", Ids.of(member));
            case MEMBERSHIP -> ended(transaction, of("membership"), Ids.of(member), Ids.of(member));
            case CREDENTIAL -> ended(transaction, of("credential"), Ids.of(member), Ids.of(member));
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
                    NODE -> {}
        }
    }

    private static String of(String table) {
        return "person = (SELECT person FROM " + table + " WHERE id = ?)"
                + " AND session IN (SELECT id FROM login_session WHERE person = login_client.person AND " + table
                + " = ?)";
    }

    /// What one login would have told, another one of the same person will.
    static void handOver(Session session, Id login, Id to) {
        session.update(
                "UPDATE login_client SET session = ?, ends_at = (SELECT ends_at FROM login_session WHERE id = ?)"
                        + " WHERE session = ?",
                Ids.of(to),
                Ids.of(to),
                Ids.of(login));
    }

    private static void ended(Transaction transaction, String which, Object... parameters) {
        Session session = transaction.session();
        List<Client> clients = session.list(
                "DELETE FROM login_client WHERE " + which + " RETURNING " + CLIENT, LogoutNotices::client, parameters);
        for (Client client : clients) {
            if (listens(session, client.application())) {
                write(session, client, Micros.of(transaction.act().at()));
            }
        }
    }

    private static boolean listens(Session session, Id application) {
        return session.one(
                        "SELECT client FROM application WHERE id = ? AND NOT revoked",
                        row -> ClientColumn.read(row.text("client")),
                        Ids.of(application))
                .map(ClientTerms::logout)
                .filter(logout -> logout.backChannel().isPresent())
                .isPresent();
    }

    private static void write(Session session, Client client, long now) {
        session.update(
                "INSERT INTO logout_notice (sid, application, api, person, attempt, since, due_at)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (sid, application) DO UPDATE SET"
                        + " attempt = logout_notice.attempt + 1, since = excluded.since, due_at = excluded.due_at",
                Ids.of(client.login()),
                Ids.of(client.application()),
                Ids.of(client.api()),
                Ids.of(client.user()),
                now,
                now);
    }
}
