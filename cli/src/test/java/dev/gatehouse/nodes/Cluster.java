package dev.gatehouse.nodes;

import dev.gatehouse.server.http.SampleUpstream;
import dev.gatehouse.testkit.FaultProxy;
import dev.gatehouse.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Some nodes on one PostgreSQL, each with its own way to it, and one upstream behind them all.
final class Cluster implements AutoCloseable {
    private static final String DATABASE = "gatehouse";
    private static final int DRIVEN = 2;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    final PostgresServer postgres;
    final List<Node> nodes = new ArrayList<>();
    final Wire wire = new Wire();
    private final Path folder;
    private final SampleUpstream upstream = new SampleUpstream(0);
    private final String upstreamBase;

    private Cluster(Path folder) throws IOException {
        this.folder = folder;
        this.upstreamBase = "http://127.0.0.1:" + upstream.start();
        this.postgres = PostgresServer.start(folder.resolve("postgres"));
        postgres.create(DATABASE);
    }

    /// The database, past every proxy.
    Connection connect() throws SQLException {
        return postgres.connect(DATABASE);
    }

    /// Starts so many nodes over an empty database; the key file of the first is copied to the others.
    static Cluster start(Path folder, int nodes) {
        Cluster cluster = open(folder);
        try {
            cluster.add().startFirst();
            for (int i = 1; i < nodes; i++) {
                cluster.add().start();
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        }
    }

    private static Cluster open(Path folder) {
        try {
            return new Cluster(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A further node, not started.
    Node add() throws IOException {
        String name = "node-" + nodes.size();
        Path own = Files.createDirectories(folder.resolve(name));
        Node node = new Node(name, own, FaultProxy.to(postgres.port()), DATABASE, nodes.size() == DRIVEN);
        if (!nodes.isEmpty()) {
            Files.copy(nodes.getFirst().keyFile(), node.keyFile());
        }
        nodes.add(node);
        return node;
    }

    Node node(int index) {
        return nodes.get(index);
    }

    String upstreamBase() {
        return upstreamBase;
    }

    /// As the owner of the installation.
    Got admin(Node node, String method, String path, String body) {
        return wire.json(
                node.port("admin"), method, path, "Bearer " + nodes.getFirst().bootstrapKey(), body);
    }

    /// The same, with a key that makes it count once however often it is sent.
    Got adminOnce(Node node, String method, String path, String body, String key) {
        return wire.once(
                node.port("admin"), method, path, "Bearer " + nodes.getFirst().bootstrapKey(), body, key);
    }

    /// What a node shows to the owner; asked for again while it says that it cannot know.
    Got shown(Node node, String path) {
        return answered(() -> admin(node, "GET", path, "")).expecting(200);
    }

    /// What was made.
    Got created(String path, String body) {
        String key = UUID.randomUUID().toString();
        return answered(() -> adminOnce(nodes.getFirst(), "POST", path, body, key))
                .expecting(201);
    }

    /// An answer: asked for again while a node says so. After its database was restarted it is ready, with
    /// connections that the restart has ended.
    static Got answered(Supplier<Got> ask) {
        AtomicReference<Got> got = new AtomicReference<>();
        await("an answer", () -> {
            got.set(ask.get());
            return got.get().status() != 503;
        });
        return got.get();
    }

    /// Whether a node says that it can decide.
    boolean ready(Node node) {
        return wire.send(node.port("admin"), "GET", "/readyz", "").status() == 200;
    }

    void awaitAllReady() {
        await("all nodes are ready", () -> nodes.stream().allMatch(this::ready));
    }

    /// Looks until something is so.
    static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("not within " + LONGEST + ": " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        wire.close();
        upstream.close();
        postgres.close();
    }
}
