package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Usernames;
import java.util.ArrayList;
import java.util.List;

/// Users: the table of their members and the operations on them. What a user may do is its memberships'.
final class Users {
    static final Attribute<User, String> USERNAME = Attribute.of(
            "username",
            Type.text(
                    Usernames.ALLOWED + "; upper case is taken as lower",
                    Schema.pattern("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}", "alice"),
                    Usernames::canonical,
                    name -> name),
            User::username);

    static final Noun<User> NOUN = new Noun<>("user", StandingAttributes.with(attributes(), User::standing));

    static final Form CREATE = Form.of(
                    Form.required(USERNAME),
                    Form.optional(StandingAttributes.NOT_BEFORE),
                    Form.optional(StandingAttributes.EXPIRES_AT))
            .and(ProfileAttributes.GIVEN);

    static final Form PATCH =
            Form.of(Form.optional(USERNAME)).and(ProfileAttributes.CHANGED).and(StandingAttributes.SCHEDULE);

    private Users() {}

    private static List<Attribute<User, ?>> attributes() {
        List<Attribute<User, ?>> all = new ArrayList<>(List.of(
                Attribute.of("id", Types.id(Kind.USER), User::id),
                Attribute.of("organization", Types.id(Kind.ORGANIZATION), User::organization),
                USERNAME));
        all.addAll(ProfileAttributes.SHOWN);
        all.add(Attribute.of("created_at", Types.TIME, User::createdAt));
        return List.copyOf(all);
    }

    static Got<Reply> get(Call call) {
        return call.user().map(user -> Replies.shown(200, NOUN, user, call));
    }

    /// A slice's `name` is a username.
    static Got<Reply> list(Call call) {
        return call.organization()
                .then(organization -> call.query()
                        .slice(Kind.USER)
                        .map(slice -> call.desk().store().users().users(organization.id(), slice))
                        .map(page -> Replies.page(NOUN, page, User::id, call)));
    }

    static Got<Reply> create(Call call) {
        return call.organization()
                .then(call::unmatched)
                .then(organization -> StandingAttributes.window(call.given(), call.now())
                        .map(window -> new User(
                                Id.random(Kind.USER, call.desk().random()),
                                organization.id(),
                                call.given().need(USERNAME),
                                ProfileAttributes.given(call.given()),
                                Standing.within(window),
                                call.now())))
                .then(user -> call.write(
                        call.act(),
                        act -> call.desk().store().users().add(user, act),
                        added -> Replies.created("/v1/users/" + added.id(), NOUN, added, call)));
    }

    /// Username, profile and window. A wider window hands out time, and whoever reads the letters to a user can
    /// choose its password: who changes one of these must hold what the user can do. Another name leads whoever
    /// knows the password to the same rights, so it takes nothing.
    static Got<Reply> patch(Call call) {
        return call.user()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(NOUN, it))
                .then(before -> patched(call, before)
                        .then(after -> covered(call, before, after))
                        .then(after -> call.write(
                                call.act(),
                                act -> call.desk().store().users().replace(before, after, act),
                                done -> Replies.shown(200, NOUN, done, call))));
    }

    private static Got<User> patched(Call call, User before) {
        Profile profile = ProfileAttributes.changed(call.given(), before.profile());
        return StandingAttributes.window(call.given(), before.standing().window())
                .map(window -> new User(
                        before.id(),
                        before.organization(),
                        call.given().get(USERNAME).orElse(before.username()),
                        profile,
                        StandingAttributes.with(before.standing(), window),
                        before.createdAt()));
    }

    private static Got<User> covered(Call call, User before, User after) {
        boolean wider = StandingAttributes.wider(
                before.standing().window(), after.standing().window());
        boolean elsewhere =
                !before.profile().get(ProfileClaim.EMAIL).equals(after.profile().get(ProfileClaim.EMAIL));
        return (wider || elsewhere) && !Memberships.covered(call, before.id())
                ? Got.no(new Problem.Beyond("the user has rights that the caller does not hold"))
                : Got.of(after);
    }
}
