package dev.gatehouse.server.admin;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.server.connect.ConnectPaths;
import dev.gatehouse.server.connect.ConnectSecrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Connect sessions: the way of a browser to a platform and back. Beginning one is here, ending one is
/// [Finishing]; what lies between are pages.
final class ConnectSessions {
    /// What an organization's own server says of a person.
    static final Attribute<ConnectSession, String> BEGAN_BY =
            Attribute.of("began_by", Types.NAME, ConnectSession::beganBy);

    private static final Attribute<ConnectSession, String> RETURN_TO =
            Attribute.of("return_to", ApiTypes.RETURN_TO, ConnectSession::returnTo);
    private static final Attribute<Void, String> API = Attribute.in("api", Types.SLUG);
    private static final Attribute<Void, Id> CONNECTION = Attribute.in("connection", Types.id(Kind.CONNECTION));
    private static final Attribute<Void, String> URL = Attribute.in(
            "url",
            Type.text(
                    "the link for the browser, shown this once",
                    Schema.of("format", "uri"),
                    Optional::of,
                    Function.identity()));

    static final List<Attribute<?, ?>> ONCE = List.of(URL);

    static final Noun<ConnectSession> NOUN = new Noun<>(
            "connect_session",
            List.of(
                    Attribute.of("id", Types.id(Kind.CONNECT_SESSION), ConnectSession::id),
                    Attribute.of("organization", Types.id(Kind.ORGANIZATION), ConnectSession::organization),
                    Attribute.of("api", Types.id(Kind.API), ConnectSession::api),
                    Attribute.of("connection", Types.id(Kind.CONNECTION), ConnectSession::connection),
                    Attribute.of("platform", Connections.PLATFORM.type(), ConnectSession::platform),
                    Attribute.of("name", Types.NAME, ConnectSession::name),
                    BEGAN_BY,
                    RETURN_TO,
                    Attribute.of(
                            "state",
                            Types.word(ConnectSession.State.values(), ConnectSession.State::wire),
                            ConnectSession::state),
                    Attribute.of("created_at", Types.TIME, ConnectSession::createdAt),
                    Attribute.of("expires_at", Types.TIME, ConnectSession::diesAt)));

    static final Form CREATE = Form.of(
            Form.required(API),
            Form.optional(Connections.PLATFORM),
            Form.optional(Connections.NAME),
            Form.optional(CONNECTION),
            Form.required(BEGAN_BY),
            Form.required(RETURN_TO),
            Form.optional(Connecting.FIELDS));

    /// What a session is about.
    ///
    /// @param again whether the connection is there already
    private record About(Id connection, boolean again, Platform platform, String name, Parts known) {}

    private ConnectSessions() {}

