package dev.gatehouse.server.admin;

import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.proof.NewPasswords;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.server.connect.Outbound;
import dev.gatehouse.server.federation.ProviderVault;
import dev.gatehouse.server.reveal.SecretCopies;
import dev.gatehouse.server.signed.SealedKeys;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What the operations work with.
record Desk(
        Store store,
        Keys keys,
        CheckKeys checkKeys,
        Pepper pepper,
        NewPasswords passwords,
        SealedKeys sealed,
        ProviderVault providers,
        SecretCopies copies,
        Outbound outbound,
        RandomGenerator random,
        InstantSource clock) {}
