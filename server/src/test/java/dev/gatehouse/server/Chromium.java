package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A real browser, and the pages that it is shown: each under whatever name below `localhost` it is asked for, so
/// that one server has the pages of many origins. A page tells what became of it by a POST to `/said`.
final class Chromium implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path program;
    private final Path folder;
    private final HttpServer pages;
    private final Map<String, String> scripts = new ConcurrentHashMap<>();
    private final BlockingQueue<String> said = new ArrayBlockingQueue<>(16);

    private Chromium(Path program, Path folder) throws IOException {
        this.program = program;
        this.folder = folder;
        this.pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        pages.createContext("/", this::page);
        pages.createContext("/said", this::told);
        pages.start();
    }

    /// Where the program is; empty when it is not installed.
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium open(Path program, Path folder) throws IOException {
        return new Chromium(program, folder);
    }

    /// The origin of the pages of a name below `localhost`.
    String origin(String name) {
        return "http://" + name + ".localhost:" + pages.getAddress().getPort();
    }

    /// Runs a script in a page of a name, in a browser that has seen nothing before; what it said.
    ///
    /// @param script the body of an asynchronous function, which returns what there is to say
    JsonNode run(String name, String script) throws IOException, InterruptedException {
        scripts.put(name, script);
        said.clear();
        Process browser = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                        origin(name) + "/page"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            String text = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the page said nothing: " + Files.readString(folder.resolve("chromium.log")));
            }
            return RunningServer.JSON.readTree(text);
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String name = host.substring(0, host.indexOf('.') < 0 ? host.length() : host.indexOf('.'));
        String html = "<!doctype html><meta charset=utf-8><title>page</title><script>(async () => {"
                + scripts.getOrDefault(name, "return null;")
                + "})().then(it => it, e => ({failed: String(e)}))"
                + ".then(it => fetch('/said', {method: 'POST', body: JSON.stringify(it)}))</script>";
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void told(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        said.add(text);
    }

    @Override
    public void close() {
        pages.stop(0);
    }
}
