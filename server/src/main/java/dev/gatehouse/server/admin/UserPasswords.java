package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.PasswordRules;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;
import java.util.function.BiFunction;

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

    private static final Attribute<Void, Secret> ARGON2ID = Attribute.in(
            "argon2id",
            Type.text(
                    "the PHC string of Argon2id, version 19, with 32 bytes of hash, of at most 262144 KiB, 16 passes and 8"
                            + " lanes",
                    Schema.pattern(
                            "^\\$argon2id\\$v=19\\$m=[1-9][0-9]*,t=[1-9][0-9]*,p=[1-9]\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{43}$",
                            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$" + "A".repeat(43)),
                    text -> Optional.of(Secret.of(text)),
                    _ -> "[redacted]"));

    static final Form SET = Form.of(Form.required(PASSWORD));
    static final Form TAKE_OVER = Form.of(Form.required(ARGON2ID));

    private UserPasswords() {}

    /// The password as a credential, which says whether there is one and where it stands.
    static Got<Reply> get(Call call) {
        return call.user()
                .then(user -> call.desk()
                        .store()
                        .users()
                        .password(user.id())
                        .<Got<Credential>>map(Got::of)
                        .orElseGet(() -> Got.no(Problem.NOT_FOUND)))
                .map(password -> Replies.shown(200, Credentials.NOUN, password, call));
    }

    static Got<Reply> set(Call call) {
        return given(
                call,
                (user, id) -> sound(user, call.given().need(PASSWORD))
                        .map(password -> call.desk().passwords().credential(id, user, password, call.now())));
    }

    /// What another system kept of a password; that one answers for how good it is.
    static Got<Reply> takeOver(Call call) {
        return given(
                call,
                (user, id) -> call.desk()
                        .passwords()
                        .stretched(id, user, call.given().need(ARGON2ID), call.now())
                        .<Got<Credential>>map(Got::of)
                        .orElseGet(() -> Got.no(new Problem.InvalidField(
                                ARGON2ID.name(), ARGON2ID.type().allowed()))));
    }

    private static Got<Reply> given(Call call, BiFunction<User, Id, Got<Credential>> password) {
        return call.user()
                .then(it -> Verbs.notOwn(Target.of(it), call).map(_ -> it))
                .then(it -> call.matched(Users.NOUN, it))
                .then(user -> Memberships.covered(call, user.id())
                        ? Got.of(user)
                        : Got.no(new Problem.Beyond("the user has rights that the caller does not hold")))
                .then(user -> password.apply(
                                user, Id.random(Kind.CREDENTIAL, call.desk().random()))
                        .then(made -> call.write(
                                call.act(user.standing()),
                                act -> call.desk().store().users().setPassword(made, act),
                                set -> Replies.shown(200, Credentials.NOUN, set, call))));
    }

    private static Got<Secret> sound(User user, Secret password) {
        return PasswordRules.weakness(user.username(), password)
                .<Got<Secret>>map(why -> Got.no(new Problem.InvalidField("password", why)))
                .orElseGet(() -> Got.of(password));
    }
}
