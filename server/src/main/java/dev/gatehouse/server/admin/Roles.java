package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Exchanges;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Roles: the table of their members and the operations on them. They are made and changed within the caller's
/// own rights, and nobody changes the role that it has itself, or that bounds it elsewhere (GAUNTLET H05, H07).
final class Roles {
    static final Attribute<Role, String> NAME = Attribute.of("name", Types.SLUG, Role::name);
    static final Attribute<Role, Map<String, Scopes>> RIGHTS =
            Attribute.viewed("rights", Types.RIGHTS, (role, view) -> view.named(role.rights()));
    static final Attribute<Role, Long> VERSION = Attribute.of("version", Types.COUNT, Role::version);

    static final Noun<Role> NOUN = new Noun<>(
            "role",
            List.of(
                    Attribute.of("id", Types.id(Kind.ROLE), Role::id),
                    Attribute.of("organization", Types.id(Kind.ORGANIZATION), Role::organization),
                    NAME,
                    RIGHTS,
                    Attribute.of("built_in", Type.flag(), Role::builtIn),
                    VERSION));

    static final Form CREATE = Form.of(Form.required(NAME), Form.required(RIGHTS));
    static final Form REPLACE = Form.of(Form.required(RIGHTS), Form.required(VERSION));

    static final Form PATCH = Form.of(Form.optional(NAME), Form.optional(RIGHTS), Form.optional(VERSION));

    private Roles() {}

    static Got<Reply> get(Call call) {
        return call.role().map(role -> Replies.shown(200, NOUN, role, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.ROLE)
                        .map(slice -> call.desk().store().apis().roles(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Role::id, call)));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> rights(call, organization.id())
                        .map(rights -> new Role(
                                Id.random(Kind.ROLE, call.desk().random()),
                                organization.id(),
                                call.given().need(NAME),
                                rights,
                                false,
                                0)))
                .then(role -> call.write(
                        call.act(),
                        act -> call.desk().store().apis().add(role, act),
                        added -> Replies.created("/v1/roles/" + added.id(), NOUN, added, call)));
    }

    static Got<Reply> replace(Call call) {
        return written(call, before -> rights(call, before.organization()));
    }

    /// What is left out stays.
    static Got<Reply> patch(Call call) {
        return written(
                call,
                before -> call.given().get(RIGHTS).isPresent()
                        ? rights(call, before.organization())
                        : Got.of(before.rights()));
    }

    static Got<Reply> delete(Call call) {
        return call.role()
                .then(role -> editable(role, call))
                .then(role -> call.matched(NOUN, role))
                .then(role -> call.write(
                        call.act(),
                        act -> call.desk().store().apis().delete(role, act),
                        _ -> Reply.json(200, Map.of())));
    }

    private static Got<Reply> written(Call call, Function<Role, Got<Rights>> rights) {
        return call.role()
                .then(role -> editable(role, call))
                .then(role -> call.matched(NOUN, role))
                .then(role -> call.asRead(VERSION, role, role.version()))
                .then(before -> rights.apply(before)
                        .map(after -> new Role(
                                before.id(),
                                before.organization(),
                                call.given().get(NAME).orElse(before.name()),
                                after,
                                before.builtIn(),
                                before.version()))
                        .then(after -> after.equals(before) && !before.builtIn()
                                ? Got.of(Replies.shown(200, NOUN, before, call))
                                : call.write(
                                        call.act(),
                                        act -> call.desk().store().apis().replace(after, act),
                                        done -> Replies.shown(200, NOUN, done, call))));
    }

    private static Got<Role> editable(Role role, Call call) {
        if (call.caller().role().filter(own -> own.id().equals(role.id())).isPresent()) {
            return Got.no(new Problem.Beyond("nobody changes the role that it has itself"));
        }
        if (bounds(role, call)) {
            return Got.no(new Problem.Beyond("an application does not change what bounds itself"));
        }
        return call.grants(role.organization()).covers(call.view().known(role.rights()))
                ? Got.of(role)
                : Got.no(new Problem.Beyond("the role has rights that the caller does not hold"));
    }

    /// Whether the role is what some organization below lets the caller do there at most (GAUNTLET H05).
    private static boolean bounds(Role role, Call call) {
        Facts facts = call.verdict().facts();
        return Stream.concat(
                        Stream.of(facts.members().holder().who()),
                        Exchanges.actors(facts).stream()
                                .map(actor -> actor.application().id()))
                .filter(who -> who.kind() == Kind.APPLICATION)
                .anyMatch(who -> call.desk().store().apis().bounds(role.id(), who));
    }

    /// Nobody gives by a role what it may not do where that is.
    private static Got<Rights> rights(Call call, Id organization) {
        return call.view()
                .rights("rights", call.given().need(RIGHTS))
                .then(rights -> call.grants(organization).covers(rights)
                        ? Got.of(rights)
                        : Got.no(new Problem.Beyond("rights go beyond those of the caller")));
    }
}
