package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// GAUNTLET O01: a server that is killed right after it acknowledged a write has that write when it starts again.
class DurabilityTest {
    /// The acknowledged write that the server does not survive.
    enum Last {
        CREATE,
        SUSPEND,
        REVOKE,
        CUT,
        RESUME,
        END_TOKENS
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Last.class)
    void whatWasAcknowledgedIsThereAfterKill(Last last) throws IOException {
        try (ServerProcess child = ServerProcess.start(folder, List.of(), "")) {
            RunningServer before = child.server();
            Setup.api(before, "orders", "jwt");
            Setup.api(before, "parcels", "sealed");
            String role = Setup.role(before, "buyer", "orders", "parcels");
            Customer other = Customer.create(before, "other", role);
            Customer customer = Customer.create(before, "one", role);
            String jwt = before.mint("orders", customer, "things:read");
            String sealed = before.mint("parcels", customer, "things:read");
            String otherJwt = before.mint("orders", other, "things:read");
            String otherSealed = before.mint("parcels", other, "things:read");
            String newest =
                    last == Last.END_TOKENS ? ended(before, customer, jwt, sealed) : last(before, customer, last);
            child.kill();

            try (RunningServer after = RunningServer.start(folder, new TestClock(Instant.now()))) {
                assertThat(after.bootstrapKey().reveal()).isEqualTo("none");
                assertThat(call(after, "orders", otherJwt)).isEqualTo(200);
                assertThat(call(after, "parcels", otherSealed)).isEqualTo(200);
                boolean alive = last == Last.CREATE || last == Last.RESUME;
                assertThat(call(after, "orders", jwt)).isEqualTo(alive ? 200 : 401);
                assertThat(call(after, "parcels", sealed)).isEqualTo(alive ? 200 : 401);
                int expected = last == Last.SUSPEND || last == Last.REVOKE ? 401 : 200;
                assertThat(call(after, "orders", newest)).isEqualTo(expected);
                assertThat(after.token("orders", customer, "grant_type=client_credentials")
                                .status())
                        .isEqualTo(expected);
                audited(after, before.bootstrapKey());
            }
        }
    }

    /// Returns the API key that was made last.
    private static String last(RunningServer server, Customer customer, Last last) {
        String application = "/v1/applications/" + customer.application();
        return switch (last) {
            case CREATE ->
                Customer.created(
                                server,
                                application + "/credentials",
                                "{\"kind\":\"api_key\",\"name\":\"newest\",\"scopes\":\"role\"}")
                        .get("secret")
                        .asString();
            case SUSPEND -> done(server, application + "/suspend", customer);
            case REVOKE -> done(server, application + "/revoke", customer);
            case CUT -> done(server, application + "/cut", customer);
            case RESUME -> {
                done(server, application + "/suspend", customer);
                yield done(server, application + "/resume", customer);
            }
            case END_TOKENS -> throw new IllegalArgumentException("takes the tokens");
        };
    }

    private static String ended(RunningServer server, Customer customer, String jwt, String sealed) {
        String basic = RunningServer.basic(customer.clientId(), customer.secret());
        for (var one : Map.of("orders", jwt, "parcels", sealed).entrySet()) {
            var got = server.form(one.getKey(), "/oauth2/revoke", "token=" + one.getValue(), "Authorization", basic);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
        }
        return customer.apiKey();
    }

    private static String done(RunningServer server, String path, Customer customer) {
        var got = server.admin("POST", path, "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return customer.apiKey();
    }

    private static int call(RunningServer server, String api, String bearer) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer)
                .status();
    }

    private static void audited(RunningServer server, Secret key) {
        var rows = server.admin(key, "GET", "/v1/audit?limit=200", "").json().get("items");
        assertThat(rows.size()).isGreaterThan(8);
        rows.forEach(row -> assertThat(row.get("valid").asBoolean()).isTrue());
    }

    /// A lock or half a write of the killed process does not keep the next one from starting.
    @Test
    void aServerThatIsKilledAtItsFirstStartStartsAgain() throws IOException {
        Secret key;
        try (ServerProcess child = ServerProcess.start(folder, List.of(), "")) {
            key = child.server().bootstrapKey();
        }
        assertThat(Files.exists(folder.resolve("data/gatehouse.lock"))).isTrue();
        try (RunningServer after = RunningServer.start(folder, new TestClock(Instant.now()))) {
            assertThat(after.admin(key, "GET", "/v1/whoami", "").status()).isEqualTo(200);
        }
    }
}
