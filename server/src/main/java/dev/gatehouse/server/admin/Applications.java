package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Formats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Applications: the table of their members and the operations on them.
final class Applications {
    static final Attribute<Application, String> NAME = Attribute.of("name", Types.NAME, Application::name);
    static final Attribute<Application, String> CLIENT_ID =
            Attribute.of("client_id", Types.CLIENT_ID, Application::clientId);
    static final Attribute<Application, Id> ROLE = Attribute.optional("role", Types.id(Kind.ROLE), Application::role);

    static final Attribute<Application, Long> TOKEN_LIFE = Attribute.optional(
            "token_life_seconds",
            Type.number(1, TokenPolicy.MAX_LIFE.toSeconds()),
            application -> application.tokenLife().map(Duration::toSeconds));

    static final Noun<Application> NOUN = new Noun<>(
            "application",
            StandingAttributes.with(
                    Stream.of(
                                    List.<Attribute<Application, ?>>of(
                                            Attribute.of("id", Types.id(Kind.APPLICATION), Application::id),
                                            Attribute.of(
                                                    "organization",
                                                    Types.id(Kind.ORGANIZATION),
                                                    Application::organization),
                                            NAME,
                                            CLIENT_ID,
                                            ROLE,
                                            TOKEN_LIFE),
                                    ClientAttributes.SHOWN,
                                    List.<Attribute<Application, ?>>of(
                                            Attribute.of("created_at", Types.TIME, Application::createdAt)))
                            .flatMap(List::stream)
                            .toList(),
                    Application::standing));

    /// `null` is none. Left out of something new, it is what organizations say ([DefaultRoles]).
    static final Attribute<Void, Optional<Id>> NEW_ROLE = Attribute.in("role", Type.nullable(Types.id(Kind.ROLE)));

    static final Form CREATE = Form.of(
                    Form.required(NAME),
                    Form.optional(CLIENT_ID),
                    Form.optional(NEW_ROLE),
                    Form.optional(TOKEN_LIFE),
                    Form.optional(StandingAttributes.NOT_BEFORE),
                    Form.optional(StandingAttributes.EXPIRES_AT))
            .and(ClientAttributes.GIVEN);

    private static final String RESERVED = "api-keys.";

    private static final Attribute<Void, Optional<Long>> NEW_TOKEN_LIFE =
            Attribute.in("token_life_seconds", Type.nullable(TOKEN_LIFE.type()));

    static final Form PATCH = Form.of(Form.optional(NAME), Form.optional(NEW_ROLE), Form.optional(NEW_TOKEN_LIFE))
            .and(ClientAttributes.CHANGED)
            .and(StandingAttributes.SCHEDULE);

    private Applications() {}

    static Got<Reply> get(Call call) {
        return call.application().map(application -> Replies.shown(200, NOUN, application, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.APPLICATION)
                        .map(slice -> call.desk().store().members().applications(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Application::id, call)));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> named(call, organization))
                .then(organization -> DefaultRoles.given(
                                call, organization.id(), call.given().get(NEW_ROLE))
                        .then(role -> StandingAttributes.window(call.given(), call.now())
                                .then(window -> ClientAttributes.given(call.given())
                                        .map(terms -> drawn(call, organization, role, terms, window)))))
                .then(application -> OpenIdAttributes.inSector(call, Optional.empty(), application))
                .then(application -> call.write(
                        call.act().known(Formats.of(Optional.empty(), application.terms())),
                        act -> call.desk().store().members().add(application, act),
                        added -> Replies.created("/v1/applications/" + added.id(), NOUN, added, call)));
    }

    /// Names that not everybody may give: the public ids of the applications whose keys users manage through a
    /// dialect, since whoever had one would have the keys, or keep an organization from having any; and URLs,
    /// which are the name of whoever has that site.
    private static Got<Organization> named(Call call, Organization organization) {
        String clientId = call.given().get(CLIENT_ID).orElse("");
        if (clientId.startsWith(RESERVED)) {
            return Got.no(new Problem.Conflict("client_id must not begin with " + RESERVED));
        }
        return clientId.startsWith("https://") && !call.provider()
                ? Got.no(new Problem.Beyond("a URL as client_id is for the provider to give"))
                : Got.of(organization);
    }

    /// Name, role, terms as a client, life of tokens and window. A wider window hands out time, and other terms
    /// hand out what it does for users, so their giver must hold what the application can do.
    static Got<Reply> patch(Call call) {
        return call.application()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(NOUN, it))
                .then(before -> patched(call, before)
                        .then(after -> covered(call, before, after))
                        .then(after -> OpenIdAttributes.inSector(call, Optional.of(before.terms()), after))
                        .then(after -> call.write(
                                call.act().known(Formats.of(Optional.of(before.terms()), after.terms())),
                                act -> call.desk().store().members().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }

    private static Got<Application> patched(Call call, Application before) {
        Optional<Id> asked = call.given().get(NEW_ROLE).orElse(before.role());
        Got<Optional<Id>> role = asked.equals(before.role())
                ? Got.of(asked)
                : role(call, before.organization(), asked).map(found -> found.map(Role::id));
        return role.then(id -> StandingAttributes.window(
                        call.given(), before.standing().window())
                .then(window -> ClientAttributes.changed(call.given(), before.terms())
                        .map(terms -> new Application(
                                before.id(),
                                before.organization(),
                                before.clientId(),
                                call.given().get(NAME).orElse(before.name()),
                                id,
                                terms,
                                call.given()
                                        .get(NEW_TOKEN_LIFE)
                                        .map(life -> life.map(Duration::ofSeconds))
                                        .orElse(before.tokenLife()),
                                StandingAttributes.with(before.standing(), window),
                                before.createdAt()))));
    }

    private static Got<Application> covered(Call call, Application before, Application after) {
        boolean wider = StandingAttributes.wider(
                        before.standing().window(), after.standing().window())
                || !before.terms().equals(after.terms());
        return wider
                        && !call.grants(after.organization())
                                .covers(Owner.of(after).rights(call))
                ? Got.no(new Problem.Beyond("the application has rights that the caller does not hold"))
                : Got.of(after);
    }

    private static Application drawn(
            Call call, Organization organization, Optional<Role> role, ClientTerms terms, Window window) {
        Id id = Id.random(Kind.APPLICATION, call.desk().random());
        return new Application(
                id,
                organization.id(),
                call.given().get(CLIENT_ID).orElse(id.text()),
                call.given().need(NAME),
                role.map(Role::id),
                terms,
                call.given().get(TOKEN_LIFE).map(Duration::ofSeconds),
                Standing.within(window),
                call.now());
    }

    /// A role of the organization or of one above it, whose rights the caller holds (GAUNTLET H07). One that the
    /// caller does not see and may not give is not there.
    static Got<Optional<Role>> role(Call call, Id organization, Optional<Id> asked) {
        if (asked.isEmpty()) {
            return Got.of(Optional.empty());
        }
        Optional<Role> role = call.desk()
                .store()
                .apis()
                .role(asked.get())
                .filter(one -> call.desk().store().members().chain(organization).stream()
                        .anyMatch(above -> above.id().equals(one.organization())));
        if (role.isPresent() && call.grants(organization).covers(role.get().rights())) {
            return Got.of(role);
        }
        return role.isPresent() && call.sees(role.get().organization())
                ? Got.no(new Problem.Beyond("the role has rights that the caller does not hold"))
                : Got.no(Problem.NOT_FOUND);
    }
}
