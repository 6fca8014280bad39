package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Renewal;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Connections as rows.
final class ConnectionColumns {
    static final String CONNECTION =
            "id, organization, platform, kind, name, description, health, credential, token_expires_at, created_at,"
                    + " changed_at, "
                    + Columns.STANDING;
    static final String SEALED = CONNECTION + ", sealed, fence, leased_until, begun, lost, retry_at, failures";

    private static final String NEW = CONNECTION + ", sealed, fence, begun, lost, failures";

    private ConnectionColumns() {}

    static Connection connection(Row row) {
        return new Connection(
                Ids.read(row, "id", Kind.CONNECTION),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("platform"),
                ConnectionKind.stored(row.text("kind")),
                row.text("name"),
                row.text("description"),
                Connection.Health.valueOf(row.text("health").toUpperCase(Locale.ROOT)),
                row.number("credential"),
                row.maybeNumber("token_expires_at").map(Micros::read),
                Columns.standing(row),
                Micros.read(row.number("created_at")),
                Micros.read(row.maybeNumber("changed_at").orElseGet(() -> row.number("created_at"))));
    }

    static SealedConnection sealed(Row row) {
        return new SealedConnection(
                connection(row),
                Encrypted.of(row.bytes("sealed")),
                new Renewal(
                        row.number("fence"),
                        row.maybeNumber("leased_until").map(Micros::read),
                        row.flag("begun"),
                        row.flag("lost"),
                        row.maybeNumber("retry_at").map(Micros::read),
                        (int) row.number("failures")));
    }

    static String wire(Connection.Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    /// Whether the row is new.
    static boolean insert(Session session, Connection connection, Encrypted sealed) {
        List<Object> values = new ArrayList<>(List.of(
                Ids.of(connection.id()),
                Ids.of(connection.organization()),
                connection.platform(),
                connection.kind().wire(),
                Text.requireName(connection.name()),
                connection.description(),
                wire(connection.health()),
                connection.credential(),
                Session.number(connection.tokenExpiresAt().map(Micros::of)),
                Micros.of(connection.createdAt()),
                Micros.of(connection.changedAt())));
        values.addAll(Columns.standing(connection.standing()));
        values.addAll(List.of(sealed.bytes(), 0L, false, false, 0L));
        return Insert.into(session, "connection", NEW, values);
    }
}
