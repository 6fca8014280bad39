package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with an Api for pages, and a customer with a domain key of two origins.
abstract class DomainKeysFixture {
    static final String ORIGIN = "https://example.com";
    static final String ALLOWED = "Access-Control-Allow-Origin";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    RunningServer server;
    Customer customer;
    JsonNode key;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Pages.api(server, "orders", "sealed");
        customer = Customer.create(server, "Acme", Setup.role(server, "readers", "orders"));
        key = Pages.key(server, customer, "orders", ORIGIN, "https://*.example.org");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Got exchange(String... headers) {
        return server.token("orders", Pages.exchange(key.get("secret").asString()), headers);
    }

    String token() {
        Got got = exchange("Origin", ORIGIN);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    Got call(String token, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call("orders", "GET", "/things", all);
    }

    Got renew(String token, String origin) {
        return server.token(
                "orders",
                "grant_type=urn%3Agatehouse%3Agrant-type%3Arenewal&token="
                        + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Origin",
                origin);
    }

    static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.text()).contains("origin_not_allowed");
        assertThat(got.header(ALLOWED)).isEmpty();
    }
}
