package dev.gatehouse.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// One tab of a real browser that a test moves as a person would, by mouse and keyboard (Chrome DevTools
/// Protocol).
final class Tab implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Process browser;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Tab(Process browser, URI devTools) throws IOException, InterruptedException {
        this.browser = browser;
        HttpRequest open = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + devTools.getPort() + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode page = RunningServer.JSON.readTree(
                http.send(open, HttpResponse.BodyHandlers.ofString()).body());
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page.get("webSocketDebuggerUrl").asString()), new Heard())
                .join();
        tell("Page.enable", Map.of());
        tell("Log.enable", Map.of());
    }

    /// Opens one in a browser that has seen nothing before.
    ///
    /// @param scripts whether pages may run any
    /// @param more options of the browser
    static Tab open(Path program, Path folder, boolean scripts, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--lang=en",
                "--accept-lang=en",
                "--remote-debugging-port=0",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(List.of(more));
        command.add("about:blank");
        Process browser = new ProcessBuilder(command).redirectErrorStream(true).start();
        Tab tab = new Tab(browser, devTools(browser));
        if (!scripts) {
            tab.tell("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        }
        return tab;
    }

    private static URI devTools(Process browser) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8));
        List<String> said = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> drain(lines));
                return URI.create(line.substring(LISTENING.length()).strip());
            }
        }
        throw new AssertionError("the browser did not start: " + said);
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // a full pipe would stop the browser
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Goes to an address and waits for the page.
    void go(String address) {
        loaded.clear();
        tell("Page.navigate", Map.of("url", address));
        awaitPage();
    }

    /// Clicks, types.
    void type(String selector, String text) {
        click(selector);
        write(text);
    }

    /// Types where the cursor is. A page that says where it begins puts it there a moment after it was loaded.
    void write(String text) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!evaluate("document.activeElement !== document.body").asBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("the cursor is nowhere: " + text());
            }
            Thread.onSpinWait();
        }
        tell("Input.insertText", Map.of("text", text));
    }

    /// Waits until pages that lead on by themselves have led to this address.
    void arrive(String prefix) {
        while (!url().startsWith(prefix)) {
            awaitPage();
        }
    }

    /// Presses a key that leads nowhere.
    void key(String name, int code) {
        tell("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", name, "windowsVirtualKeyCode", code));
        tell("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", name, "windowsVirtualKeyCode", code));
    }

    /// Presses Enter and waits for the page that it leads to.
    void enter() {
        loaded.clear();
        tell(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", "Enter", "windowsVirtualKeyCode", 13, "text", "\r"));
        awaitPage();
    }

    /// Clicks what leads to another page, and waits for that.
    void press(String selector) {
        loaded.clear();
        click(selector);
        awaitPage();
    }

    /// Clicks what leads to a page that goes on to another by itself, and waits for that one.
    void pressOnwards(String selector) {
        press(selector);
        awaitPage();
    }

    /// Back, as the button of the browser does it.
    void back() {
        JsonNode history = tell("Page.getNavigationHistory", Map.of());
        int before = history.get("currentIndex").asInt() - 1;
        loaded.clear();
        tell(
                "Page.navigateToHistoryEntry",
                Map.of("entryId", history.get("entries").get(before).get("id").asInt()));
        awaitPage();
    }

    private void click(String selector) {
        JsonNode at = evaluate("(() => {const it = document.querySelector('" + selector + "');"
                + "it.scrollIntoView({block: 'center'}); const box = it.getBoundingClientRect();"
                + "return [box.x + box.width / 2, box.y + box.height / 2];})()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tell(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get(0).asDouble(),
                            "y",
                            at.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    String url() {
        return evaluate("location.href").asString();
    }

    String text() {
        return evaluate("document.body.innerText").asString();
    }

    boolean has(String selector) {
        return evaluate("document.querySelector('" + selector + "') !== null").asBoolean();
    }

    /// What an expression of the test's own is, in the page.
    JsonNode evaluate(String expression) {
        JsonNode result =
                tell("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /// What the system of the person prefers.
    void prefers(String scheme) {
        tell(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// A PNG of the page.
    byte[] picture(int width, int height) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", false));
        return Base64.getDecoder()
                .decode(tell("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data")
                        .asString());
    }

    /// Gives the browser a device that keeps keys and has verified its person; returns its name.
    String device() {
        tell("WebAuthn.enable", Map.of());
        Map<String, ?> options = Map.of(
                "protocol",
                "ctap2",
                "transport",
                "internal",
                "hasResidentKey",
                true,
                "hasUserVerification",
                true,
                "isUserVerified",
                true,
                "automaticPresenceSimulation",
                true);
        return tell("WebAuthn.addVirtualAuthenticator", Map.of("options", options))
                .get("authenticatorId")
                .asString();
    }

    /// How many keys the device has.
    int keys(String device) {
        return tell("WebAuthn.getCredentials", Map.of("authenticatorId", device))
                .get("credentials")
                .size();
    }

    /// What the browser found wrong with pages, such as what their policy forbids.
    List<String> complaints() {
        return complaints;
    }

    private void awaitPage() {
        try {
            if (loaded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
                throw new AssertionError("no page came; the last one says: " + text());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode tell(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(
                        RunningServer.JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        try {
            JsonNode said = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (said.has("error")) {
                throw new AssertionError(method + ": " + said.get("error"));
            }
            return said.get("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        }
    }

    /// What the browser says, whole messages and parts of them.
    private final class Heard implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                hear(RunningServer.JSON.readTree(part.toString()));
                part.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void hear(JsonNode message) {
            if (message.has("id")) {
                waiting.remove(message.get("id").asInt()).complete(message);
            } else if (message.get("method").asString().equals("Page.loadEventFired")) {
                loaded.add("loaded");
            } else if (message.get("method").asString().equals("Log.entryAdded")) {
                complaints.add(message.at("/params/entry/text").asString());
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        browser.onExit().join();
    }
}
