package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// An application whose tokens are bound to a key, at two Apis.
final class BoundWorld implements AutoCloseable {
    static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    final ProofKey key = ProofKey.draw();
    final RunningServer server;
    final Customer customer;

    BoundWorld(Path folder) throws IOException {
        server = RunningServer.start(
                folder, clock, "name: nginx, serves: verify, proxy: nginx, trusted-proxies: [127.0.0.1]");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    String at(String api, String path) {
        return server.base(api) + path;
    }

    /// Asks for a token with this proof.
    Got ask(String api, String proof) {
        return server.token(
                api,
                GRANT,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                proof);
    }

    /// One that is bound to the key.
    String token(String api) {
        Got got = ask(api, key.proof("POST", at(api, "/oauth2/token"), clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("token_type").asString()).isEqualTo("DPoP");
        return got.json().get("access_token").asString();
    }

    Got call(String api, String token, String proof) {
        return server.call(api, "GET", "/things", ProofKey.shown(token, proof));
    }

    /// For a call with this token.
    String proof(String api, String token) {
        return key.proof("GET", at(api, "/things"), clock.instant(), token);
    }

    static void refused(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate"))
                .startsWith("DPoP error=\"" + error + "\"")
                .contains("algs=\"ES256 ");
    }

    @Override
    public void close() {
        server.close();
    }
}
