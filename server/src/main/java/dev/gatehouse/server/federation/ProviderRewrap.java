package dev.gatehouse.server.federation;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.keys.Rewrap;
import java.util.List;

/// Takes the secrets of identity providers from one key-encryption key to the next.
public record ProviderRewrap(IdentityStore store, Custody custody) implements Rewrap.Rows {
    @Override
    public int left() {
        return old().size();
    }

    private List<Held> old() {
        return store.providers().stream()
                .filter(held -> held.secret()
                        .filter(secret -> !custody.underPrimary(secret))
                        .isPresent())
                .toList();
    }

    @Override
    public int run() {
        return (int) old().stream().filter(this::rewrapped).count();
    }

    private boolean rewrapped(Held held) {
        ProviderVault vault = new ProviderVault(custody);
        Secret plain = vault.open(held)
                .orElseThrow(() -> new CustodyException("The secret of the identity provider "
                        + held.provider().name()
                        + " cannot be decrypted with this key file, so that nothing more is re-encrypted."
                        + " Give it its secret again, then run this again."));
        Encrypted anew = vault.seal(held.provider(), held.number(), plain);
        return store.rewrap(held, anew);
    }
}
