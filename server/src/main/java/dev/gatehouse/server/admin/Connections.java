package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import java.util.List;

/// Connections of organizations: the table of their members, and reading them. Making one is [Connecting]. Their
/// credentials are not among the members: nobody reads them again.
final class Connections {
    static final Attribute<Connection, String> PLATFORM = Attribute.of(
            "platform",
            Types.matching("the type of a platform of the catalogue", "[A-Z][A-Za-z0-9]{1,39}", "HubSpot"),
            Connection::platform);
    static final Attribute<Connection, ConnectionKind> KIND =
            Attribute.of("kind", Types.word(ConnectionKind.values(), ConnectionKind::wire), Connection::kind);
    static final Attribute<Connection, String> NAME = Attribute.of("name", Types.NAME, Connection::name);

    static final Noun<Connection> NOUN = new Noun<>(
            "connection",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.CONNECTION), Connection::id),
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Connection::organization),
                            PLATFORM,
                            KIND,
                            NAME,
                            Attribute.of("health", Types.word(Connection.Health.class), Connection::health),
                            Attribute.of("credential", Types.COUNT, Connection::credential),
                            Attribute.optional("token_expires_at", Types.TIME, Connection::tokenExpiresAt),
                            Attribute.of("created_at", Types.TIME, Connection::createdAt)),
                    Connection::standing));

    private Connections() {}

    static Got<Reply> get(Call call) {
        return call.connection().map(connection -> Replies.shown(200, NOUN, connection, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.CONNECTION)
                        .map(slice -> call.desk().store().connections().connections(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Connection::id, call)));
    }
}
