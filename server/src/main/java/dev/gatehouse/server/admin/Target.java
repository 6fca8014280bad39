package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import java.util.List;
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

    static Target<Connection> of(Connection it) {
        return new Target<>(Connections.NOUN, it, it.id(), it.standing(), it::with);
    }

    /// Itself, if it is as the caller's preconditions say.
    Got<Target<?>> matched(Call call) {
        return call.matched(noun, member).map(_ -> this);
    }

    /// The act of changing where it stands.
    Act act(Call call) {
        return call.act(standing);
    }

    /// Whether it is one of those that the caller itself rests on: its credential, whose that is, the
    /// organization that it acts in, and a user's home with all above it. The root is left to the store, which
    /// never holds it.
    boolean carries(Call call) {
        Members caller = call.caller();
        List<Organization> home = caller.holder() instanceof Person person ? person.home() : List.of();
        Stream<Id> organizations = Stream.concat(Stream.of(caller.organization()), home.stream())
                .filter(one -> !one.root())
                .map(Organization::id);
        Stream<Id> own = Stream.of(
                caller.holder().id(), caller.holder().who(), caller.credential().id());
        return Stream.concat(own, organizations).anyMatch(id::equals);
    }

    /// The whole member after the change.
    Reply shown(Standing now, Call call) {
        return Replies.shown(200, noun, with.apply(now), call);
    }
}
