package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.Collector.Seen;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a collector gets to see of requests, and what upstreams hear of the trace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir
    static Path folder;

    private Collector collector;
    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        collector = Collector.start();
        server = RunningServer.traced(folder, new TestClock(), collector.yaml("1", ", service-name: gate"));
        Setup.api(server, "orders", "jwt");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterAll
    void stop() {
        server.close();
        collector.close();
    }

    @Test
    void aCallHasASpanAndItsUpstreamAnother() {
        Got got = server.call("orders", "GET", "/things/7?q=1", "Authorization", "Bearer " + customer.apiKey());
        assertThat(got.status()).isEqualTo(200);
        Seen request = of(got);
        assertThat(request.name()).isEqualTo("GET /things/{id}");
        assertThat(request.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(request.parent()).isEmpty();
        assertThat(request.error()).isFalse();
        assertThat(request.attributes())
                .isEqualTo(Map.of(
                        "http.request.method", "GET",
                        "http.response.status_code", "200",
                        "http.route", "/things/{id}",
                        "url.scheme", "http",
                        "gatehouse.api", "orders",
                        "gatehouse.listener", "orders",
                        "gatehouse.outcome", "allowed",
                        "gatehouse.request", got.header("X-Request-Id"),
                        "service.name", "gate"));
        Seen call = child(request, "GET");
        assertThat(call.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        String[] upstream = server.upstreamBase().substring("http://".length()).split(":", -1);
        assertThat(call.attributes())
                .isEqualTo(Map.of(
                        "http.request.method", "GET",
                        "http.response.status_code", "200",
                        "server.address", upstream[0],
                        "server.port", upstream[1],
                        "service.name", "gate"));
        assertThat(upstreamGot(got, "traceparent"))
                .hasValueSatisfying(
                        sent -> assertThat(sent).startsWith("00-" + request.trace() + "-" + call.id() + "-"));
    }

    @Test
    void factsThatMustBeReadHaveASpanOfTheirOwn() {
        Customer unknown = Customer.create(server, "cold", Setup.role(server, "cold", "orders"));
        Seen request = of(server.call("orders", "GET", "/things", "Authorization", "Bearer " + unknown.apiKey()));
        assertThat(child(request, "verify").kind()).isEqualTo(SpanKind.SPAN_KIND_INTERNAL);
    }

    @Test
    void aRefusalIsToldByItsReason() {
        Seen request = of(server.call("orders", "GET", "/things"));
        assertThat(request.attributes())
                .containsEntry("gatehouse.outcome", "no_credential")
                .containsEntry("http.response.status_code", "401")
                .doesNotContainKey("error.type");
        assertThat(request.error()).isFalse();
    }

    @Test
    void tokensAndTheAdminApiAreTraced() {
        Got token = server.token("orders", customer, "grant_type=client_credentials");
        Seen minted = of(token);
        assertThat(minted.name()).isEqualTo("POST /oauth2/token");
        assertThat(minted.attributes()).containsEntry("gatehouse.outcome", "allowed");
        Seen admin = of(server.admin("GET", "/v1/applications/" + customer.application(), ""));
        assertThat(admin.name()).isEqualTo("GET /v1/applications/{application}");
        assertThat(admin.attributes()).containsEntry("gatehouse.api", "gatehouse");
        child(admin, "admin");
    }

    @Test
    void aMethodThatIsMadeUpNamesNoSpan() {
        Seen request = of(server.call("orders", "MADEUP", "/open/x"));
        assertThat(request.name()).isEqualTo("_OTHER /open/**");
    }

    @Test
    void anUpstreamThatIsNotThereIsAnError() {
        Customer.created(server, "/v1/apis", """
                {"name": "gone", "issuer": "%s", "listener": "parcels", "upstream": "http://127.0.0.1:9",
                 "routes": [{"methods": ["GET"], "path": "/x", "open": true}]}
                """.formatted(server.base("parcels")));
        Seen span = of(server.call("parcels", "GET", "/x"));
        assertThat(span.error()).isTrue();
        assertThat(span.attributes()).containsEntry("error.type", "503");
        assertThat(child(span, "GET").attributes()).containsEntry("error.type", "cut");
    }

    @Test
    void aRequestJoinsTheTraceOfItsCaller() {
        Got got = server.call(
                "orders", "GET", "/open/x", "traceparent", "00-" + TRACE + "-" + SPAN + "-01", "tracestate", "a=1,b=2");
        Seen request = of(got);
        assertThat(request.trace()).isEqualTo(TRACE);
        assertThat(request.parent()).isEqualTo(SPAN);
        assertThat(upstreamGot(got, "traceparent"))
                .contains("00-" + TRACE + "-" + child(request, "GET").id() + "-01");
        assertThat(upstreamGot(got, "tracestate")).contains("a=1,b=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void whatIsNoTraceparentBeginsATrace(String parent) {
        Got got = server.call("orders", "GET", "/open/x", "traceparent", parent, "tracestate", "a=1");
        Seen request = of(got);
        assertThat(request.parent()).isEmpty();
        assertThat(request.trace()).isNotEqualTo(TRACE);
        assertThat(upstreamGot(got, "traceparent"))
                .hasValueSatisfying(sent -> assertThat(sent).startsWith("00-" + request.trace()));
        assertThat(upstreamGot(got, "tracestate")).isEmpty();
    }

    @Test
    void twoTraceparentsAreNone() {
        String parent = "traceparent: 00-" + TRACE + "-" + SPAN + "-01";
        String id = server.raw("orders", "GET /open/x", parent, parent, "tracestate: a=1")
                .header("X-Request-Id");
        assertThat(of(id).parent()).isEmpty();
    }

    @Test
    void aTracestateThatIsTooLongGoesNowhere() {
        Got got = server.call(
                "orders",
                "GET",
                "/open/x",
                "traceparent",
                "00-" + TRACE + "-" + SPAN + "-01",
                "tracestate",
                "a=" + "x".repeat(511));
        assertThat(of(got).parent()).isEqualTo(SPAN);
        assertThat(upstreamGot(got, "tracestate")).isEmpty();
    }

    private Seen of(Got got) {
        return of(got.header("X-Request-Id"));
    }

    private Seen of(String request) {
        return collector.first(span -> request.equals(span.attributes().get("gatehouse.request")));
    }

    private Seen child(Seen parent, String name) {
        return collector.first(
                span -> span.parent().equals(parent.id()) && span.name().equals(name));
    }

    private static Optional<String> upstreamGot(Got got, String header) {
        List<String> values = got.json()
                .get("headers")
                .valueStream()
                .filter(one -> one.get(0).asString().equalsIgnoreCase(header))
                .map(one -> one.get(1))
                .map(JsonNode::asString)
                .toList();
        assertThat(values).hasSizeLessThan(2);
        return values.stream().findFirst();
    }
}
