package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import java.util.List;
import java.util.Optional;

/// Organizations: the table of their members and the operations on them.
final class Organizations {
    static final Attribute<Organization, String> NAME = Attribute.of("name", Types.NAME, Organization::name);
    static final Attribute<Organization, Id> PARENT =
            Attribute.optional("parent", Types.id(Kind.ORGANIZATION), Organization::parent);

    static final Attribute<Organization, FirstKey> FIRST_KEY =
            Attribute.optional("first_key", FirstKeys.TYPE, Organization::firstKey);

    private static final Attribute<Void, Optional<FirstKey>> NEW_FIRST_KEY =
            Attribute.in("first_key", Type.nullable(FirstKeys.TYPE));

    static final Attribute<Organization, List<Access>> ACCESS =
            Attribute.of("access", Accesses.TYPE, Organization::access);

    private static final Attribute<Organization, SecondFactor> SECOND_FACTOR =
            Attribute.optional(SecondFactor.NAME, SecondFactor.TYPE, it -> SecondFactor.said(it.secondFactor()));

    private static final Attribute<Void, Optional<SecondFactor>> NEW_SECOND_FACTOR =
            Attribute.in(SecondFactor.NAME, Type.nullable(SecondFactor.TYPE));

    static final Noun<Organization> NOUN = new Noun<>(
            "organization",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.ORGANIZATION), Organization::id),
                            NAME,
                            PARENT,
                            FIRST_KEY,
                            ACCESS,
                            SECOND_FACTOR,
                            DefaultRoles.SAID,
                            Attribute.of("created_at", Types.TIME, Organization::createdAt)),
                    Organization::standing));

    static final Form CREATE = Form.of(
            Form.required(NAME),
            Form.optional(PARENT),
            Form.optional(FIRST_KEY),
            Form.optional(SECOND_FACTOR),
            Form.optional(DefaultRoles.SAID),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form PATCH = Form.of(
                    Form.optional(NAME),
                    Form.optional(NEW_FIRST_KEY),
                    Form.optional(ACCESS),
                    Form.optional(NEW_SECOND_FACTOR),
                    Form.optional(DefaultRoles.SAID))
            .and(StandingAttributes.SCHEDULE);

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

    /// Name, window, access of those above, and what those below begin with. The own organization is for those
    /// above it to change (GAUNTLET H05), and the root has none above; what those below begin with is its own to
    /// say, and takes nothing but what their makers hold; so is the role of whoever is made without one, and that
    /// its people need a second factor, which only those above it take back, or the root itself.
    static Got<Reply> patch(Call call) {
        return call.organization()
                .then(it -> own(call, it)
                        ? Got.of(it)
                        : Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(NOUN, it))
                .then(before -> StandingAttributes.window(
                                call.given(), before.standing().window())
                        .then(window -> Accesses.read(call, before, call.given().get(ACCESS))
                                .then(access -> DefaultRoles.said(call, before.id(), before.defaultRole())
                                        .map(role -> patched(call, before, window, access)
                                                .saying(role))))
                        .then(after -> call.write(
                                SecondFactor.act(call, before.secondFactor(), after.secondFactor()),
                                act -> call.desk().store().members().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }

    private static Organization patched(Call call, Organization before, Window window, List<Access> access) {
        return new Organization(
                before.id(),
                before.parent(),
                call.given().get(NAME).orElse(before.name()),
                StandingAttributes.with(before.standing(), window),
                before.createdAt(),
                call.given().get(NEW_FIRST_KEY).orElse(before.firstKey()),
                access,
                call.given().get(NEW_SECOND_FACTOR).map(Optional::isPresent).orElse(before.secondFactor()),
                before.defaultRole());
    }

    /// Whether only that is changed which an organization says of those below it, or wants of its own people.
    private static boolean own(Call call, Organization organization) {
        Optional<Optional<SecondFactor>> wanted = call.given().get(NEW_SECOND_FACTOR);
        boolean narrows = wanted.isEmpty() || wanted.get().isPresent() || organization.root();
        return (call.given().get(NEW_FIRST_KEY).isPresent()
                        || wanted.isPresent()
                        || call.given().get(DefaultRoles.SAID).isPresent())
                && narrows
                && call.given().get(NAME).isEmpty()
                && call.given().get(ACCESS).isEmpty()
                && call.given().get(StandingAttributes.NEW_NOT_BEFORE).isEmpty()
                && call.given().get(StandingAttributes.NEW_EXPIRES_AT).isEmpty();
    }

    static Got<Reply> create(Call call) {
        return call.organizationIn(PARENT)
                .then(call::unmatched)
                .then(parent -> StandingAttributes.window(call.given(), call.now())
                        .then(window -> DefaultRoles.said(call, parent.id(), new DefaultRole.Above())
                                .map(role -> fresh(call, parent, window).saying(role)))
                        .then(organization -> parent.firstKey()
                                .map(first -> FirstKeys.create(call, organization, first))
                                .orElseGet(() -> alone(call, organization))));
    }

    private static Organization fresh(Call call, Organization parent, Window window) {
        return new Organization(
                        Id.random(Kind.ORGANIZATION, call.desk().random()),
                        Optional.of(parent.id()),
                        call.given().need(NAME),
                        Standing.within(window),
                        call.now(),
                        call.given().get(FIRST_KEY))
                .needing(call.given().get(SECOND_FACTOR).isPresent());
    }

    private static Got<Reply> alone(Call call, Organization organization) {
        return call.write(
                SecondFactor.act(call, false, organization.secondFactor()),
                act -> call.desk().store().members().add(organization, act),
                added -> Replies.created("/v1/organizations/" + added.id(), NOUN, added, call));
    }
}
