package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Gatehouse as its launcher starts it, with two Api listeners, one for other proxies and an admin listener.
final class Node implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("ghk_live_[A-Za-z0-9]+");
    private static final Pattern READY = Pattern.compile("ready in ([\\d.]+) s");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Child child;
    private final int sealed;
    private final int jwt;
    private final int verify;
    private final int admin;

    private Node(Child child, int sealed, int jwt, int verify, int admin) {
        this.child = child;
        this.sealed = sealed;
        this.jwt = jwt;
        this.verify = verify;
        this.admin = admin;
    }

    static Node start(Bench bench, Path folder, Database database) {
        int sealed = Ports.free();
        int jwt = Ports.free();
        int verify = Ports.free();
        int admin = Ports.free();
        try {
            Files.createDirectories(folder);
            Path config = Files.writeString(folder.resolve("gatehouse.yaml"), """
                    data: %s
                    %slisteners:
                      - {name: sealed, address: 127.0.0.1, port: %d, serves: api}
                      - {name: jwt, address: 127.0.0.1, port: %d, serves: api}
                      - {name: verify, address: 127.0.0.1, port: %d, serves: verify, proxy: nginx,
                         trusted-proxies: [127.0.0.1]}
                      - {name: admin, address: 127.0.0.1, port: %d, serves: admin}
                    log: {level: warn}
                    """.formatted(
                            folder.resolve("data"), database.settings(), sealed, jwt, verify, admin));
            Child child = Child.start(
                    "gatehouse",
                    Bench.SERVER,
                    folder,
                    Map.of("JAVA_HOME", Jvm.home().toString()),
                    List.of(bench.home().resolve("gatehouse").toString(), "serve", "--config", config.toString()));
            Node node = new Node(child, sealed, jwt, verify, admin);
            child.awaitReady(() -> child.output().contains("(admin)"), PATIENCE);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same node once more, on the data that it has.
    static Node restart(Bench bench, Path folder, Database database) {
        return start(bench, folder, database);
    }

    /// What the first start printed, which it does beside what it serves.
    String bootstrapKey() {
        child.awaitReady(() -> KEY.matcher(child.output()).find(), PATIENCE);
        return found(KEY, 0);
    }

    /// From the start of the process until it served, as it says itself.
    double secondsToReady() {
        return Double.parseDouble(found(READY, 1));
    }

    private String found(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(child.output());
        if (!matcher.find()) {
            throw new BenchException("Gatehouse did not print what it should: " + pattern);
        }
        return matcher.group(group);
    }

    /// An address on the listener of the Api with sealed tokens.
    String sealed(String path) {
        return "http://127.0.0.1:" + sealed + path;
    }

    /// An address on the listener of the Api with signed tokens.
    String jwt(String path) {
        return "http://127.0.0.1:" + jwt + path;
    }

    /// Where other proxies ask for verdicts.
    String verify() {
        return "http://127.0.0.1:" + verify + "/verify";
    }

    String admin() {
        return "http://127.0.0.1:" + admin;
    }

    ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }
}
