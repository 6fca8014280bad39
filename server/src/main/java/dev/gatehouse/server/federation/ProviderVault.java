package dev.gatehouse.server.federation;

import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Encrypts what providers gave us to prove ourselves, each bound to its row, its issuer and its number: no
/// other issuer ever gets it (GAUNTLET N03).
public record ProviderVault(Custody custody) {
    /// Encrypts a secret.
    public Encrypted seal(IdentityProvider provider, long number, Secret secret) {
        return custody.encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), place(provider, number));
    }

    /// Decrypts what a provider has. Empty when it has none, or when it was altered, swapped, or put back.
    public Optional<Secret> open(Held held) {
        return held.secret()
                .flatMap(secret -> custody.decrypt(secret, place(held.provider(), held.number())))
                .map(plain -> Secret.of(new String(plain, StandardCharsets.UTF_8)));
    }

    private static Place place(IdentityProvider provider, long number) {
        return new Place(Place.INSTALLATION, "identity_provider", provider.id().text(), provider.issuer(), number);
    }
}
