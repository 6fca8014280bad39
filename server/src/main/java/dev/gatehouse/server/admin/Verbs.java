package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.function.Function;

/// The verbs on standing, the same for organizations, applications and credentials. Nobody changes what it stands
/// on itself (GAUNTLET H05): its own organization, application and credential are for others to hold, lift and
/// reschedule. Its own credential it may revoke, nothing else.
final class Verbs {
    static final Form HOLD = Form.of(Form.optional(StandingAttributes.HOLD));

    private static final String OWN =
            "the caller's own organization, application and credential are for others to change";

    private Verbs() {}

    static Got<Target> organization(Call call) {
        return call.organization().map(Target.OfOrganization::new);
    }

    static Got<Target> application(Call call) {
        return call.application().map(Target.OfApplication::new);
    }

    static Got<Target> credential(Call call) {
        return call.credential().map(Target.OfCredential::new);
    }

    static Operation hold(Function<Call, Got<Target>> find) {
        return call -> {
            Hold hold = call.given().get(StandingAttributes.HOLD).orElse(Hold.OWNER);
            return find.apply(call)
                    .then(target -> notOwn(target, call))
                    .then(target -> settable(hold, target, call))
                    .then(target ->
                            done(target, call, call.desk().store().members().hold(target.id(), hold, call.act())));
        };
    }

    static Operation lift(Function<Call, Got<Target>> find) {
        return call -> {
            Hold hold = call.given().get(StandingAttributes.HOLD).orElse(Hold.OWNER);
            return find.apply(call)
                    .then(target -> notOwn(target, call))
                    .then(target -> settable(hold, target, call))
                    .then(target -> noStrongerSibling(target, call))
                    .then(target ->
                            done(target, call, call.desk().store().members().lift(target.id(), hold, call.act())));
        };
    }

    /// Ends what was issued below. For the own organization and application too: it takes nothing from anybody
    /// that a new token would not give back.
    static Operation cut(Function<Call, Got<Target>> find) {
        return call -> find.apply(call)
                .then(target -> target instanceof Target.OfCredential ? notOwn(target, call) : Got.of(target))
                .then(target -> done(target, call, call.desk().store().members().cut(target.id(), call.act())));
    }

    static Operation revoke(Function<Call, Got<Target>> find) {
        return call -> find.apply(call)
                .then(target -> target instanceof Target.OfCredential ? Got.of(target) : notOwn(target, call))
                .then(target -> done(target, call, call.desk().store().members().revoke(target.id(), call.act())));
    }

    /// Sets the window. Whoever makes it wider hands out time, so it must hold what the member can do, and a
    /// credential's time ends no later than its own.
    static Operation schedule(Function<Call, Got<Target>> find) {
        return call -> find.apply(call)
                .then(target -> notOwn(target, call))
                .then(target -> StandingAttributes.window(
                                call.given(), target.standing().window())
                        .then(window -> allowed(target, window, call))
                        .then(window -> done(
                                target,
                                call,
                                call.desk().store().members().schedule(target.id(), window, call.act()))));
    }

    private static Got<Reply> done(Target target, Call call, Stored<Standing> stored) {
        return Problems.stored(stored).map(standing -> target.shown(standing, call));
    }

    private static Got<Target> notOwn(Target target, Call call) {
        return target.carries(call) ? Got.no(new Problem.Beyond(OWN)) : Got.of(target);
    }

    /// Each hold is set and lifted only by who may set it: the owner's by the owner and those above it, the
    /// others by the provider.
    private static Got<Target> settable(Hold hold, Target target, Call call) {
        return switch (hold) {
            case OWNER -> Got.of(target);
            case PROVIDER, POLICY, SCHEDULE ->
                call.provider() ? Got.of(target) : Got.no(new Problem.Beyond("this hold is the provider's"));
        };
    }

    private static Got<Target> noStrongerSibling(Target target, Call call) {
        boolean sibling = target instanceof Target.OfCredential(var credential)
                && credential.application().equals(call.caller().application().id());
        return sibling && !target.covered(call)
                ? Got.no(new Problem.Beyond("a credential of the caller's own application with wider rights"))
                : Got.of(target);
    }

    private static Got<Window> allowed(Target target, Window window, Call call) {
        if (!wider(target.standing().window(), window)) {
            return Got.of(window);
        }
        if (!target.covered(call)) {
            return Got.no(new Problem.Beyond("the member has rights that the caller does not hold"));
        }
        return target instanceof Target.OfCredential ? call.grants().within(window) : Got.of(window);
    }

    private static boolean wider(Window before, Window after) {
        boolean earlier =
                before.notBefore().orElse(Instant.MIN).isAfter(after.notBefore().orElse(Instant.MIN));
        boolean longer = before.expiresAt()
                .orElse(Instant.MAX)
                .isBefore(after.expiresAt().orElse(Instant.MAX));
        return earlier || longer;
    }
}
