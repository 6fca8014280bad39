package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of secrets as they are kept (GAUNTLET N01, N03): unreadable but for key custody, in their own rows, and
/// there after everything that a node survives.
class RevealKeptTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    private Customer customer(RunningServer server) {
        Setup.api(server, "orders", "sealed");
        Setup.reveal(server, "orders", "[\"api_key\",\"secret\"]");
        return Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    private static Got reveal(RunningServer server, Secret owner, String key) {
        return server.admin(owner, "POST", "/v1/credentials/" + key + "/reveal", "");
    }

    private static void tells(RunningServer server, Secret owner, String key, String secret) {
        Got got = reveal(server, owner, key);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("secret").asString()).isEqualTo(secret);
    }

    @Test
    void whatWasAcknowledgedIsToldAfterKill() throws IOException {
        try (ServerProcess child = ServerProcess.start(folder, List.of(), "")) {
            Customer customer = customer(child.server());
            Secret owner = child.server().bootstrapKey();
            child.kill();
            try (RunningServer after = RunningServer.start(folder, new TestClock(Instant.now()))) {
                tells(after, owner, customer.apiKeyId(), customer.apiKey());
                tells(after, owner, customer.secretId(), customer.secret());
            }
        }
    }

    /// Neither while it runs nor afterwards is a secret in any byte of the data folder, or in what is logged.
    @Test
    void noFileAndNoLogHasASecret() throws IOException {
        Customer customer;
        try (LogTap log = new LogTap()) {
            try (RunningServer server = RunningServer.start(folder, clock)) {
                customer = customer(server);
                tells(server, server.bootstrapKey(), customer.apiKeyId(), customer.apiKey());
                assertThat(server.admin("GET", "/v1/audit?limit=200", "").text())
                        .contains("credential.reveal")
                        .doesNotContain(customer.apiKey());
                sweep(customer.apiKey(), customer.secret());
            }
            assertThat(log.text()).doesNotContain(customer.apiKey(), customer.secret());
        }
        sweep(customer.apiKey(), customer.secret());
    }

    private void sweep(String... secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).anyMatch(file -> file.endsWith("gatehouse.db"));
            for (Path file : all) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    /// Of another credential, of another installation, or cut off: nothing of it is told, and nobody is to blame.
    @Test
    void whatKeyCustodyCannotReadIsUnavailable() throws IOException, SQLException {
        try (RunningServer server = RunningServer.start(folder, clock)) {
            Customer customer = customer(server);
            for (String sealed : List.of(
                    "(SELECT other.sealed FROM secret_copy AS other WHERE other.kind = 'secret')",
                    "substr(sealed, 1, 40)",
                    "zeroblob(90)")) {
                try (Connection sql =
                                DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                        Statement change = sql.createStatement()) {
                    assertThat(change.executeUpdate(
                                    "UPDATE secret_copy SET sealed = " + sealed + " WHERE kind = 'api_key'"))
                            .isEqualTo(1);
                }
                Got got = reveal(server, server.bootstrapKey(), customer.apiKeyId());
                assertThat(got.status()).as(got.text()).isEqualTo(503);
                assertThat(got.header("Retry-After")).isEqualTo("10");
                assertThat(got.json().get("code").asString()).isEqualTo("unavailable");
            }
            tells(server, server.bootstrapKey(), customer.secretId(), customer.secret());
            assertThat(server.call("orders", "GET", "/things", "X-Api-Key", customer.apiKey())
                            .status())
                    .as("what proves it is its digest")
                    .isEqualTo(200);
        }
    }

    @Test
    void theOldKeyFileIsNeededUntilCopiesAreUnderTheNewOne() throws IOException {
        Customer customer;
        Secret owner;
        try (RunningServer server = RunningServer.start(folder, clock)) {
            customer = customer(server);
            owner = server.bootstrapKey();
        }
        Environment env = new Environment(clock, System::nanoTime, new SecureRandom());
        NodeConfig config = RunningServer.config(folder);
        Rewrapping.prepare(config, env);
        assertThatThrownBy(() -> Rewrapping.dropOld(config, env)).isInstanceOf(CannotStart.class);
        assertThat(Rewrapping.run(config, env)).isGreaterThanOrEqualTo(2);
        Rewrapping.dropOld(config, env);
        try (RunningServer server = RunningServer.start(folder, clock)) {
            tells(server, owner, customer.apiKeyId(), customer.apiKey());
            tells(server, owner, customer.secretId(), customer.secret());
        }
    }
}
