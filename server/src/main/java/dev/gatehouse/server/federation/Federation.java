package dev.gatehouse.server.federation;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.client.RemoteKeys;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.federation.Discovery;
import dev.gatehouse.oauth.federation.ExternalIdToken;
import dev.gatehouse.oauth.federation.OwnAssertion;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.server.connect.ConnectSecrets;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The composition of this package.
public final class Federation {
    /// What large providers publish: each key with certificates that nobody looks at.
    private static final int MOST_KEYS = 32;

    private Federation() {}

    /// The way to providers and back.
    ///
    /// @param own to where providers are; answers within seconds
    /// @param elsewhere to where documents of theirs say; it goes to no place that was opened for others
    ///     (GAUNTLET J06)
    /// @param random a secure one
    public static FederationFlow flow(
            Store store,
            Egress own,
            Egress elsewhere,
            Custody custody,
            Keys keys,
            CryptoProviders crypto,
            RandomGenerator random) {
        KeyFetch fetch = uri -> fetched(own, uri);
        Pepper pepper = custody.pepper();
        return new FederationFlow(
                store,
                new Discovery(fetch, store.clock()),
                new ExternalIdToken(
                        keys(fetch, crypto, store.clock()),
                        keys(uri -> fetched(elsewhere, uri), crypto, store.clock())),
                new CodeExchange(
                        own, elsewhere, new ProviderVault(custody), new OwnAssertion(keys, store.clock(), random)),
                pepper,
                ConnectSecrets.of(pepper),
                TripSeal.of(pepper),
                random);
    }

    private static RemoteKeys keys(KeyFetch fetch, CryptoProviders crypto, InstantSource clock) {
        return new RemoteKeys(
                fetch, jwks -> ClientKeys.readForeign(jwks, MOST_KEYS, ProviderMetadata.MAX_LENGTH), crypto, clock);
    }

    private static Optional<String> fetched(Egress egress, String uri) {
        Fetched fetched = egress.fetch(new EgressRequest(
                "GET",
                uri,
                List.of(new Header("Accept", "application/json, application/jwk-set+json")),
                Bytes.NONE,
                ProviderMetadata.MAX_LENGTH));
        return fetched instanceof Fetched.Answer answer && answer.status() == 200
                ? Optional.of(new String(answer.body().toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
