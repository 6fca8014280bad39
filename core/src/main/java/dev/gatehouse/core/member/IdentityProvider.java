package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Restriction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A server of somebody else that says who people are (OpenID Connect Core). Who it speaks of is `issuer` and the
/// subject there, and nothing else: names and addresses change hands (GAUNTLET J04).
///
/// @param name stands in the address where browsers come back to; never another
/// @param title what people read on the button
/// @param issuer never another: what is linked is linked to it
/// @param scopes that are asked for besides `openid`
/// @param apis whose pages offer it
/// @param organizations whose people may use it: those whose home is one of them or below
/// @param joining what becomes of who comes for the first time; without it nobody is let in who is not linked
/// @param trusted values of `amr` and `acr` that take the place of our own second factor
/// @param active whether anybody may sign in by it
/// @param version counts the writes to it
public record IdentityProvider(
        Id id,
        String name,
        String title,
        String issuer,
        String clientId,
        ProviderMethod method,
        List<String> scopes,
        Set<Id> apis,
        Restriction<Id> organizations,
        Optional<Joining> joining,
        Set<String> trusted,
        boolean active,
        Instant createdAt,
        long version) {
    /// The most scopes, Apis, organizations and trusted values, each.
    public static final int MAX_LISTED = 20;

    /// The longest issuer and client id.
    public static final int MAX_TEXT = 500;

    /// Where a person becomes a user and a member who comes for the first time.
    ///
    /// @param role what it may do there at most
    public record Joining(Id organization, Id role) {}

    /// Keeps copies.
    public IdentityProvider {
        scopes = List.copyOf(scopes);
        apis = Set.copyOf(apis);
        trusted = Set.copyOf(trusted);
    }

    /// Whether another one in its place lets in fewer, in fewer places, or is believed less.
    public boolean narrowed(IdentityProvider to) {
        return (active && !to.active)
                || !to.apis.containsAll(apis)
                || !to.trusted.containsAll(trusted)
                || switch (to.organizations) {
                    case Restriction.Unrestricted<Id>() -> false;
                    case Restriction.Only<Id>(List<Id> left) ->
                        organizations instanceof Restriction.Unrestricted<Id>
                                || !left.containsAll(organizations.listed());
                };
    }

    /// The same, switched off.
    public IdentityProvider off() {
        return new IdentityProvider(
                id,
                name,
                title,
                issuer,
                clientId,
                method,
                scopes,
                apis,
                organizations,
                joining,
                trusted,
                false,
                createdAt,
                version);
    }

    /// Whether the pages of an Api offer it now.
    public boolean serves(Id api) {
        return active && apis.contains(api);
    }
}
