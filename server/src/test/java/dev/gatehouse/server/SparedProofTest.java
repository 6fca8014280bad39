package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls with bound tokens that are refused for something else: their proofs are good for another try.
class SparedProofTest extends LimitsFixture {
    private final TestClock clock = new TestClock();
    private final ProofKey key = ProofKey.draw();

    private String token() {
        Got got = server.token(
                "orders",
                "grant_type=client_credentials&scope=things%3Aread",
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                key.proof("POST", server.base("orders") + "/oauth2/token", clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    private String proof(String token) {
        return key.proof("GET", server.base("orders") + "/things", clock.instant(), token);
    }

    private Got shown(String token, String proof) {
        return server.call("orders", "GET", "/things", ProofKey.shown(token, proof));
    }

    @Test
    void whoIsOverALimitKeepsItsProofAndAProofThatWasUsedCostsNothing() {
        String token = token();
        limit("\"credential\":" + times(1));
        assertThat(shown(token, proof(token)).status()).isEqualTo(200);
        String spared = proof(token);
        tooMany(shown(token, spared));
        limit("\"credential\":" + times(3));
        assertThat(shown(token, spared).status()).isEqualTo(200);
        assertThat(shown(token, spared).status()).as("again").isEqualTo(401);
        assertThat(shown(token, proof(token)).status()).isEqualTo(200);
        tooMany(shown(token, proof(token)));
    }

    @Test
    void whatLeadsNowhereKeepsItsProof() {
        String token = token();
        String proof = proof(token);
        JsonNode upstream = server.admin("GET", "/v1/apis/orders", "").json().get("upstream");
        change(api -> api.remove("upstream"));
        assertThat(shown(token, proof).status()).isEqualTo(404);
        change((ObjectNode api) -> api.set("upstream", upstream));
        assertThat(shown(token, proof).status()).isEqualTo(200);
        assertThat(shown(token, proof).status()).isEqualTo(401);
    }
}
