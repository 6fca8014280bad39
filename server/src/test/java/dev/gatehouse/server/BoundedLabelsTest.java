package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET M05: what callers make up does not grow the metrics.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundedLabelsTest {
    private static final int MADE_UP = 200;

    /// What an attack can come to: `unavailable` too, on a machine that is too busy to read facts in time.
    private static final Set<String> DECISIONS = Stream.of("orders", "gatehouse", "-")
            .flatMap(api -> Stream.of(
                            "allowed",
                            "bad_credential",
                            "bad_scope",
                            "malformed",
                            "method_not_allowed",
                            "misdirected",
                            "no_credential",
                            "not_found",
                            "unavailable")
                    .map(outcome -> "gatehouse_decisions_total{api=\"" + api + "\",outcome=\"" + outcome + "\"}"))
            .collect(Collectors.toUnmodifiableSet());

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

    @Test
    void unknownKeysHostsClientsPathsMethodsAndScopesMakeNoSeries() {
        attack("first");
        Set<String> before = series();
        for (int i = 0; i < MADE_UP; i++) {
            attack("n" + i);
        }
        Set<String> after = series();
        assertThat(after).containsAll(before);
        assertThat(after)
                .contains("gatehouse_decisions_total{api=\"orders\",outcome=\"bad_credential\"}")
                .allMatch(line -> before.contains(line) || DECISIONS.contains(line))
                .filteredOn(line -> line.startsWith("gatehouse_decisions_total"))
                .isSubsetOf(DECISIONS);
    }

    private void attack(String text) {
        server.raw("orders", "GET /things", "Authorization: Bearer ghk_live_" + text);
        server.raw("orders", "GET /things", "X-Api-Key: " + text);
        server.raw("orders", "GET /things", "Authorization: " + text);
        server.raw("orders", "GET /things", "Authorization: Bearer e30.e30." + text);
        server.raw("orders", "GET /" + text);
        server.raw("orders", "GET /open/" + text, "X-" + text + ": x", "Origin: https://" + text);
        server.raw("orders", "X" + text.replaceAll("[^a-z]", "").toUpperCase(java.util.Locale.ROOT) + " /things");
        server.rawText("orders", "GET /things HTTP/1.1\r\nHost: " + text + "\r\n\r\n", false);
        server.token("orders", "grant_type=client_credentials&client_id=" + text + "&client_secret=" + text);
        server.token("orders", "grant_type=" + text + "&client_id=" + text + "&client_secret=" + text);
        server.token("orders", customer, "grant_type=client_credentials&scope=" + text);
        server.raw("admin", "GET /v1/organizations/" + text, "Authorization: Bearer " + text);
    }

    /// Every series of ours: its name with its labels, without its value. Those of the JVM come and go with
    /// garbage collections.
    private Set<String> series() {
        return server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gatehouse_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }
}
