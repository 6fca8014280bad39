package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.oauth.passkey.Site;
import java.util.Optional;

/// Whether somebody could prove itself by two things. Asked only where a client would like that of somebody who is
/// signed in by one: whoever has no second thing is not asked for it again and again, and `prompt=none` goes on.
@FunctionalInterface
public interface Ability {
    /// Blocks.
    ///
    /// @param api at whose pages
    boolean second(Id user, Api api);

    /// By an app, or by a key of the Api's site that counts as two.
    static Ability of(FactorStore factors, PasskeyStore keys) {
        return (user, api) -> {
            if (factors.factors(user).totp().isPresent()) {
                return true;
            }
            Optional<String> site = Site.of(api).map(Site::id);
            return site.isPresent()
                    && keys.passkeys(user).stream()
                            .anyMatch(key -> key.sure() && key.site().equals(site.get()));
        };
    }
}
