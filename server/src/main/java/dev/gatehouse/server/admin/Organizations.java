package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import java.util.List;
import java.util.Optional;

/// Organizations: the table of their members and the operations on them.
final class Organizations {
    static final Attribute<Organization, String> NAME = Attribute.of("name", Types.NAME, Organization::name);
    static final Attribute<Organization, Id> PARENT =
            Attribute.optional("parent", Types.id(Kind.ORGANIZATION), Organization::parent);

    static final Noun<Organization> NOUN = new Noun<>(
            "organization",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.ORGANIZATION), Organization::id),
                            NAME,
                            PARENT,
                            Attribute.of("created_at", Types.TIME, Organization::createdAt)),
                    Organization::standing));

    static final Form CREATE = Form.of(
            Form.required(NAME),
            Form.optional(PARENT),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form PATCH = Form.of(Form.optional(NAME)).and(StandingAttributes.SCHEDULE);

    private Organizations() {}

    static Got<Reply> get(Call call) {
        return call.organization().map(organization -> Replies.shown(200, NOUN, organization, call));
    }

    /// The children of `parent`, or of the caller's own organization.
    static Got<Reply> list(Call call) {
        return call.organizationIn("parent")
                .then(above -> call.query()
                        .slice(Kind.ORGANIZATION)
                        .map(slice -> call.desk().store().members().children(above.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Organization::id, call)));
    }

    /// Name and window. The own organization is for those above it to change (GAUNTLET H05); the root has none
    /// above.
    static Got<Reply> patch(Call call) {
        return call.organization()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(NOUN, it))
                .then(before -> StandingAttributes.window(
                                call.given(), before.standing().window())
                        .map(window -> new Organization(
                                before.id(),
                                before.parent(),
                                call.given().get(NAME).orElse(before.name()),
                                StandingAttributes.with(before.standing(), window),
                                before.createdAt()))
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().members().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }

    static Got<Reply> create(Call call) {
        return call.organizationIn(PARENT)
                .then(call::unmatched)
                .then(parent -> StandingAttributes.window(call.given(), call.now())
                        .map(window -> new Organization(
                                Id.random(Kind.ORGANIZATION, call.desk().random()),
                                Optional.of(parent.id()),
                                call.given().need(NAME),
                                Standing.within(window),
                                call.now())))
                .then(organization -> call.write(
                        call.act(),
                        act -> call.desk().store().members().add(organization, act),
                        added -> Replies.created("/v1/organizations/" + added.id(), NOUN, added, call)));
    }
}
