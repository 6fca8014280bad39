package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one node takes away from a type no other counts, once the write was answered (law 3).
class AuthorizationDetailsNodesTest {
    private static final int ROUNDS = 4;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());

    private RunningServer node(String name, Postgres.Database database) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        return RunningServer.with(own, clock, """
                key-file: %s
                database: {url: "%s", user: %s, password: %s}
                """.formatted(
                        folder.resolve("keys.json"), database.url(), database.user(), database.password()));
    }

    @Test
    void aTypeThatIsTakenAwayIsGoneEverywhere() throws IOException {
        Postgres.Database database = Postgres.database();
        try (RunningServer first = node("1", database);
                RunningServer second = node("2", database)) {
            Setup.api(first, "orders", "sealed");
            Payments.at(first, "orders");
            Customer customer = Customer.create(first, "one", Setup.role(first, "buyer", "orders"));
            String token = ExchangeWorld.token(first.token(
                    "orders", customer, "grant_type=client_credentials&scope=things%3Aread" + Payments.asked("Shop")));
            String none = Payments.TYPES.replace("payment_initiation", "other");
            String route = Payments.ROUTE.replace("payment_initiation", "other");
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(Payments.pay(second, "orders", token).status()).isEqualTo(200);
                Payments.at(first, "orders", Payments.TYPES.replace("\"initiate\", ", ""), Payments.ROUTE);
                Got got = Payments.pay(second, "orders", token);
                assertThat(got.status()).as("round %s: %s", i, got.text()).isEqualTo(403);
                Payments.at(first, "orders", none, route);
                assertThat(Payments.pay(second, "orders", token).status()).isEqualTo(403);
                Payments.at(first, "orders");
            }
        }
    }
}
