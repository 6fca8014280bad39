package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.IdentityStore.Left;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The accounts elsewhere that users sign in by: seen here, and taken away. Only the person itself adds one.
final class UserIdentities {
    private static final Attribute<Link, Id> PROVIDER =
            Attribute.of("identity_provider", Types.id(Kind.IDENTITY_PROVIDER), Link::provider);

    static final Noun<Link> NOUN = new Noun<>(
            "identity",
            List.of(
                    PROVIDER,
                    Attribute.of("credential", Types.id(Kind.CREDENTIAL), Link::credential),
                    Attribute.of("user", Types.id(Kind.USER), Link::user),
                    Attribute.of(
                            "subject",
                            Types.matching("what the identity provider calls it", "[!-~]{1,255}", "248289761001"),
                            Link::subject),
                    Attribute.of("since", Types.TIME, Link::since)));

    static final Form REMOVE = Form.of(Form.required(PROVIDER));

    private UserIdentities() {}

    static Got<Reply> list(Call call) {
        return call.user()
                .map(user -> Reply.json(
                        200,
                        Map.of(
                                "items",
                                call.desk().store().identities().links(user.id()).stream()
                                        .map(link -> NOUN.show(link, call.view()))
                                        .toList())));
    }

    /// What was opened by it ends.
    static Got<Reply> remove(Call call) {
        return call.user()
                .then(user -> Verbs.notOwn(Target.of(user), call).map(_ -> user))
                .then(user -> call.matched(Users.NOUN, user))
                .then(user -> Memberships.covered(call, user.id())
                        ? Got.of(user)
                        : Got.no(new Problem.Beyond("the user has rights that the caller does not hold")))
                .then(user -> call.write(
                        call.act(),
                        act -> linked(call, user)
                                .map(link ->
                                        call.desk().store().identities().unlink(user.id(), link, Left.ANYTHING, act))
                                .orElseGet(Stored.Missing::new),
                        gone -> Replies.shown(200, NOUN, gone, call)));
    }

    private static Optional<Id> linked(Call call, User user) {
        return call.desk().store().identities().links(user.id()).stream()
                .filter(link -> link.provider().equals(call.given().need(PROVIDER)))
                .map(Link::credential)
                .findFirst();
    }
}
