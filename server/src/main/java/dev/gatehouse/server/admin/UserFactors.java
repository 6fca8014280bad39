package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.FactorStore.Factors;
import dev.gatehouse.core.store.FactorStore.Totp;
import java.util.List;

/// What users prove themselves by besides their passwords: seen here, and taken away when it is lost. Only the
/// person itself sets it up.
final class UserFactors {
    /// What a user has, whose it is.
    record Of(Id user, Factors factors, int passkeys) {}

    static final Noun<Of> NOUN = new Noun<>(
            "factors",
            List.of(
                    Attribute.of("user", Types.id(Kind.USER), Of::user),
                    Attribute.optional(
                            "totp_since", Types.TIME, of -> of.factors().totp().map(Totp::since)),
                    Attribute.of("recovery_codes", Types.COUNT, of ->
                            (long) of.factors().codes()),
                    Attribute.of("passkeys", Types.COUNT, of -> (long) of.passkeys())));

    private UserFactors() {}

    static Got<Reply> get(Call call) {
        return call.user().map(user -> shown(call, user));
    }

    /// A password alone is enough from then on, so whoever does it must hold what the user may do anywhere, as to
    /// set the password (GAUNTLET H04).
    static Got<Reply> remove(Call call) {
        return call.user()
                .then(user -> Verbs.notOwn(Target.of(user), call).map(_ -> user))
                .then(user -> call.matched(Users.NOUN, user))
                .then(user -> Memberships.covered(call, user.id())
                        ? Got.of(user)
                        : Got.no(new Problem.Beyond("the user has rights that the caller does not hold")))
                .then(user -> call.write(
                        call.act(),
                        act -> call.desk().store().passkeys().clear(user.id(), act),
                        _ -> shown(call, user)));
    }

    private static Reply shown(Call call, User user) {
        Factors factors = call.desk().store().factors().factors(user.id());
        int passkeys = call.desk().store().passkeys().passkeys(user.id()).size();
        return Replies.shown(200, NOUN, new Of(user.id(), factors, passkeys), call);
    }
}