    static Got<Reply> get(Call call) {
        return call.connectSession().map(session -> Replies.shown(200, NOUN, session, call));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> about(call, organization.id())
                        .then(about -> api(call)
                                .then(api -> way(call, about.platform())
                                        .then(way -> given(
                                                        way, about, call.given().get(Connecting.FIELDS))
                                                .then(parts -> opened(
                                                        call,
                                                        api,
                                                        session(call, organization.id(), api, about),
                                                        parts))))));
    }

    private static Got<Reply> opened(Call call, Api api, ConnectSession session, Parts given) {
        Desk desk = call.desk();
        Secret link = ConnectSecrets.of(desk.pepper()).draw(desk.random());
        return call.write(
                call.act(),
                act -> desk.store()
                        .connectSessions()
                        .open(
                                session,
                                desk.pepper().digest(link),
                                desk.outbound().sessions().given(session, given),
                                act),
                opened -> Replies.created(
                        "/v1/connect-sessions/" + opened.id(),
                        NOUN,
                        opened,
                        Map.of(URL.name(), ConnectPaths.link(api, link)),
                        call));
    }

    private static ConnectSession session(Call call, Id organization, Api api, About about) {
        return new ConnectSession(
                Id.random(Kind.CONNECT_SESSION, call.desk().random()),
                organization,
                api.id(),
                about.connection(),
                about.again(),
                about.platform().type(),
                about.name(),
                call.given().need(BEGAN_BY),
                call.given().need(RETURN_TO),
                ConnectSession.State.OPEN,
                call.now(),
                call.now().plus(ConnectSession.LIFE));
    }

    /// GAUNTLET J05: only what the Api lists, spelt exactly so.
    private static Got<Api> api(Call call) {
        String name = call.given().need(API);
        Optional<Api> found = call.desk().store().facts().apis().stream()
                .filter(api -> api.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            return Got.no(new Problem.InvalidField("api", "the name of an Api"));
        }
        return found.get().speech().returns().contains(call.given().need(RETURN_TO))
                ? Got.of(found.get())
                : Got.no(new Problem.InvalidField("return_to", "one of the Api's return_to, spelt exactly so"));
    }

    private static Got<About> about(Call call, Id organization) {
        Optional<Id> connection = call.given().get(CONNECTION);
        if (connection.isPresent()) {
            boolean named = call.given().get(Connections.PLATFORM).isPresent()
                    || call.given().get(Connections.NAME).isPresent();
            return named
                    ? Got.no(new Problem.InvalidField("connection", "what has a platform and a name already"))
                    : again(call, organization, connection.get());
        }
        if (call.given().get(Connections.PLATFORM).isEmpty()) {
            return Got.no(new Problem.MissingField("platform"));
        }
        if (call.given().get(Connections.NAME).isEmpty()) {
            return Got.no(new Problem.MissingField("name"));
        }
        String name = call.given().need(Connections.NAME);
        Slice slice = new Slice(Optional.empty(), 0, 1, Optional.of(name), false);
        if (!call.desk()
                .store()
                .connections()
                .connections(organization, slice)
                .items()
                .isEmpty()) {
            return Got.no(new Problem.Conflict("the organization has a connection of this name"));
        }
        return Connecting.platform(call, call.given().need(Connections.PLATFORM))
                .map(platform -> new About(
                        Id.random(Kind.CONNECTION, call.desk().random()), false, platform, name, Parts.of(Map.of())));
    }

    /// Of what the connection has, all but its tokens is known already.
    private static Got<About> again(Call call, Id organization, Id id) {
        Optional<SealedConnection> found = call.desk()
                .store()
                .connections()
                .sealed(id)
                .filter(row -> row.connection().organization().equals(organization));
        if (found.isEmpty()) {
            return Got.no(Problem.NOT_FOUND);
        }
        Connection connection = found.get().connection();
        if (connection.standing().revoked()) {
            return Got.no(new Problem.Conflict("the connection is revoked"));
        }
        if (connection.kind() != ConnectionKind.OAUTH_INTERNAL) {
            return Got.no(new Problem.Conflict("only a connection of the kind oauth_internal is made in a browser"));
        }
        Map<String, String> known = new HashMap<>(call.desk()
                .outbound()
                .vault()
                .open(connection, found.get().sealed())
                .map(Parts::read)
                .map(Parts::reveal)
                .orElse(Map.of()));
        known.keySet().removeAll(Set.of("access_token", "refresh_token", Field.ACCOUNT));
        return Connecting.platform(call, connection.platform())
                .map(platform -> new About(id, true, platform, connection.name(), Parts.of(known)));
    }

    private static Got<Way> way(Call call, Platform platform) {
        if (!ConnectPaths.leadsTo(platform)) {
            return Got.no(new Problem.InvalidField("platform", "one that a browser can be sent to"));
        }
        return call.desk().outbound().clients().at(platform.type()).isPresent()
                ? Connecting.way(platform, ConnectionKind.OAUTH_INTERNAL)
                : Got.no(new Problem.Conflict("the node has no client at " + platform.type()
                        + ": the operator registers one there and names it in connections.clients-file"));
    }

    /// What the addresses of the platform need; the rest comes with its answer.
    private static Got<Parts> given(Way way, About about, Optional<Parts> fields) {
        Parts all = about.known().with(fields.map(Parts::reveal).orElse(Map.of()));
        Set<String> answered = Set.copyOf(
                about.platform().oauth().map(OAuth::answer).orElse(Map.of()).values());
        List<Field> asked = way.fields().stream()
                .filter(field -> !Set.of("access_token", "refresh_token").contains(field.name()))
                .toList();
        List<Field> now = asked.stream()
                .map(field -> answered.contains(field.name()) ? field.optional() : field)
                .toList();
        return Connecting.parts("fields", now, all);
    }
}
