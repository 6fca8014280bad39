package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls with tokens, and what is said to those that do not open one (OAuth 2.1 section 5, RFC 6750).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerCallsTest {
    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer reader;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        reader = Customer.create(
                server, "reader", Setup.role(server, "reader", List.of("things:read"), "orders", "parcels"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Got call(String api, String method, String authorization) {
        return server.call(api, method, "/things", "Authorization", authorization);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aTokenOpensWhatItsScopesOpen(String api) {
        String token = server.mint(api, reader, "things:read");
        assertThat(call(api, "GET", "Bearer " + token).status()).isEqualTo(200);
        Got got = call(api, "POST", "Bearer " + token);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.header("WWW-Authenticate"))
                .startsWith("Bearer ")
                .contains("error=\"insufficient_scope\"", "scope=\"things:write\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void oneThatIsOverOpensNothing(String api) {
        String token = server.mint(api, reader, "things:read");
        clock.advance(Duration.ofMinutes(16));
        Got got = call(api, "GET", "Bearer " + token);
        assertThat(got.status()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).startsWith("Bearer ").contains("error=\"invalid_token\"");
    }

    /// RFC 6750 section 3.1: whoever shows nothing is told no error.
    @Test
    void whoeverShowsNothingIsAskedForSomething() {
        Got got = server.call("orders", "GET", "/things");
        assertThat(got.status()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).startsWith("Bearer").doesNotContain("error");
    }

    /// OAuth 2.1 section 5.1.1: neither in a query nor in a body.
    @Test
    void aTokenIsInTheHeaderAlone() {
        String token = server.mint("orders", reader, "things:read");
        assertThat(server.call("orders", "GET", "/things?access_token=" + token).status())
                .isBetween(400, 401);
        assertThat(server.form("orders", "/things", "access_token=" + token).status())
                .isEqualTo(401);
    }
}
