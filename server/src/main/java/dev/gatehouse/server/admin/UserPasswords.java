package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.PasswordRules;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;

/// Setting a user's password. Whoever sets it can act as the user, so it must hold what the user may do anywhere
/// (GAUNTLET H04). It ends what the old one opened.
final class UserPasswords {
    static final Attribute<Void, Secret> PASSWORD = Attribute.in(
            "password",
            Type.text(
                    PasswordRules.ALLOWED,
                    Schema.of("minLength", PasswordRules.LEAST, "maxLength", PasswordRules.MOST),
                    text -> Optional.of(Secret.of(text)),
                    _ -> "[redacted]"));

    static final Form SET = Form.of(Form.required(PASSWORD));

    private UserPasswords() {}

    static Got<Reply> set(Call call) {
        return call.user()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(Users.NOUN, it))
                .then(user -> sound(call, user))
                .then(user -> Memberships.covered(call, user.id())
                        ? Got.of(user)
                        : Got.no(new Problem.Beyond("the user has rights that the caller does not hold")))
                .then(user -> {
                    Credential password = call.desk()
                            .passwords()
                            .credential(
                                    Id.random(Kind.CREDENTIAL, call.desk().random()),
                                    user,
                                    call.given().need(PASSWORD),
                                    call.now());
                    return call.write(
                            call.act(),
                            act -> call.desk().store().users().setPassword(password, act),
                            set -> Replies.shown(200, Credentials.NOUN, set, call));
                });
    }

    private static Got<User> sound(Call call, User user) {
        return PasswordRules.weakness(user.username(), call.given().need(PASSWORD))
                .<Got<User>>map(why -> Got.no(new Problem.InvalidField("password", why)))
                .orElseGet(() -> Got.of(user));
    }
}
