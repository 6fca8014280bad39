package dev.gatehouse.server.admin;

import dev.gatehouse.connect.call.Verification.Tried;
import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Making connections and putting another credential in the place of one that works no more. A credential is
/// tried out at its platform before it is stored, and never shown again.
final class Connecting {
    private static final Type<String> PART = Type.text(
            "1 to " + Field.MAX_VALUE + " printable ASCII characters, and line breaks where keys are in PEM",
            Schema.of("minLength", 1, "maxLength", Field.MAX_VALUE),
            text -> !text.isEmpty()
                            && text.length() <= Field.MAX_VALUE
                            && text.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r')
                    ? Optional.of(text)
                    : Optional.empty(),
            text -> text);

    private static final Type<Parts> PARTS = Types.converted(
            Type.map(Types.matching("a field's name", "[a-z][a-z0-9_]{0,31}", "token"), PART, 32),
            Parts::of,
            Parts::reveal);

    static final Attribute<Void, Parts> CREDENTIAL = Attribute.in(
            "credential",
            Types.described(
                    PARTS,
                    Schema.of(
                            "writeOnly",
                            true,
                            "description",
                            "by the names of the platform's fields; never shown again",
                            "examples",
                            List.of(Map.of("token", "pat-na1-...")))));

    /// What the platform needs to know of before anybody has been there.
    static final Attribute<Void, Parts> FIELDS = Attribute.in(
            "fields",
            Types.described(
                    PARTS,
                    Schema.of(
                            "writeOnly",
                            true,
                            "description",
                            "by the names of the platform's fields; what is given by its answer is left out",
                            "examples",
                            List.of(Map.of("subdomain", "acme")))));
    static final Attribute<Void, Instant> TOKEN_EXPIRES_AT = Attribute.in("token_expires_at", Types.TIME);

