package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed between the platform's answer and its own commit leaves no half of a connection:
/// whoever was on the way begins again.
class ConnectKillTest {
    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    private void kill() {
        try {
            Files.createFile(folder.resolve("kill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode begun(RunningServer server, Secret key, String organization) {
        return server.admin(
                        key,
                        "POST",
                        "/v1/organizations/" + organization + "/connect-sessions",
                        "{" + ConnectWorld.members("crm", "ann") + "}")
                .json();
    }

    private String back(Reader browser, JsonNode session) {
        browser.open(ConnectWorld.path(session));
        String url = browser.send("/oauth2/connect").header("Refresh").substring("0;url=".length());
        return ConnectWorld.back(
                ConnectWorld.query(URI.create(platform.agree(URI.create(url))).getRawQuery()));
    }

    @Test
    void anAnswerThatDiedWithItsProcessIsNoConnection() throws IOException {
        String block = platform.config(folder);
        Secret key;
        String organization;
        JsonNode session;
        try (ServerProcess child = ServerProcess.start(folder, List.of(), block)) {
            RunningServer server = child.server();
            key = server.bootstrapKey();
            Customer.created(
                    server,
                    "/v1/apis",
                    "{\"name\":\"orders\",\"issuer\":\"%s\",\"listener\":\"orders\",\"return_to\":[\"%s\"]}"
                            .formatted(server.base("orders"), ConnectWorld.RETURN));
            organization = Customer.created(server, "/v1/organizations", "{\"name\":\"Acme\"}")
                    .get("id")
                    .asString();
            session = begun(server, key, organization);
            Reader browser = new Reader(server, "orders");
            String back = back(browser, session);
            platform.after(this::kill);
            assertThat(answer(browser, back)).isEqualTo("no answer");
            child.process().onExit().join();
            assertThat(child.process().exitValue()).isEqualTo(137);
        }
        assertThat(platform.given()).as("the platform gave a token").isEqualTo(1);
        platform.after(() -> {});
        Files.delete(folder.resolve("kill"));
        try (RunningServer after = RunningServer.with(folder, new TestClock(Instant.now()), block)) {
            String there = "/v1/connect-sessions/" + session.get("id").asString();
            assertThat(after.admin(key, "GET", there, "").json().get("state").asString())
                    .isEqualTo("returned");
            String list = "/v1/organizations/" + organization + "/connections";
            assertThat(after.admin(key, "GET", list, "").json().get("items")).isEmpty();
            Reader browser = new Reader(after, "orders");
            assertThat(browser.open(back(browser, begun(after, key, organization)))
                            .header("Location"))
                    .contains("connect_code=");
        }
    }

    private static String answer(Reader browser, String back) {
        try {
            return browser.open(back).text();
        } catch (IllegalStateException e) {
            return "no answer";
        }
    }
}
