package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// nginx with one worker: the upstream of all gateways, or the gateway to compare with.
final class Nginx implements AutoCloseable {
    private final Child child;
    private final int port;

    private Nginx(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /// Answers every request with a small JSON document.
    static Nginx upstream(Bench bench) {
        return start(bench, "upstream", Bench.REST, """
                server { listen 127.0.0.1:%d;
                  location / { default_type application/json; return 200 '{"order":17,"state":"paid"}'; } }
                """);
    }

    /// Passes every request on, over connections that it keeps.
    static Nginx proxy(Bench bench, int upstream) {
        return start(bench, "nginx", Bench.SERVER, """
                upstream up { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
                server { listen 127.0.0.1:%%d;
                  location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://up; } }
                """.formatted(upstream));
    }

    private static Nginx start(Bench bench, String name, int core, String servers) {
        int port = Ports.free();
        Path folder = bench.work().resolve(name);
        try {
            Files.createDirectories(folder);
            Path config =
                    Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
                    events { worker_connections 4096; }
                    http { access_log off; keepalive_timeout 600s; keepalive_requests 1000000000;
                      client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                      %2$s }
                    """.formatted(folder, servers.formatted(port)));
            Child child = Child.start(
                    name,
                    core,
                    folder,
                    Map.of(),
                    List.of("nginx", "-e", folder + "/error.log", "-c", config.toString()));
            child.awaitReady(() -> Ports.open(port), Duration.ofSeconds(10));
            return new Nginx(child, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }
}
