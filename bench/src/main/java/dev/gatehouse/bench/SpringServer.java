package dev.gatehouse.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Spring Authorization Server on PostgreSQL, the small application in bench/spring.
final class SpringServer implements AutoCloseable {
    static final String SECRET = "spring-bench-secret";

    private final Child child;
    private final int port;

    private SpringServer(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /// The jar that `bench/run` built.
    static Path jar(Bench bench) {
        return bench.home().resolve("bench/spring/target/gatehouse-bench-spring.jar");
    }

    static SpringServer start(Bench bench, Database.PostgreSql database) {
        int port = Ports.free();
        Child child = Child.start(
                "spring",
                Bench.SERVER,
                bench.work(),
                // It asks for the client over a second connection while it holds the first: with a pool no larger than
                // the concurrency all of them wait for ever.
                Map.of(
                        "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", Integer.toString(2 * Bench.CONNECTIONS + 1),
                        "SERVER_PORT", Integer.toString(port),
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SPRING_DATASOURCE_URL", database.at().url(),
                        "SPRING_DATASOURCE_USERNAME", database.at().user(),
                        "SPRING_DATASOURCE_PASSWORD", database.at().password(),
                        "BENCH_SECRET", SECRET),
                List.of(
                        Jvm.program("java"),
                        "-XX:+UseG1GC",
                        "-XX:+UseCompactObjectHeaders",
                        "-jar",
                        jar(bench).toString()));
        child.awaitReady(() -> Ports.open(port), Duration.ofMinutes(3));
        return new SpringServer(child, port);
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }
}
