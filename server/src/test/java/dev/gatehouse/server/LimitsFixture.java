package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server with an Api and a customer. What is allowed in an hour is used up at once, so that no time has to
/// pass for a test; how buckets fill again is shown on a clock of the test's own in core.
abstract class LimitsFixture {
    @TempDir
    Path folder;

    RunningServer server;
    Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock(), listeners());
        Setup.api(server, "orders", "sealed");
        customer = Customer.create(server, "Acme", Setup.role(server, "buyer", "orders"));
    }

    /// Listeners besides the usual ones.
    String[] listeners() {
        return new String[0];
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// A rate that is used up by this many requests at once, and gives the next one after an hour.
    static String times(int burst) {
        return "{\"requests\":1,\"seconds\":3600,\"burst\":" + burst + "}";
    }

    /// Puts limits on the Api: a member such as `"credential":...`.
    void limit(String limits) {
        change(api -> api.set("limits", RunningServer.JSON.readTree("{" + limits + "}")));
    }

    /// Puts a rate on the route of this method and path.
    void limitRoute(String method, String path, String rate) {
        change(api -> {
            for (JsonNode route : api.get("routes")) {
                if (route.get("path").asString().equals(path)
                        && route.get("methods").get(0).asString().equals(method)) {
                    ((ObjectNode) route).set("rate", RunningServer.JSON.readTree(rate));
                }
            }
        });
    }

    /// Changes the Api.
    void change(Consumer<ObjectNode> change) {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        change.accept(api);
        api.remove(List.of("id", "name", "organization"));
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    void limitKey(String credential, String rate) {
        Got got = server.admin("PATCH", "/v1/credentials/" + credential, "{\"rate\":" + rate + "}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    Got call(String method, String path, String credential) {
        return server.call("orders", method, path, "Authorization", "Bearer " + credential);
    }

    Got call(String path) {
        return call("GET", path, customer.apiKey());
    }

    /// So many pass and then one does not.
    void pass(int times, String path) {
        for (int i = 0; i < times; i++) {
            Got got = call(path);
            assertThat(got.status()).as(i + " " + got.text()).isEqualTo(200);
        }
        tooMany(call(path));
    }

    static void tooMany(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(429);
        assertThat(Integer.parseInt(got.header("Retry-After"))).isBetween(3000, 3600);
    }
}
