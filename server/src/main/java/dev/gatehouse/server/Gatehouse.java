package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.endpoint.SealedPings;
import dev.gatehouse.oauth.keys.Rotation;
import dev.gatehouse.oauth.keys.Schedule;
import dev.gatehouse.oauth.mtls.Authorities;
import dev.gatehouse.oauth.mtls.Vouching;
import dev.gatehouse.oauth.token.LogoutTokens;
import dev.gatehouse.server.audit.Sealer;
import dev.gatehouse.server.bootstrap.BootstrapException;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.ConnectException;
import dev.gatehouse.server.connect.EventHooks;
import dev.gatehouse.server.connect.Outbound;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.HttpServer;
import dev.gatehouse.server.http.Tracer;
import dev.gatehouse.server.logout.BackChannel;
import dev.gatehouse.server.mail.Mailer;
import dev.gatehouse.server.notice.Counts;
import dev.gatehouse.server.notice.Sender;
import dev.gatehouse.server.observe.Certificates;
import dev.gatehouse.server.observe.HttpMeters;
import dev.gatehouse.server.observe.NodeMeters;
import dev.gatehouse.server.ops.OpsFront;
import dev.gatehouse.server.pages.PasswordLetters;
import dev.gatehouse.server.ping.Pings;
import dev.gatehouse.server.reveal.CopySweeper;
import dev.gatehouse.server.tls.ClientAuthorities;
import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsException;
import dev.gatehouse.server.trace.Tracing;
import dev.gatehouse.storage.Unusable;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node. This is the composition root, with [Foundation] and [Fronts]: constructors in order, what must
/// be closed goes to [Parts]; there is no other wiring.
public final class Gatehouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);

    private final Parts parts = new Parts();
    private final Map<String, Integer> ports;
    private final Optional<Secret> bootstrapKey;

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
                | ConnectException
                | UncheckedIOException e) {
            throw new CannotStart(e);
        }
    }

    private Gatehouse(NodeConfig config, Environment env) {
        try {
            // First, because a start that fails here must not have made keys or a database.
            Map<String, ListenerTls> tls = Listeners.tls(config, env.clock(), env.random());
            Foundation base = Foundation.open(config, env, parts);
            bootstrapKey = base.bootstrapKey();
            Leave leave = new Leave(config.limits().leave());
            HttpServer http = server(config, tls, base, leave);
            Counts counts = EventHooks.counts(base.registry());
            // Before anything is served, because a file that it needs may be wrong.
            Optional<Sender<ConnectionEvent>> events =
                    config.outbound().events().map(hook -> events(config, hook, base, counts));
            // Below the server: streams lose their rights until the last of them has ended.
            parts.add(new StreamSweeper(base.facts(), http));
            parts.add(http);
            warm(base.facts(), env);
            ports = http.start();
            parts.add(BackChannel.sender(
                            base.store().logouts(),
                            base.facts(),
                            new LogoutTokens(base.keys(), base.clock(), env.random()),
                            base.subjects(),
                            Outbound.egress(
                                    config.outbound(),
                                    Sender.LIMITS,
                                    env.resolver(),
                                    env.nanos(),
                                    base.requests().of("logout")),
                            base.registry(),
                            base.clock()))
                    .start();
            parts.add(new ConnectSweeper(
                    base.store().connectSessions(), base.store().identities(), base.clock()));
            parts.add(new UnusedClients(base.store()));
            parts.add(new CopySweeper(base.store().secretCopies()));
            parts.add(PasswordLetters.sender(
                            base.store(),
                            base.facts(),
                            Mailer.of(config.mail(), base.clock(), env.random()),
                            Fronts.forms(base),
                            config.pages().name(),
                            base.registry()))
                    .start();
            parts.add(Pings.sender(
                            base.store().pings(),
                            base.facts(),
                            new SealedPings(base.custody()),
                            Outbound.egress(
                                    config.outbound(),
                                    Sender.LIMITS,
                                    env.resolver(),
                                    env.nanos(),
                                    base.requests().of("pings")),
                            base.registry(),
                            base.clock()))
                    .start();
            events.ifPresent(sender -> parts.add(sender).start());
            Schedule schedule = new Schedule(config.keyPeriod());
            parts.add(new KeyRotor(
                    new Rotation(base.keys(), base.facts()::apis, schedule, base.clock()), base.registry()));
            parts.add(new NodeMeters(
                    base.registry(),
                    () -> base.facts().fresh(env.nanos().getAsLong()),
                    http::openExchanges,
                    base.limiter()::forgotten));
            parts.add(leave);
        } catch (IOException e) {
            parts.close();
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Sender<ConnectionEvent> events(
            NodeConfig config, NodeConfig.Hook hook, Foundation base, Counts counts) {
        Environment env = base.env();
        return EventHooks.sender(
                hook,
                base.store(),
                Outbound.egress(
                        config.outbound(),
                        Sender.LIMITS,
                        env.resolver(),
                        env.nanos(),
                        base.requests().of("events")),
                counts);
    }

    private HttpServer server(NodeConfig config, Map<String, ListenerTls> tls, Foundation base, Leave leave) {
        Environment env = base.env();
        Optional<ClientAuthorities> authorities =
                config.clientAuthorities().map(file -> parts.add(new ClientAuthorities(file).watching()));
        Fronts fronts = Fronts.of(
                config, base, authorities.<Vouching>map(watched -> watched).orElse(Authorities.NONE));
        Sealer sealer = parts.add(
                new Sealer(base.store().audit(), base.keys(), base.registry(), base.clock(), env.nanos()).start());
        Certificates certificates = new Certificates(tls.values(), base.registry());
        Front admin = new OpsFront(
                fronts.admin(),
                new Readiness(leave, base.facts(), base.keys(), env.nanos()),
                () -> Stream.of(
                                certificates.warnings(),
                                sealer.warnings(),
                                authorities.map(ClientAuthorities::warnings).orElse(List.of()))
                        .flatMap(List::stream)
                        .toList(),
                base.registry()::scrape);
        return new HttpServer(
                Listeners.of(config, tls, fronts.gateway(), admin, fronts.verify()),
                Listeners.limits(config.limits()),
                new HttpMeters(base.registry()),
                tracer(config, base.registry(), env),
                env.nanos(),
                env.random());
    }

    /// Where nothing is traced, no class of the tracing library is loaded.
    private Tracer tracer(NodeConfig config, MeterRegistry registry, Environment env) {
        return config.tracing()
                .<Tracer>map(tracing -> parts.add(new Tracing(tracing, registry, env.random())))
                .orElse(Tracer.NONE);
    }

    /// Reads facts of ids that nobody has, so that the first caller does not wait for code and pages to be
    /// loaded.
    private static void warm(FactSource facts, Environment env) {
        try {
            facts.load(Id.random(Kind.CREDENTIAL, env.random()));
            facts.loadCredentialsOf(Id.random(Kind.APPLICATION, env.random()).text());
        } catch (FactsUnavailable e) {
            LOG.warn("the database is slow to answer: {}", e.getMessage());
        }
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
                return Foundation.bootstrap(opening, env).renew(store);
            }
        });
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

    /// Says for a while that it is not ready, then stops listening, lets running requests end within the drain
    /// deadline, then closes everything in reverse order.
    @Override
    public void close() {
        parts.close();
    }
}