    static final Form CREATE = Form.of(
            Form.required(Connections.PLATFORM),
            Form.required(Connections.KIND),
            Form.required(Connections.NAME),
            Form.required(CREDENTIAL),
            Form.optional(Connections.DESCRIPTION),
            Form.optional(TOKEN_EXPIRES_AT),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form RECONNECT = Form.of(Form.required(CREDENTIAL), Form.optional(TOKEN_EXPIRES_AT));

    private Connecting() {}

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> StandingAttributes.window(call.given(), call.now())
                        .map(window -> connection(call, organization, window)))
                .then(connection -> named(call, connection))
                .then(connection -> counted(call, connection))
                .then(connection -> tried(call, connection)
                        .then(good -> call.write(
                                call.act(),
                                act -> call.desk()
                                        .store()
                                        .connections()
                                        .add(
                                                connection.until(good.tokenExpiresAt()),
                                                sealed(call, connection, Connection.FIRST, good),
                                                act),
                                added -> Replies.created(
                                        "/v1/connections/" + added.id(), Connections.NOUN, added, call))));
    }

    private static Connection connection(Call call, Organization organization, Window window) {
        return new Connection(
                Id.random(Kind.CONNECTION, call.desk().random()),
                organization.id(),
                call.given().need(Connections.PLATFORM),
                call.given().need(Connections.KIND),
                call.given().need(Connections.NAME),
                call.given().get(Connections.DESCRIPTION).orElse(""),
                Standing.within(window),
                call.now());
    }

    /// Trying a credential may use it up, so that what can be refused without is refused before.
    private static Got<Connection> named(Call call, Connection connection) {
        return call.desk()
                        .store()
                        .connections()
                        .sealed(connection.organization(), connection.name())
                        .isPresent()
                ? Got.no(new Problem.Conflict("the organization has a connection of this name"))
                : Got.of(connection);
    }

    private static Got<Connection> counted(Call call, Connection connection) {
        long there = call.desk()
                .store()
                .connections()
                .unrevoked(connection.organization(), new Slice(Optional.empty(), 0, 1, Optional.empty(), true))
                .total()
                .orElse(0L);
        return there < ConnectionStore.MAX_CONNECTIONS
                ? Got.of(connection)
                : Got.no(new Problem.Full("the organization has as many connections as it may have"));
    }

    /// The id stays, and with it everything that names the connection. The credential is tried once, however many
    /// writes of others come between.
    static Got<Reply> reconnect(Call call) {
        return standing(call)
                .then(it -> tried(call, it))
                .then(good -> call.settled(() -> standing(call).then(before -> reconnected(call, before, good))));
    }

    private static Got<Connection> standing(Call call) {
        return call.connection()
                .then(it -> call.matched(Connections.NOUN, it))
                .then(it -> it.standing().revoked()
                        ? Got.no(new Problem.Conflict("the connection is revoked"))
                        : Got.of(it));
    }

    private static Got<Reply> reconnected(Call call, Connection before, Tried.Good good) {
        return call.write(
                call.act(),
                act -> call.desk()
                        .store()
                        .connections()
                        .reconnect(
                                before,
                                sealed(call, before, before.credential() + 1, good),
                                good.tokenExpiresAt(),
                                act),
                done -> Replies.shown(200, Connections.NOUN, done, call));
    }

    private static Encrypted sealed(Call call, Connection connection, long number, Tried.Good good) {
        return call.desk()
                .outbound()
                .vault()
                .seal(connection, number, good.parts().bytes());
    }

    private static Got<Tried.Good> tried(Call call, Connection connection) {
        return platform(call, connection.platform())
                .then(platform -> way(platform, connection.kind())
                        .then(way -> parts(
                                        "credential", way.fields(), call.given().need(CREDENTIAL))
                                .then(parts -> taken(call.desk()
                                        .outbound()
                                        .verification()
                                        .of(
                                                connection,
                                                platform,
                                                way,
                                                parts,
                                                call.given().get(TOKEN_EXPIRES_AT))))));
    }

    private static Got<Tried.Good> taken(Tried tried) {
        return switch (tried) {
            case Tried.Good good -> Got.of(good);
            case Tried.Bad(String why, boolean _) ->
                Got.no(new Problem.InvalidField("credential", "one that the platform takes: " + why));
            case Tried.Unknown(String why, var after) ->
                Got.no(new Problem.Refused(new Refusal.Unavailable("the platform: " + why, after)));
        };
    }

    static Got<Platform> platform(Call call, String type) {
        return call.desk()
                .outbound()
                .platforms()
                .find(type)
                .<Got<Platform>>map(Got::of)
                .orElseGet(
                        () -> Got.no(new Problem.InvalidField("platform", "the type of a platform of the catalogue")));
    }

    static Got<Way> way(Platform platform, ConnectionKind kind) {
        return Optional.ofNullable(platform.ways().get(kind))
                .<Got<Way>>map(Got::of)
                .orElseGet(() -> Got.no(new Problem.InvalidField(
                        "kind",
                        "one that " + platform.type() + " has: "
                                + platform.ways().keySet().stream()
                                        .map(ConnectionKind::wire)
                                        .sorted()
                                        .collect(Collectors.joining(", ")))));
    }

    /// What is said of a value never has it in it.
    static Got<Parts> parts(String member, List<Field> fields, Parts given) {
        Map<String, String> values = given.reveal();
        for (String name : values.keySet()) {
            Optional<Field> field =
                    fields.stream().filter(one -> one.name().equals(name)).findFirst();
            if (field.isEmpty()) {
                return Got.no(new Problem.UnknownField(member + "." + name));
            }
            if (!field.get().takes(values.getOrDefault(name, ""))) {
                return Got.no(new Problem.InvalidField(
                        member + "." + name,
                        field.get()
                                .pattern()
                                .map(pattern -> "a text that matches " + pattern.pattern())
                                .orElse("printable ASCII")));
            }
        }
        return fields.stream()
                .filter(field -> field.required() && !values.containsKey(field.name()))
                .findFirst()
                .<Got<Parts>>map(field -> Got.no(new Problem.MissingField(member + "." + field.name())))
                .orElseGet(() -> Got.of(given));
    }
}
