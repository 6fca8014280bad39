package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import java.util.List;
import java.util.Optional;

/// Memberships: which user may do what in which organization.
final class Memberships {
    private static final Attribute<Membership, Id> USER = Attribute.of("user", Types.id(Kind.USER), Membership::user);
    private static final Attribute<Membership, Id> ROLE =
            Attribute.optional("role", Types.id(Kind.ROLE), Membership::role);

    static final Noun<Membership> NOUN = new Noun<>(
            "membership",
            StandingAttributes.with(
                    List.of(
                            Attribute.of("id", Types.id(Kind.MEMBERSHIP), Membership::id),
                            USER,
                            Attribute.of("organization", Types.id(Kind.ORGANIZATION), Membership::organization),
                            ROLE,
                            Attribute.of("created_at", Types.TIME, Membership::createdAt)),
                    Membership::standing));

    static final Form CREATE = Form.of(
            Form.required(USER),
            Form.optional(Applications.NEW_ROLE),
            Form.optional(StandingAttributes.NOT_BEFORE),
            Form.optional(StandingAttributes.EXPIRES_AT));

    static final Form PATCH = Form.of(Form.optional(Applications.NEW_ROLE)).and(StandingAttributes.SCHEDULE);

    private Memberships() {}

    static Got<Reply> get(Call call) {
        return call.membership().map(membership -> Replies.shown(200, NOUN, membership, call));
    }

    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.MEMBERSHIP)
                        .map(slice -> call.desk().store().users().memberships(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, Membership::id, call)));
    }

    /// Those of a user in organizations that the caller sees. There are a few, so the page is cut here.
    static Got<Reply> listOfUser(Call call) {
        return call.user()
                .then(user -> call.query()
                        .slice(Kind.MEMBERSHIP)
                        .map(slice -> Page.cut(
                                call.desk().store().users().membershipsOf(user.id()).stream()
                                        .filter(one -> call.sees(one.organization()))
                                        .filter(one -> behind(slice, one.id()))
                                        .limit(slice.limit() + 1L)
                                        .toList(),
                                slice.limit()))
                        .map(page -> Replies.page(NOUN, page, Membership::id, call)));
    }

    private static boolean behind(Slice slice, Id id) {
        return slice.after().isEmpty()
                || Long.compareUnsigned(id.value(), slice.after().get().value()) > 0;
    }

    /// The role is one that the caller holds itself (GAUNTLET H07). Of user and organization the caller must see
    /// both; it does not become a member of more than it is by adding itself.
    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> user(call)
                        .then(user -> DefaultRoles.given(
                                        call, organization.id(), call.given().get(Applications.NEW_ROLE))
                                .then(role -> StandingAttributes.window(call.given(), call.now())
                                        .then(call.grants()::within)
                                        .map(window -> new Membership(
                                                Id.random(
                                                        Kind.MEMBERSHIP,
                                                        call.desk().random()),
                                                user.id(),
                                                organization.id(),
                                                role.map(Role::id),
                                                Standing.within(window),
                                                call.now())))))
                .then(membership -> call.write(
                        call.act(),
                        act -> call.desk().store().users().add(membership, act),
                        added -> Replies.created("/v1/memberships/" + added.id(), NOUN, added, call)));
    }

    private static Got<User> user(Call call) {
        return call.desk()
                .store()
                .users()
                .user(call.given().need(USER))
                .filter(user -> call.sees(user.organization()))
                .<Got<User>>map(Got::of)
                .orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    static Got<Reply> patch(Call call) {
        return call.membership()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(NOUN, it))
                .then(before -> patched(call, before)
                        .then(after -> allowed(call, before, after))
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().users().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }

    private static Got<Membership> patched(Call call, Membership before) {
        Optional<Id> asked = call.given().get(Applications.NEW_ROLE).orElse(before.role());
        Got<Optional<Id>> role = asked.equals(before.role())
                ? Got.of(asked)
                : Applications.role(call, before.organization(), asked).map(found -> found.map(Role::id));
        return role.then(id -> StandingAttributes.window(
                        call.given(), before.standing().window())
                .map(window -> with(before, id, StandingAttributes.with(before.standing(), window))));
    }

    private static Got<Membership> allowed(Call call, Membership before, Membership after) {
        boolean wider = StandingAttributes.wider(
                before.standing().window(), after.standing().window());
        return wider
                        && !call.grants(after.organization())
                                .covers(Owner.of(after).rights(call))
                ? Got.no(new Problem.Beyond("the member has rights that the caller does not hold"))
                : Got.of(after);
    }

    static Membership with(Membership it, Optional<Id> role, Standing standing) {
        return new Membership(it.id(), it.user(), it.organization(), role, standing, it.createdAt());
    }

    /// Whether the caller holds all that an application, a membership, or a user in any of its memberships could
    /// do; of a user, in organizations that the caller sees and no others: whoever may act as a user acts in all
    /// of them.
    static boolean covered(Call call, Id holder) {
        return switch (holder.kind()) {
            case APPLICATION ->
                call.desk()
                        .store()
                        .members()
                        .application(holder)
                        .map(Owner::of)
                        .map(owner -> call.grants(owner.organization()).covers(owner.rights(call)))
                        .orElse(true);
            case MEMBERSHIP ->
                call.desk()
                        .store()
                        .users()
                        .membership(holder)
                        .map(Owner::of)
                        .map(owner -> call.grants(owner.organization()).covers(owner.rights(call)))
                        .orElse(true);
            case USER ->
                call.desk().store().users().membershipsOf(holder).stream()
                        .allMatch(one -> call.sees(one.organization())
                                && call.grants(one.organization())
                                        .covers(Owner.of(one).rights(call)));
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> false;
        };
    }
}
