package dev.gatehouse.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A reverse proxy in a process of its own, running the recipe of the guide with nothing changed but addresses.
final class ProxyProcess implements AutoCloseable {
    private static final Path RECIPES = Path.of("../docs/guides/forward-auth");

    /// The proxies whose recipes are tried.
    enum Kind {
        NGINX("nginx.conf"),
        CADDY("Caddyfile"),
        HAPROXY("haproxy.cfg");

        private final String recipe;

        Kind(String recipe) {
            this.recipe = recipe;
        }

        /// The name of its program and its listener.
        String program() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// Where its program is; empty when it is not installed.
        Optional<Path> installed() {
            return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                    .map(folder -> Path.of(folder, program()))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private final Process process;
    private final Path log;
    private final int port;

    private ProxyProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /// Starts a proxy and waits until it listens.
    ///
    /// @param addresses what stands in the recipe, and what is to stand there
    static ProxyProcess start(Kind kind, Path folder, Map<String, String> addresses) throws IOException {
        int port = freePort();
        Path recipe = folder.resolve(kind.recipe);
        Path script = Files.copy(RECIPES.resolve("gatehouse.lua"), folder.resolve("gatehouse.lua"));
        String text = Files.readString(RECIPES.resolve(kind.recipe))
                .replace("/etc/haproxy/gatehouse.lua", script.toString())
                .replace("127.0.0.1:8000", "127.0.0.1:" + port)
                .replace("orders.example:8000", "orders.example:" + port);
        for (var address : addresses.entrySet()) {
            if (!text.contains(address.getKey())) {
                throw new IllegalStateException(kind.recipe + " does not name " + address.getKey());
            }
            text = text.replace(address.getKey(), address.getValue());
        }
        Files.writeString(recipe, text);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(kind, folder, recipe))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ProxyProcess proxy = new ProxyProcess(process, log, port);
        proxy.awaitListening();
        return proxy;
    }

    private static List<String> command(Kind kind, Path folder, Path recipe) throws IOException {
        String program = kind.installed().orElseThrow().toString();
        return switch (kind) {
            case NGINX -> {
                Path main = Files.writeString(folder.resolve("main.conf"), """
                        events {}
                        http { access_log off; client_body_temp_path body; proxy_temp_path proxy; include %s; }
                        """.formatted(recipe));
                String globals = "daemon off; error_log stderr; pid " + folder.resolve("pid") + ";";
                yield List.of(program, "-p", folder.toString(), "-c", main.toString(), "-g", globals);
            }
            case CADDY -> {
                Path main = Files.writeString(folder.resolve("main"), "{\n\tadmin off\n}\nimport " + recipe + "\n");
                yield List.of(program, "run", "--adapter", "caddyfile", "--config", main.toString());
            }
            case HAPROXY -> List.of(program, "-db", "-f", recipe.toString());
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listening()) {
            if (ended() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the proxy does not listen: " + Files.readString(log));
            }
        }
    }

    private boolean listening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean ended() {
        try {
            return process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
