package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Role;
import java.util.List;
import java.util.Optional;

/// Applications: the table of their members and the operations on them.
final class Applications {
    static final Attribute<Application, String> NAME = Attribute.of("name", Types.NAME, Application::name);
    static final Attribute<Application, String> CLIENT_ID =
            Attribute.of("client_id", Types.CLIENT_ID, Application::clientId);
    static final Attribute<Application, Id> ROLE = Attribute.optional("role", Types.id(Kind.ROLE), Application::role);

    static final Noun<Application> NOUN = new Noun<>(
            "application",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.APPLICATION), Application::id),
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Application::organization),
                            NAME,
                            CLIENT_ID,
                            ROLE,
                            Attribute.of("created_at", Types.TIME, Application::createdAt)),
                    Application::standing));

    static final Form CREATE = Form.of(
            Form.required(NAME),
            Form.optional(CLIENT_ID),
            Form.optional(ROLE),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    private Applications() {}

    static Got<Reply> get(Call call) {
        return call.application().map(application -> Replies.shown(200, NOUN, application, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .cursor(Kind.APPLICATION)
                        .map(at ->
                                call.desk().store().members().applications(organization.id(), at.after(), at.limit()))
                        .map(page -> Replies.page(NOUN, page, Application::id, call)));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(organization -> role(call, organization)
                        .then(role -> StandingAttributes.window(call.given(), call.now())
                                .map(window -> drawn(call, organization, role, window))))
                .then(application ->
                        Problems.stored(call.desk().store().members().add(application, call.act())))
                .map(added -> Replies.created("/v1/applications/" + added.id(), NOUN, added, call));
    }

    private static Application drawn(Call call, Organization organization, Optional<Role> role, Window window) {
        Id id = Id.random(Kind.APPLICATION, call.desk().random());
        return new Application(
                id,
                organization.id(),
                call.given().get(CLIENT_ID).orElse(id.text()),
                call.given().need(NAME),
                role.map(Role::id),
                Standing.within(window),
                call.now());
    }

    /// A role of the organization or of one above it, whose rights the caller holds (GAUNTLET H07). One that the
    /// caller does not see and may not give is not there.
    private static Got<Optional<Role>> role(Call call, Organization organization) {
        Optional<Id> asked = call.given().get(ROLE);
        if (asked.isEmpty()) {
            return Got.of(Optional.empty());
        }
        Optional<Role> role = call.desk()
                .store()
                .apis()
                .role(asked.get())
                .filter(one -> call.desk().store().members().chain(organization.id()).stream()
                        .anyMatch(above -> above.id().equals(one.organization())));
        if (role.isPresent() && call.grants().covers(role.get().rights())) {
            return Got.of(role);
        }
        return role.isPresent() && call.sees(role.get().organization())
                ? Got.no(new Problem.Beyond("the role has rights that the caller does not hold"))
                : Got.no(Problem.NOT_FOUND);
    }
}
