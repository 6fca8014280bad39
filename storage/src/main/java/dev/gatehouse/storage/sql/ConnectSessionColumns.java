package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.ConnectSessionStore.Held;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Connect sessions as rows. The digest is of what takes the next step: the link, then what the browser has, then
/// the code.
final class ConnectSessionColumns {
    static final String SESSION =
            "id, organization, api, connection, again, platform, name, began_by, return_to, state,"
                    + " created_at, dies_at";
    static final String HELD = SESSION + ", sealed, token_expires_at";

    private static final String NEW = HELD + ", pepper, digest";

    private ConnectSessionColumns() {}

    static ConnectSession session(Row row) {
        return new ConnectSession(
                Ids.read(row, "id", Kind.CONNECT_SESSION),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "api", Kind.API),
                Ids.read(row, "connection", Kind.CONNECTION),
                row.flag("again"),
                row.text("platform"),
                row.text("name"),
                row.text("began_by"),
                row.text("return_to"),
                state(row.text("state")),
                Micros.read(row.number("created_at")),
                Micros.read(row.number("dies_at")));
    }

    private static ConnectSession.State state(String wire) {
        return Arrays.stream(ConnectSession.State.values())
                .filter(state -> state.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored state of a connect session is unknown"));
    }

    static Held held(Row row) {
        return new Held(
                session(row),
                Encrypted.of(row.bytes("sealed")),
                row.maybeNumber("token_expires_at").map(Micros::read));
    }

    /// Whether the row is new.
    static boolean insert(Session session, ConnectSession it, Digest link, Encrypted given) {
        return Insert.into(
                session,
                "connect_session",
                NEW,
                List.of(
                        Ids.of(it.id()),
                        Ids.of(it.organization()),
                        Ids.of(it.api()),
                        Ids.of(it.connection()),
                        it.again(),
                        it.platform(),
                        Text.requireName(it.name()),
                        Text.requireName(it.beganBy()),
                        it.returnTo(),
                        it.state().wire(),
                        Micros.of(it.createdAt()),
                        Micros.of(it.diesAt()),
                        given.bytes(),
                        Session.number(Optional.empty()),
                        (long) link.pepper(),
                        link.bytes()));
    }
}
