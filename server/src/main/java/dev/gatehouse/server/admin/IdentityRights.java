package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import java.util.List;

/// What a provider may do to users takes the right to do that to users oneself (GAUNTLET H04): to make them, and to
/// let them in without the second factor that they have here.
final class IdentityRights {
    private static final Need USERS = new Need.AnyOf(Scopes.of("users:write"));

    private IdentityRights() {}

    /// Whether the caller makes and changes users of an organization.
    static Got<Id> users(Call call, Id organization) {
        return call.may(organization, USERS)
                ? Got.of(organization)
                : Got.no(new Problem.Beyond("whoever lets a provider make users, or be believed about them, needs"
                        + " users:write at " + organization));
    }

    /// Whoever has a provider believed in more takes second factors away from all whom it may let in, and whoever
    /// has one that is believed let in others takes those of these.
    static Got<IdentityProvider> believed(Call call, IdentityProvider before, IdentityProvider after) {
        boolean more = !before.trusted().containsAll(after.trusted());
        List<Id> whose = after.trusted().isEmpty()
                ? List.of()
                : admitted(call, after).stream()
                        .filter(one -> more || !admits(call, before, one))
                        .toList();
        Got<Id> allowed = Got.of(after.id());
        for (Id one : whose) {
            allowed = allowed.then(_ -> users(call, one));
        }
        return allowed.map(_ -> after);
    }

    private static List<Id> admitted(Call call, IdentityProvider it) {
        return switch (it.organizations()) {
            case Restriction.Only<Id>(List<Id> listed) -> listed;
            case Restriction.Unrestricted<Id>() ->
                call.desk().store().members().root().stream()
                        .map(Organization::id)
                        .toList();
        };
    }

    /// Whether the people of a provider include those at home in an organization.
    static boolean admits(Call call, IdentityProvider it, Id organization) {
        List<Id> chain = call.desk().store().members().chain(organization).stream()
                .map(Organization::id)
                .toList();
        return it.organizations().admits(chain::contains);
    }
}
