package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.password.Argon2;
import dev.gatehouse.oauth.password.RequestCodes;
import dev.gatehouse.oauth.password.StretchedPasswords;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minter;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.Outbound;
import dev.gatehouse.server.observe.EgressMeters;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.Observations;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every front of a node stands on: its database and keys, what proves callers, what issues tokens, what is
/// observed.
///
/// @param bootstrapKey the key that the first start made
/// @param background writes that nobody waits for
/// @param subjects what clients know users as
/// @param requests counts what goes to servers of others
/// @param holders tells who has the key that a token is bound to
record Foundation(
        Environment env,
        Store store,
        Custody custody,
        Optional<Secret> bootstrapKey,
        Outbound outbound,
        CryptoProviders crypto,
        Keys keys,
        TokenFormats formats,
        Subjects subjects,
        StretchedPasswords passwords,
        Background background,
        Sessions sessions,
        Limiter limiter,
        Verifier verifier,
        Issuer issuer,
        PrometheusMeterRegistry registry,
        Observations observations,
        EgressMeters requests,
        Holders holders) {
    private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

    /// How many verified JWT signatures are remembered; about 1 kB each.
    private static final long VERIFIED_TOKENS = 20_000;

    /// How many uses, of sessions and of routes that go, are written down at the same time.
    private static final int SMALL_WRITES = 8;

    /// Opens keys and database, and installs what a first start needs.
    ///
    /// @param parts closes what was opened, also when this fails half-way
    static Foundation open(NodeConfig config, Environment env, Parts parts) {
        // Loading native code takes a while; the database opens meanwhile.
        CompletableFuture<CryptoProviders> loading =
                CompletableFuture.supplyAsync(CryptoProviders::choose, Thread::startVirtualThread);
        Opening opening = Opening.of(config, env);
        Custody custody = opening.custody();
        Store store = parts.add(opening.store());
        InstantSource clock = store.clock();
        Bootstrap bootstrap = bootstrap(opening, env);
        Optional<Secret> bootstrapKey = bootstrap.install(store, custody.installation());
        opening.requireOneKeyFile(config.keyFile());
        bootstrap.extend(store);
        FactSource facts = store.facts();

        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.add(registry::close);
        EgressMeters requests = new EgressMeters(registry);
        Outbound outbound = parts.add(Outbound.open(
                config.outbound(),
                store.connections(),
                clock,
                custody,
                env.resolver(),
                env.nanos(),
                env.random(),
                requests::of));
        CryptoProviders crypto = loading.join();
        LOG.info("{}", crypto.description());
        Keys keys = new Keys(store.keys(), custody, crypto, env.random(), clock);
        store.onKeysChanged(keys::changed);
        keys.start(facts.apis());
        TokenFormats formats =
                new TokenFormats(keys, clock, VERIFIED_TOKENS, () -> store.allKnow(NodeStatus.SECOND_FACTORS));

        StretchedPasswords passwords = passwords(store, custody, env);
        Misses misses = new Misses(env.nanos(), env.random());
        Prover prover = new Prover(facts, custody.checkKeys(), custody.pepper(), formats, passwords, misses);
        Background background = parts.add(new Background(SMALL_WRITES));
        Sessions sessions = new Sessions(store.sessions(), custody.pepper(), env.random(), clock, background);
        Limiter limiter = Limiter.of(env.nanos(), env.random());
        Verifier verifier = new Verifier(prover, facts, clock, sessions::used, limiter);
        Subjects subjects = new Subjects(custody.subjects());
        Minter minter = new Minter(formats, keys, subjects, clock, env.random());
        Issuer issuer = new Issuer(verifier, minter, facts, env.nanos(), limiter);
        Observations observations = new Observations(registry, parts.add(new Events(registry).start()));
        return new Foundation(
                env,
                store,
                custody,
                bootstrapKey,
                outbound,
                crypto,
                keys,
                formats,
                subjects,
                passwords,
                background,
                sessions,
                limiter,
                verifier,
                issuer,
                registry,
                observations,
                requests,
                new Holders(crypto, store.proofs(), custody.pepper(), clock));
    }

    static Bootstrap bootstrap(Opening opening, Environment env) {
        Custody custody = opening.custody();
        return new Bootstrap(
                custody.checkKeys(), custody.pepper(), opening.store().clock(), env.random());
    }

    private static StretchedPasswords passwords(Store store, Custody custody, Environment env) {
        return new StretchedPasswords(
                new Argon2(Argon2.Cost.TODAY, env.random()),
                custody.pepper(),
                store.users(),
                StretchedPasswords.Bounds.of(Runtime.getRuntime().availableProcessors()),
                env.random(),
                store.clock(),
                env.nanos());
    }

    FactSource facts() {
        return store.facts();
    }

    /// The codes of people, tried and slowed with the passwords.
    RequestCodes requestCodes() {
        return new RequestCodes(store.requestCodes(), store.users(), passwords, passwords, store.clock(), env.random());
    }

    InstantSource clock() {
        return store.clock();
    }
}
