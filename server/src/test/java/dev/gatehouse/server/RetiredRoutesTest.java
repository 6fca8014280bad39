package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Versions that go: limited, told, counted by who calls, and ended.
class RetiredRoutesTest {
    private static final Instant START = Instant.parse("2026-03-02T20:00:00Z");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(START);
    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "orders", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "scopes": {"use": {"description": "Use it"}},
                 "routes": [{"methods": ["GET"], "path": "/v1/**", "any": ["use"], "rate": {"requests": 3, "seconds": 86400},
                             "deprecated": {"since": "2026-01-01T00:00:00Z", "ends_at": "2026-03-03T08:00:00Z",
                                            "link": "https://docs.example.com/v2"}},
                            {"methods": ["GET"], "path": "/v2/**", "any": ["use"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        customer = Customer.create(server, "acme", Setup.role(server, "user", List.of("use"), "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got call(String path) {
        return server.call("orders", "GET", path, "Authorization", "Bearer " + customer.apiKey());
    }

    private JsonNode uses() {
        Got got = server.admin("GET", "/v1/apis/orders/retired-uses", "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("items");
    }

    /// Rows are written behind calls.
    private long rows() {
        return server.admin("GET", "/v1/audit?verb=api.retired_use&limit=100", "")
                .json()
                .get("items")
                .size();
    }

    private void noted(long rows) {
        for (int i = 0; i < 500 && rows() < rows; i++) {
            Thread.onSpinWait();
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void callersAreToldAndCountedOnceADay() {
        assertThat(uses()).isEmpty();
        Got old = call("/v1/things");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.header("Deprecation")).isEqualTo("@1767225600");
        assertThat(old.header("Sunset")).isEqualTo("Tue, 03 Mar 2026 08:00:00 GMT");
        assertThat(old.header("Link")).isEqualTo("<https://docs.example.com/v2>; rel=\"deprecation\"");
        noted(1);
        call("/v1/other");
        Got now = call("/v2/things");
        assertThat(now.status()).isEqualTo(200);
        assertThat(now.headers().keySet()).doesNotContain("deprecation", "sunset", "link");
        JsonNode use = uses().get(0);
        assertThat(uses()).hasSize(1);
        assertThat(use.get("credential").asString()).isEqualTo(customer.apiKeyId());
        assertThat(use.get("organization").asString()).isEqualTo(customer.organization());
        assertThat(use.get("path").asString()).isEqualTo("/v1/**");
        assertThat(use.get("last_day").asString()).isEqualTo("2026-03-02");
        clock.advance(Duration.ofHours(5));
        call("/v1/things");
        noted(2);
        assertThat(uses()).hasSize(1);
        assertThat(uses().get(0).get("last_day").asString()).isEqualTo("2026-03-03");
    }

    /// Clients turn pages by the upstream's own.
    @Test
    void theLinksOfUpstreamsStay() throws IOException {
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Link", "</v1/things?page=2>; rel=\"next\"");
            exchange.getResponseHeaders().add("Deprecation", "@1");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        upstream.start();
        try {
            Customer.created(server, "/v1/apis", """
                    {"name": "parcels", "issuer": "%s", "listener": "parcels", "upstream": "http://127.0.0.1:%d",
                     "routes": [{"methods": ["GET"], "path": "/v1/**", "open": true,
                                 "deprecated": {"since": "2026-01-01T00:00:00Z", "link": "https://docs.example.com/v2"}}]}
                    """.formatted(
                            server.base("parcels"), upstream.getAddress().getPort()));
            Got got = server.call("parcels", "GET", "/v1/things");
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.headers().get("link"))
                    .containsExactlyInAnyOrder(
                            "</v1/things?page=2>; rel=\"next\"", "<https://docs.example.com/v2>; rel=\"deprecation\"");
            assertThat(got.headers().get("deprecation")).containsExactly("@1767225600");
        } finally {
            upstream.stop(0);
        }
    }

    @Test
    void anOldVersionHasARateOfItsOwn() {
        for (int i = 0; i < 3; i++) {
            assertThat(call("/v1/things").status()).isEqualTo(200);
        }
        assertThat(call("/v1/things").status()).isEqualTo(429);
        assertThat(call("/v2/things").status()).isEqualTo(200);
    }

    @Test
    void afterItsEndNobodyIsServed() {
        clock.advance(Duration.ofHours(12));
        Got got = call("/v1/things");
        assertThat(got.status()).as(got.text()).isEqualTo(410);
        assertThat(got.json().get("code").asString()).isEqualTo("version_ended");
        assertThat(got.header("Sunset")).isEqualTo("Tue, 03 Mar 2026 08:00:00 GMT");
        assertThat(server.call("orders", "GET", "/v1/things").status()).isEqualTo(410);
        assertThat(call("/v2/things").status()).isEqualTo(200);
        assertThat(uses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"since\":\"yesterday\"}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\"}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"link\":\"javascript:alert(1)\"}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"link\":\"https://a.example/>; rel=x\"}"
            })
    void whatIsNoRetirementIsRefused(String deprecated) {
        Got got = server.admin(
                "POST",
                "/v1/apis",
                "{\"name\":\"other\",\"issuer\":\"" + server.base("parcels")
                        + "\",\"listener\":\"parcels\",\"routes\":[{\"methods\":[\"GET\"],\"path\":\"/v1/**\",\"open\":true,"
                        + "\"deprecated\":" + deprecated + "}]}");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
    }
}
