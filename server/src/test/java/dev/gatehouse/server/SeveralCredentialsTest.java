package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET K04: a call with more than one credential is refused, whatever they are worth.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralCredentialsTest {
    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<String> carriers() {
        return List.of(
                "Authorization: Bearer " + customer.apiKey(),
                "Authorization: Bearer " + server.mint("orders", customer, "things:read"),
                "Authorization: Bearer wrong",
                "Authorization: Basic YTpi",
                "X-Api-Key: " + customer.apiKey(),
                "X-Api-Key: wrong",
                "X-Api-Key: ");
    }

    private Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (String one : carriers()) {
            for (String other : carriers()) {
                pairs.add(Arguments.of(one, other));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoAreRefused(String one, String other) {
        var answer = server.raw("orders", "GET /things", one, other);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request").doesNotContain(customer.apiKey());
    }

    @Test
    void oneIsEnoughAndAnOpenRouteForwardsNone() {
        assertThat(server.raw("orders", "GET /things", "X-Api-Key: " + customer.apiKey())
                        .status())
                .isEqualTo(200);
        var open = server.raw("orders", "GET /open/page", "X-Api-Key: " + customer.apiKey());
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.body()).doesNotContain(customer.apiKey());
        for (String alias : List.of("X_Api_Key", "X.Api.Key", "XApiKey", "x-api_key")) {
            var answer = server.raw("orders", "GET /things", alias + ": " + customer.apiKey());
            assertThat(answer.status()).as(alias).isIn(400, 401);
            var both = server.raw(
                    "orders",
                    "GET /things",
                    "Authorization: Bearer " + customer.apiKey(),
                    alias + ": " + customer.apiKey());
            assertThat(both.body()).as(alias).doesNotContain(customer.apiKey());
        }
    }
}
