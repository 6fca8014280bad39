package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import java.util.function.Function;
import java.util.stream.Stream;

/// A member whose standing somebody wants to change.
///
/// @param standing where it stands now
/// @param with the same member, standing otherwise
record Target<M>(Noun<M> noun, M member, Id id, Standing standing, Function<Standing, M> with) {
    static Target<Organization> of(Organization it) {
        return new Target<>(Organizations.NOUN, it, it.id(), it.standing(), it::with);
    }

    static Target<Application> of(Application it) {
        return new Target<>(Applications.NOUN, it, it.id(), it.standing(), it::with);
    }

    static Target<Credential> of(Credential it) {
        return new Target<>(Credentials.NOUN, it, it.id(), it.standing(), it::with);
    }

    static Target<Customer> of(Customer it) {
        return new Target<>(Customers.NOUN, it, it.id(), it.standing(), it::with);
    }

    static Target<User> of(User it) {
        return new Target<>(Users.NOUN, it, it.id(), it.standing(), it::with);
    }

    static Target<Membership> of(Membership it) {
        return new Target<>(Memberships.NOUN, it, it.id(), it.standing(), it::with);
    }

    /// Itself, if it is as the caller's preconditions say.
    Got<Target<?>> matched(Call call) {
        return call.matched(noun, member).map(_ -> this);
    }

    /// The act of changing where it stands.
    Act act(Call call) {
        return call.act(standing);
    }

    /// Whether it is one of those that the caller itself rests on. The root is left to the store, which never
    /// holds it.
    boolean carries(Call call) {
        Members caller = call.caller();
        boolean own = Stream.of(
                        caller.holder().id(),
                        caller.holder().who(),
                        caller.credential().id())
                .anyMatch(id::equals);
        boolean home = !caller.organization().root() && id.equals(caller.organization().id());
        return own || home;
    }

    /// The whole member after the change.
    Reply shown(Standing now, Call call) {
        return Replies.shown(200, noun, with.apply(now), call);
    }
}
