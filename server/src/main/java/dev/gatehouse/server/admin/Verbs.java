package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Holder;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import java.util.function.Function;

/// The verbs on standing, the same for every kind of member. Nobody changes what it stands on itself (GAUNTLET
/// H05): its own organization, application, or user with membership and home, and credential are for others to
/// hold and lift. Its own
/// credential it may revoke, nothing else.
final class Verbs {
    static final Form HOLD = Form.of(Form.optional(StandingAttributes.HOLD));

    private static final String OWN =
            "the caller's own organization, application, user, membership and credential are for others to change";

    private Verbs() {}

    static Got<Target<?>> organization(Call call) {
        return call.organization().map(Target::of);
    }

    static Got<Target<?>> application(Call call) {
        return call.application().map(Target::of);
    }

    static Got<Target<?>> credential(Call call) {
        return call.credential().map(Target::of);
    }

    static Got<Target<?>> customer(Call call) {
        return call.customer().map(Target::of);
    }

    static Got<Target<?>> user(Call call) {
        return call.user().map(Target::of);
    }

    static Got<Target<?>> membership(Call call) {
        return call.membership().map(Target::of);
    }

    static Got<Target<?>> connection(Call call) {
        return call.connection().map(Target::of);
    }

    static Operation hold(Function<Call, Got<Target<?>>> find) {
        return call -> {
            Hold hold = call.given().get(StandingAttributes.HOLD).orElse(Hold.OWNER);
            return find.apply(call)
                    .then(target -> notOwn(target, call))
                    .then(target -> settable(hold, target, call))
                    .then(target -> target.matched(call))
                    .then(target -> done(target, call, act -> members(call).hold(target.id(), hold, act)));
        };
    }

    static Operation lift(Function<Call, Got<Target<?>>> find) {
        return call -> {
            Hold hold = call.given().get(StandingAttributes.HOLD).orElse(Hold.OWNER);
            return find.apply(call)
                    .then(target -> notOwn(target, call))
                    .then(target -> settable(hold, target, call))
                    .then(target -> noStrongerSibling(target, call))
                    .then(target -> target.matched(call))
                    .then(target -> done(target, call, act -> members(call).lift(target.id(), hold, act)));
        };
    }

    /// Ends what was issued below. For the own organization and application too: it takes nothing from anybody
    /// that a new token would not give back.
    static Operation cut(Function<Call, Got<Target<?>>> find) {
        return call -> find.apply(call)
                .then(target -> target.member() instanceof Credential ? notOwn(target, call) : Got.of(target))
                .then(target -> target.matched(call))
                .then(target -> done(target, call, act -> members(call).cut(target.id(), act)));
    }

    static Operation revoke(Function<Call, Got<Target<?>>> find) {
        return call -> find.apply(call)
                .then(target -> target.member() instanceof Credential ? Got.of(target) : notOwn(target, call))
                .then(target -> target.matched(call))
                .then(target -> done(target, call, act -> members(call).revoke(target.id(), act)));
    }

    private static MemberStore members(Call call) {
        return call.desk().store().members();
    }

    private static Got<Reply> done(Target<?> target, Call call, Function<Act, Stored<Standing>> verb) {
        return call.write(target.act(call), verb, standing -> target.shown(standing, call));
    }

    /// Whether the caller may change it at all.
    static Got<Target<?>> notOwn(Target<?> target, Call call) {
        return target.carries(call) ? Got.no(new Problem.Beyond(OWN)) : Got.of(target);
    }

    /// Each hold is set and lifted only by who may set it: the owner's by the owner and those above it, the
    /// others by the provider.
    private static Got<Target<?>> settable(Hold hold, Target<?> target, Call call) {
        return switch (hold) {
            case OWNER -> Got.of(target);
            case PROVIDER, POLICY, SCHEDULE ->
                call.provider() ? Got.of(target) : Got.no(new Problem.Beyond("this hold is the provider's"));
        };
    }

    /// The keys of the caller's own application or membership and, for whoever acts as a user, that user's
    /// password.
    private static Got<Target<?>> noStrongerSibling(Target<?> target, Call call) {
        Holder own = call.caller().holder();
        boolean stronger = target.member() instanceof Credential credential
                && (credential.holder().equals(own.id()) || credential.holder().equals(own.who()))
                && !covered(credential, call);
        return stronger
                ? Got.no(new Problem.Beyond("another credential of the caller's own, with wider rights"))
                : Got.of(target);
    }

    /// Whether the caller holds all that a credential could do.
    private static boolean covered(Credential credential, Call call) {
        return switch (credential.reach()) {
            case Reach.WholeRole() -> Memberships.covered(call, credential.holder());
            case Reach.Only(Rights rights) ->
                call.grants(credential.organization()).covers(rights);
        };
    }
}
