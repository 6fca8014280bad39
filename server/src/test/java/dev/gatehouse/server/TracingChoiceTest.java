package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.Collector.Seen;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who decides what is traced, what never gets to a collector, and what a collector that fails costs.
class TracingChoiceTest {
    private static final String TRACE = "00000000000000000000000000000001";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-";

    @TempDir
    Path folder;

    @Test
    void noCallerForcesATraceBeyondTheRatio() throws IOException {
        try (Collector collector = Collector.start()) {
            try (RunningServer server = RunningServer.traced(folder, new TestClock(), collector.yaml("0", ""))) {
                Setup.api(server, "orders", "jwt");
                Got got = server.call("orders", "GET", "/open/x", "traceparent", PARENT + "01");
                assertThat(got.text()).contains("00-" + TRACE + "-").doesNotContain(PARENT);
                assertThat(sampled(got)).isFalse();
            }
            assertThat(collector.bytes()).isEmpty();
        }
    }

    @Test
    void callersDecideWhereTheConfigurationSaysSo() throws IOException {
        try (Collector collector = Collector.start();
                RunningServer server =
                        RunningServer.traced(folder, new TestClock(), collector.yaml("0", ", follow-callers: true"))) {
            Setup.api(server, "orders", "jwt");
            assertThat(sampled(server.call("orders", "GET", "/open/x", "traceparent", PARENT + "00")))
                    .isFalse();
            assertThat(sampled(server.call("orders", "GET", "/open/x"))).isFalse();
            Got got = server.call("orders", "GET", "/open/x", "traceparent", PARENT + "01");
            assertThat(sampled(got)).isTrue();
            Seen first = collector.first(_ -> true);
            assertThat(first.trace()).isEqualTo(TRACE);
        }
    }

    @Test
    void whereNothingIsTracedTheCallersTraceGoesThroughAsItIs() throws IOException {
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            Setup.api(server, "orders", "jwt");
            Got got = server.call("orders", "GET", "/open/x", "traceparent", PARENT + "01", "tracestate", "a=1");
            assertThat(got.text()).contains(PARENT + "01", "a=1");
            assertThat(server.ops("/metrics").text()).doesNotContain("gatehouse_spans");
        }
    }

    /// O-LEAK: whatever a caller sends, and wherever, is in no span.
    @Test
    void noWordOfACallerIsInASpan() throws IOException {
        List<String> canaries = new ArrayList<>();
        try (Collector collector = Collector.start()) {
            try (RunningServer server = RunningServer.traced(folder, new TestClock(), collector.yaml("1", ""))) {
                Setup.api(server, "orders", "jwt");
                Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
                String token = server.mint("orders", customer, "things:read");
                canaries.addAll(List.of(
                        token,
                        token.substring(token.length() - 40),
                        customer.apiKey(),
                        customer.apiKey().substring(20),
                        customer.secret(),
                        customer.secret().substring(20),
                        server.bootstrapKey().reveal(),
                        "canary"));
                abuse(server, customer, token);
                for (String secret : List.of(token, customer.apiKey(), customer.secret())) {
                    abuse(server, customer, secret);
                }
                abuse(server, customer, "canary");
            }
            for (String told : List.of("/things/{id}", "/oauth2/token", "allowed")) {
                assertThat(collector.bytes().contains(told)).as(told).isTrue();
            }
            for (String canary : canaries) {
                assertThat(collector.bytes().contains(canary)).as(canary).isFalse();
            }
        }
    }

    private static void abuse(RunningServer server, Customer customer, String secret) {
        server.call("orders", "GET", "/things/" + secret + "?access_token=" + secret, "Authorization", "Bearer x");
        server.call("orders", "GET", "/" + secret, "Cookie", secret, "baggage", "a=" + secret);
        server.call("orders", "GET", "/things/1?a=" + secret, "Authorization", "Bearer " + customer.apiKey());
        server.call("orders", "GET", "/open/" + secret, "User-Agent", secret, "X-Api-Key", secret);
        server.call("orders", "GET", "/open/x", "traceparent", PARENT + "01", "tracestate", "canary=" + tail(secret));
        server.call("orders", "GET", "/open/x", "traceparent", secret, "tracestate", "canary=" + tail(secret));
        server.token("orders", "grant_type=" + secret + "&client_id=" + secret + "&client_secret=" + secret);
        server.admin("GET", "/v1/credentials/" + secret + "?" + secret + "=" + secret, "");
        server.rawText("orders", "GET /open/x HTTP/1.1\r\nHost: canary.example.com\r\n\r\n", false);
    }

    private static String tail(String secret) {
        return secret.substring(Math.max(0, secret.length() - 40));
    }

    @Test
    void aCollectorThatHangsSlowsNobodyAndWhatIsLostIsCounted() throws IOException {
        try (Collector collector = Collector.hanging()) {
            try (RunningServer server = RunningServer.traced(folder, new TestClock(), collector.yaml("1", ""))) {
                Setup.api(server, "orders", "jwt");
                double lost = 0;
                for (int i = 0; i < 20_000 && lost == 0; i++) {
                    assertThat(server.call("orders", "GET", "/nothing").status())
                            .isEqualTo(404);
                    lost = i % 200 == 0 ? lost(server) : 0;
                }
                assertThat(lost).isPositive();
            }
        }
    }

    private static double lost(RunningServer server) {
        return server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gatehouse_spans_lost_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean sampled(Got got) {
        String parent = got.json()
                .get("headers")
                .valueStream()
                .filter(one -> one.get(0).asString().equalsIgnoreCase("traceparent"))
                .map(one -> one.get(1).asString())
                .findFirst()
                .orElseThrow();
        return (Integer.parseInt(parent.substring(parent.length() - 2), 16) & 1) == 1;
    }
}
