package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.passkey.Site;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether somebody could prove itself by two things. Asked only where a client would like that of somebody who is
/// signed in by one: whoever has no second thing is not asked for it again and again, and `prompt=none` goes on.
@FunctionalInterface
public interface Ability {
    /// Blocks.
    ///
    /// @param api at whose pages
    boolean second(Id user, Api api);

    /// By an app, by a key of the Api's site that counts as two, or at a provider whose word on that is taken
    /// there.
    static Ability of(Store store) {
        return (user, api) -> store.factors().factors(user).totp().isPresent()
                || keyed(store.passkeys(), user, api)
                || believed(store, user, api);
    }

    private static boolean keyed(PasskeyStore keys, Id user, Api api) {
        Optional<String> site = Site.of(api).map(Site::id);
        return site.isPresent()
                && keys.passkeys(user).stream()
                        .anyMatch(key -> key.sure() && key.site().equals(site.get()));
    }

    private static boolean believed(Store store, Id user, Api api) {
        Set<Id> believed = store.facts().providers().stream()
                .filter(provider ->
                        provider.serves(api.id()) && !provider.trusted().isEmpty())
                .map(IdentityProvider::id)
                .collect(Collectors.toUnmodifiableSet());
        return !believed.isEmpty()
                && store.identities().links(user).stream().anyMatch(link -> believed.contains(link.provider()));
    }
}
