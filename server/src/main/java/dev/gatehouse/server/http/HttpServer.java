package dev.gatehouse.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP server of a node: all listeners on one bounded pool of platform threads, strict; HTTP/1.1, and over
/// TLS HTTP/2, too.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /// How long a thread beyond the usual ones waits for work.
    private static final Duration UNUSED_THREAD = Duration.ofSeconds(20);

    private final HttpLimits limits;
    private final LongSupplier nanos;
    private final Server server;
    private final Turns turns;
    private final Upstreams upstreams;
    private final OpenExchanges open = new OpenExchanges();
    private final HeadWatch headWatch;
    private final List<ServerConnector> connectors = new ArrayList<>();
    private final List<TlsSocket> tlsSockets = new ArrayList<>();
    private volatile boolean stopped;

    /// @param traffic hears of every request that is over
    /// @param tracer hears of every request that could be read, and of its parts
    /// @param nanos the monotonic clock of the node
    /// @param random seeds the request ids
    public HttpServer(
            List<HttpListener> listeners,
            HttpLimits limits,
            Traffic traffic,
            Tracer tracer,
            LongSupplier nanos,
            RandomGenerator random) {
        this.limits = limits;
        this.nanos = nanos;
        this.headWatch = new HeadWatch(limits.head(), limits.idle());
        this.server = new Server(pool(limits), null, new RequestBuffers(new ArrayByteBufferPool()));
        this.turns = new Turns(server.getThreadPool());
        Map<String, HttpListener> byName =
                listeners.stream().collect(Collectors.toUnmodifiableMap(HttpListener::name, Function.identity()));
        RequestIds ids = new RequestIds(random.nextLong());
        ReplyWriter writer = new ReplyWriter(JsonMapper.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build());
        ErrorReplies errors = new ErrorReplies(byName, writer, ids);
        this.upstreams = new Upstreams(limits, turns, server.getScheduler(), server.getByteBufferPool());
        Bulkheads bulkheads = new Bulkheads(limits);
        Map<String, Carriage> carriages = listeners.stream()
                .collect(Collectors.toUnmodifiableMap(
                        HttpListener::name,
                        listener -> new Carriage(
                                listener,
                                limits,
                                nanos,
                                writer,
                                errors,
                                bulkheads,
                                new BodyBudget(limits.bufferedBytes()),
                                new AnswerBudget(AnswerBudget.ALL, AnswerBudget.EACH),
                                upstreams,
                                open)));
        StrictHead heads = new StrictHead(limits, ids, nanos);
        server.setHandler(new GracefulHandler(new FrontHandler(carriages, heads, tracer)));
        server.setErrorHandler(errors);
        server.setRequestLog((request, response) -> traffic.done(
                request.getConnectionMetaData().getConnector().getName(),
                response.getStatus(),
                System.nanoTime() - request.getBeginNanoTime()));
        server.setStopTimeout(limits.drain().toMillis());
        listeners.forEach(listener -> connectors.add(connector(listener)));
        connectors.forEach(server::addConnector);
        server.addBean(upstreams.client());
        connectors.forEach(connector -> server.addBean(new NetworkConnectionLimit(limits.connections(), connector)));
    }

    private static QueuedThreadPool pool(HttpLimits limits) {
        // Its queue needs no bound of its own: a connection has no more tasks in it than it may have streams.
        QueuedThreadPool pool =
                new QueuedThreadPool(limits.threads(), Math.min(8, limits.threads()), (int) UNUSED_THREAD.toMillis());
        // All that a crowd left behind, not one of them at a time.
        pool.setMaxEvictCount(limits.threads());
        pool.setName("http");
        return pool;
    }

    private ServerConnector connector(HttpListener listener) {
        ServerConnector connector = new ServerConnector(
                server,
                turns,
                server.getScheduler(),
                server.getByteBufferPool(),
                1,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                factories(listener).toArray(ConnectionFactory[]::new));
        connector.setName(listener.name());
        connector.setHost(listener.address());
        connector.setPort(listener.port());
        connector.setAcceptQueueSize(limits.acceptQueue());
        connector.setReuseAddress(true);
        connector.setAcceptedTcpNoDelay(true);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setShutdownIdleTimeout(Math.min(500, limits.drain().toMillis()));
        connector.addBean(headWatch, false);
        return connector;
    }

    private List<ConnectionFactory> factories(HttpListener listener) {
        HttpConfiguration http = configuration(limits);
        if (listener.tls().isEmpty()) {
            return List.of(new HttpConnectionFactory(http));
        }
        TlsSocket socket = new TlsSocket(listener.tls().get(), nanos.getAsLong());
        tlsSockets.add(socket);
        return socket.factories(http, limits);
    }

    private static HttpConfiguration configuration(HttpLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        // A cached header stands in for the next one of the connection that is the same but for upper and lower
        // case: a caller's changed credential was taken for the one before it (GAUNTLET R3).
        http.setHeaderCacheSize(0);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setRequestHeaderSize(limits.headBytes());
        http.setResponseHeaderSize(2 * limits.headBytes());
        http.setMaxResponseHeaderSize(2 * limits.headBytes());
        http.setInputBufferSize(RequestBuffers.BYTES);
        http.setOutputBufferSize(32 * 1024);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        http.setIdleTimeout(limits.idle().toMillis());
        http.setMaxUnconsumedRequestContentReads(4);
        http.setNotifyRemoteAsyncErrors(true);
        return http;
    }

    /// Opens all listeners, then serves.
    ///
    /// @return the port of each listener by its name
    /// @throws IOException when a listener cannot be opened; the message names it
    public Map<String, Integer> start() throws IOException {
        try {
            for (ServerConnector connector : connectors) {
                open(connector);
            }
            server.start();
        } catch (IOException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new IOException("the HTTP server cannot start: " + e.getMessage(), e);
        }
        scheduleSweep(server.getScheduler());
        Map<String, Integer> ports = new LinkedHashMap<>();
        connectors.forEach(connector -> ports.put(connector.getName(), connector.getLocalPort()));
        return ports;
    }

    private static void open(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "listener '" + connector.getName() + "' cannot listen on " + connector.getHost() + ":"
                            + connector.getPort() + ": " + cause.getMessage(),
                    e);
        }
    }

    private void scheduleSweep(Scheduler scheduler) {
        long shortest = Math.min(
                Math.min(limits.head().toMillis(), limits.rateGrace().toMillis()),
                limits.upstreamHead().toMillis());
        long period = Math.clamp(shortest / 4, 10, 1000);
        scheduler.schedule(
                () -> {
                    if (!stopped) {
                        try {
                            expire(nanos.getAsLong());
                        } finally {
                            scheduleSweep(scheduler);
                        }
                    }
                },
                period,
                TimeUnit.MILLISECONDS);
    }

    /// Ends what has been too slow.
    ///
    /// @param now by the monotonic clock
    void expire(long now) {
        open.expire(now);
        tlsSockets.forEach(socket -> guarded(() -> socket.lookIfDue(now)));
        connectors.forEach(connector -> guarded(() -> headWatch.sweep(connector, now)));
    }

    /// One part of the sweep that fails keeps no other from its turn.
    private static void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.error("the sweep for slow callers met a bug", e);
        }
    }

    /// Asks every open stream again whether it may go on, because facts have changed. Returns at once; the
    /// questions, which may block, are asked on another thread.
    public void sweep() {
        open.recheck();
    }

    /// How many exchanges wait for a caller or an upstream.
    public int openExchanges() {
        return open.size();
    }

    /// Stops accepting, lets open requests end for as long as the limits allow, then cuts the rest.
    @Override
    public void close() {
        stopped = true;
        try {
            server.stop();
            connectors.forEach(ServerConnector::close);
        } catch (TimeoutException e) {
            LOG.warn(
                    "calls that were still open after {} s were cut",
                    limits.drain().toSeconds());
        } catch (Exception e) {
            LOG.warn("the HTTP server did not stop cleanly", e);
        }
    }
}
