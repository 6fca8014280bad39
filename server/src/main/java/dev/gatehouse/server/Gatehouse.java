package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.endpoint.IntrospectionEndpoint;
import dev.gatehouse.oauth.endpoint.JwksEndpoint;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.RevocationEndpoint;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.Rotation;
import dev.gatehouse.oauth.keys.Schedule;
import dev.gatehouse.oauth.password.Argon2;
import dev.gatehouse.oauth.password.StretchedPasswords;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minter;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.server.admin.AdminFront;
import dev.gatehouse.server.audit.Sealer;
import dev.gatehouse.server.bootstrap.Bootstrap;
import dev.gatehouse.server.bootstrap.BootstrapException;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.dialect.Desk;
import dev.gatehouse.server.dialect.Dialects;
import dev.gatehouse.server.gateway.ForwardAuth;
import dev.gatehouse.server.gateway.Gateway;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.HttpServer;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.http.Tracer;
import dev.gatehouse.server.observe.Certificates;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.HttpMeters;
import dev.gatehouse.server.observe.NodeMeters;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.ops.OpsFront;
import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsException;
import dev.gatehouse.server.trace.Tracing;
import dev.gatehouse.storage.Unusable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node. This is the composition root: constructors in order, each followed by its close; there is no
/// other wiring.
public final class Gatehouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);

    /// How many verified JWT signatures are remembered; about 1 kB each.
    private static final long VERIFIED_TOKENS = 20_000;

    /// How many signed assertions are kept for reuse; about 1 kB each.
    private static final long RECENT_ASSERTIONS = 20_000;

    /// How many uses of sessions are written down at the same time.
    private static final int SESSION_WRITES = 8;

    /// Where upstreams find the keys of assertions, at every Api.
    private static final String ASSERTION_KEYS_PATH = "/oauth2/assertion-keys";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final HttpServer http;
    private final Map<String, Integer> ports;
    private final Optional<Secret> bootstrapKey;
    private final Leave leave;

    /// Starts a node: opens keys and database, installs what a first start needs, then listens.
    ///
    /// @throws CannotStart when its operator has to mend something first
    public static Gatehouse start(NodeConfig config, Environment environment) {
        return mendable(() -> new Gatehouse(config, environment));
    }

    /// What fails for a reason that an operator can mend, told apart from a bug.
    static <T> T mendable(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unusable
                | CustodyException
                | BootstrapException
                | FactsUnavailable
                | TlsException
                | UncheckedIOException e) {
            throw new CannotStart(e);
        }
    }

    private Gatehouse(NodeConfig config, Environment env) {
        leave = new Leave(config.limits().leave());
        try {
            // First, because a start that fails here must not have made keys or a database.
            Map<String, ListenerTls> tls = Listeners.tls(config, env.clock(), env.random());
            Opening opening = Opening.of(config, env);
            Custody custody = opening.custody();
            Store store = closing(opening.store());
            InstantSource clock = store.clock();
            Bootstrap bootstrap = bootstrap(custody, clock, env);
            bootstrapKey = bootstrap.install(store, custody.installation());
            opening.requireOneKeyFile(config.keyFile());
            bootstrap.extend(store);
            FactSource facts = store.facts();

            CryptoProviders crypto = CryptoProviders.choose();
            LOG.info("{}", crypto.description());
            Keys keys = new Keys(store.keys(), custody, crypto, env.random(), clock);
            store.onKeysChanged(keys::changed);
            keys.start(facts.apis());
            TokenFormats formats = new TokenFormats(keys, clock, VERIFIED_TOKENS);

            StretchedPasswords passwords = new StretchedPasswords(
                    new Argon2(Argon2.Cost.TODAY, env.random()),
                    custody.pepper(),
                    store.users(),
                    StretchedPasswords.Bounds.of(Runtime.getRuntime().availableProcessors()),
                    env.random(),
                    clock,
                    env.nanos());
            Prover prover = new Prover(
                    facts,
                    custody.checkKeys(),
                    custody.pepper(),
                    formats,
                    passwords,
                    new Misses(env.nanos(), env.random()));
            Sessions sessions = new Sessions(
                    store.sessions(), custody.pepper(), env.random(), clock, closing(new Background(SESSION_WRITES)));
            Verifier verifier = new Verifier(prover, facts, clock, sessions::used);
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            closing(registry::close);
            Observations observations = new Observations(registry, closing(new Events(registry).start()));

            Minter minter = new Minter(formats, keys, clock, env.random());
            Issuer issuer = new Issuer(verifier, minter, facts, env.nanos());
            TokenEndpoint tokens = new TokenEndpoint(issuer, observations);
            IntrospectionEndpoint introspection = new IntrospectionEndpoint(verifier, facts);
            RevocationEndpoint revocation = new RevocationEndpoint(verifier, formats, store.tokens(), clock);
            CallAssertions signed = new CallAssertions(new Assertions(keys, clock, RECENT_ASSERTIONS));
            Cors cors = new Cors(facts);
            Later later = new Later(facts, observations);
            Dialects dialects = new Dialects(
                    new Desk(store, verifier, formats, issuer, observations, cors, env.random()),
                    Map.of(
                            Metadata.TOKEN_PATH,
                            new FormEndpoint(
                                    later,
                                    Outcome.Work.MINT,
                                    (http, api) ->
                                            tokens.tryAnswer(http, api).map(reply -> cors.token(reply, http, api)),
                                    (http, api) -> cors.token(tokens.answer(http, api), http, api)),
                            Metadata.INTROSPECTION_PATH,
                            new FormEndpoint(
                                    later, Outcome.Work.VERIFY, introspection::tryAnswer, introspection::answer),
                            Metadata.REVOCATION_PATH,
                            new FormEndpoint(later, Outcome.Work.REVOKE, revocation::tryAnswer, revocation::answer),
                            Metadata.PATH,
                            (head, api) -> new Outcome.Answer(Metadata.answer(head, api))),
                    Map.of(
                            Metadata.JWKS_PATH,
                            document(JwksEndpoint.ofTokens(keys, clock)),
                            ASSERTION_KEYS_PATH,
                            document(JwksEndpoint.ofAssertions(keys, clock))));
            dialects.load(facts.apis());
            Front gateway = new Gateway(
                    facts, Listeners.ownNames(config), dialects, cors, verifier, signed, observations, env.nanos());
            Sealer sealer = closing(new Sealer(store.audit(), keys, registry, clock, env.nanos()).start());
            Certificates certificates = new Certificates(tls.values(), registry);
            Front admin = new OpsFront(
                    new AdminFront(
                            verifier,
                            store,
                            keys,
                            custody.checkKeys(),
                            custody.pepper(),
                            passwords,
                            env.random(),
                            clock,
                            observations),
                    new Readiness(leave, facts, keys, env.nanos()),
                    () -> Stream.of(certificates.warnings(), sealer.warnings())
                            .flatMap(List::stream)
                            .toList(),
                    registry::scrape);
            HttpServer server = new HttpServer(
                    Listeners.of(
                            config,
                            tls,
                            gateway,
                            admin,
                            original -> new ForwardAuth(original, facts, dialects, verifier, signed, observations)),
                    Listeners.limits(config.limits()),
                    new HttpMeters(registry),
                    tracer(config, registry, env),
                    env.nanos(),
                    env.random());
            // Below the server: streams lose their rights until the last of them has ended.
            closing(new StreamSweeper(facts, server));
            http = closing(server);
            warm(facts, env);
            ports = http.start();
            closing(new KeyRotor(new Rotation(keys, facts::apis, new Schedule(config.keyPeriod()), clock), registry));
            closing(new NodeMeters(registry, () -> facts.fresh(env.nanos().getAsLong()), http::openExchanges));
            closing(leave);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Where nothing is traced, no class of the tracing library is loaded.
    private Tracer tracer(NodeConfig config, MeterRegistry registry, Environment env) {
        return config.tracing()
                .<Tracer>map(tracing -> closing(new Tracing(tracing, registry, env.random())))
                .orElse(Tracer.NONE);
    }

    /// Reads facts of ids that nobody has, so that the first caller does not wait for code and pages to be
    /// loaded.
    private static void warm(FactSource facts, Environment env) {
        try {
            facts.load(Id.random(Kind.CREDENTIAL, env.random()));
            facts.loadSecretsOf(Id.random(Kind.APPLICATION, env.random()).text());
        } catch (FactsUnavailable e) {
            LOG.warn("the database is slow to answer: {}", e.getMessage());
        }
    }

    private static OwnEndpoint document(JwksEndpoint jwks) {
        return (head, api) -> jwks.tryAnswer(head, api)
                .<Outcome>map(Outcome.Answer::new)
                .orElseGet(
                        () -> new Outcome.Block(Outcome.Work.VERIFY, () -> new Outcome.Answer(jwks.answer(head, api))));
    }

    /// Makes another bootstrap key in the database of a node that is not running, for an operator who lost the
    /// first or let it expire.
    ///
    /// @throws CannotStart when its operator has to mend something first
    public static Secret renewBootstrapKey(NodeConfig config, Environment env) {
        return mendable(() -> {
            Opening opening = Opening.of(config, env);
            try (Store store = opening.store()) {
                opening.requireOneKeyFile(config.keyFile());
                return bootstrap(opening.custody(), store.clock(), env).renew(store);
            }
        });
    }

    private static Bootstrap bootstrap(Custody custody, InstantSource clock, Environment env) {
        return new Bootstrap(custody.checkKeys(), custody.pepper(), clock, env.random());
    }

    /// The key that the first start made, to be shown once; empty at every later start.
    public Optional<Secret> bootstrapKey() {
        return bootstrapKey;
    }

    /// The port that a listener of this name is bound to.
    public int port(String listener) {
        return Optional.ofNullable(ports.get(listener))
                .orElseThrow(() -> new IllegalArgumentException("no listener is named " + listener));
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    /// Says for a while that it is not ready, then stops listening, lets running requests end within the drain
    /// deadline, then closes everything in reverse order.
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part.getClass().getSimpleName(), e);
            }
        }
    }
}
