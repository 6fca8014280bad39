package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.store.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Connections of organizations: the table of their members, and reading them. Making one is [Connecting]. Their
/// credentials are not among the members: nobody reads them again.
final class Connections {
    private static final Type<String> DESCRIPTIONS = Type.text(
            "at most " + Connection.MAX_DESCRIPTION + " characters without control characters",
            Schema.of("maxLength", Connection.MAX_DESCRIPTION, "examples", List.of("Sales, northern region")),
            text -> Text.description(text, Connection.MAX_DESCRIPTION) ? Optional.of(text) : Optional.empty(),
            Function.identity());

    static final Attribute<Connection, String> PLATFORM = Attribute.of(
            "platform",
            Types.matching("the type of a platform of the catalogue", "[A-Z][A-Za-z0-9]{1,39}", "HubSpot"),
            Connection::platform);
    /// As it is chosen.
    static final Attribute<Connection, ConnectionKind> KIND = Attribute.of(
            "kind",
            Types.word(ConnectionKind.KNOWN.toArray(ConnectionKind[]::new), ConnectionKind::wire),
            Connection::kind);

    /// As it is shown: of a later release, too.
    private static final Attribute<Connection, ConnectionKind> SHOWN_KIND =
            Attribute.of("kind", Types.word(ConnectionKind.values(), ConnectionKind::wire), Connection::kind);

    static final Attribute<Connection, String> NAME = Attribute.of("name", Types.NAME, Connection::name);

    static final Attribute<Connection, String> DESCRIPTION =
            Attribute.of("description", DESCRIPTIONS, Connection::description);

    static final Noun<Connection> NOUN = new Noun<>(
            "connection",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.CONNECTION), Connection::id),
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Connection::organization),
                            PLATFORM,
                            SHOWN_KIND,
                            NAME,
                            DESCRIPTION,
                            Attribute.of("health", Types.word(Connection.Health.class), Connection::health),
                            Attribute.of("credential", Types.COUNT, Connection::credential),
                            Attribute.optional("token_expires_at", Types.TIME, Connection::tokenExpiresAt),
                            Attribute.of("created_at", Types.TIME, Connection::createdAt)),
                    Connection::standing));

    static final Form PATCH = Form.of(Form.optional(NAME), Form.optional(DESCRIPTION));

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

    /// Its name and what is said of it. Routes that name a connection go through whichever has the name.
    static Got<Reply> patch(Call call) {
        return call.settled(() -> call.connection()
                .then(it -> call.matched(NOUN, it))
                .then(before -> {
                    String name = call.given().get(NAME).orElse(before.name());
                    String description = call.given().get(DESCRIPTION).orElse(before.description());
                    return name.equals(before.name()) && description.equals(before.description())
                            ? Got.of(Replies.shown(200, NOUN, before, call))
                            : call.write(
                                    call.act(),
                                    act -> call.desk().store().connections().describe(before, name, description, act),
                                    done -> Replies.shown(200, NOUN, done, call));
                }));
    }
}
