package dev.gatehouse.server;

import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.factor.SecretsRewrap;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Rewrap;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.CredentialRewrap;
import dev.gatehouse.server.federation.ProviderRewrap;
import dev.gatehouse.server.reveal.SecretCopies;
import dev.gatehouse.server.reveal.SecretCopiesRewrap;
import dev.gatehouse.server.signed.SealedKeys;
import dev.gatehouse.server.signed.SealedKeysRewrap;
import java.util.function.Function;

/// Exchanges the key-encryption keys of an installation, by an operator with its key file and its database. With
/// SQLite the node must be stopped; with PostgreSQL nodes may run.
public final class Rewrapping {
    private Rewrapping() {}

    /// Adds a key-encryption key to the key file that only decrypts yet, so that the file can be taken to the
    /// other nodes first.
    ///
    /// @throws CannotStart when its operator has to mend something first
    public static void prepare(NodeConfig config, Environment env) {
        var _ = with(config, env, rewrap -> {
            rewrap.prepare();
            return true;
        });
    }

    /// Encrypts everything under the newest key-encryption key, one more when there is nothing left to do with
    /// that one. Returns how many rows were taken over; run again after an interruption it goes on.
    ///
    /// @throws CannotStart when its operator has to mend something first
    public static int run(NodeConfig config, Environment env) {
        return with(config, env, Rewrap::run);
    }

    /// Takes the old key-encryption keys out of the key file.
    ///
    /// @throws CannotStart when a row is still under one of them, or its operator has to mend something first
    public static void dropOld(NodeConfig config, Environment env) {
        var _ = with(config, env, rewrap -> {
            rewrap.dropOld();
            return true;
        });
    }

    private static <T> T with(NodeConfig config, Environment env, Function<Rewrap, T> work) {
        return Gatehouse.mendable(() -> {
            Opening opening = Opening.of(config, env);
            try (Store store = opening.store()) {
                opening.requireOneKeyFile(config.keyFile());
                return work.apply(new Rewrap(
                        store.keys(),
                        opening.custody(),
                        CryptoProviders.choose(),
                        env.random(),
                        env.clock(),
                        new CredentialRewrap(store.connections(), opening.custody(), env.clock())
                                .and(new SealedKeysRewrap(
                                        store.members(), new SealedKeys(opening.custody(), env.clock()), env.clock()))
                                .and(new SecretsRewrap(store.factors(), opening.custody()))
                                .and(new ProviderRewrap(store.identities(), opening.custody()))
                                .and(new SecretCopiesRewrap(
                                        store.secretCopies(), new SecretCopies(opening.custody())))));
            }
        });
    }
}
