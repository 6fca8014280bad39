package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ProxyProcess.Kind;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.testkit.TestClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Behind the recipes a token that is bound to a key opens calls with its proof, which stays there (RFC 9449).
class ProxyProofTest extends ProxyFixture {
    private final ProofKey key = ProofKey.draw();
    private final Instant now = new TestClock().instant();

    private String token() {
        String proof = key.proof("POST", server.base("orders") + "/oauth2/token", now);
        Got got = server.token(
                "orders",
                "grant_type=client_credentials",
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                proof);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    private Map<String, Object> claims(String token) {
        return ProofKey.with(ProofKey.claims("GET", "http://orders.example/things", now), "ath", ProofKey.hash(token));
    }

    private Answer shown(Kind kind, String token, Map<String, Object> claims) {
        return call(kind, "GET /things", "Authorization: DPoP " + token, "DPoP: " + key.sign(key.header(), claims));
    }

    private void wantNonces(boolean wanted) {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name", "organization"));
        api.put("dpop_nonce", wanted);
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aBoundTokenOpensACallAndItsProofStaysBehind(Kind kind) {
        port(kind);
        String token = token();
        Map<String, Object> claims = claims(token);
        JsonNode seen = passed(shown(kind, token, claims));
        assertThat(values(seen, "xgatehouseclientid")).containsExactly(customer.clientId());
        assertThat(values(seen, "dpop")).isEmpty();
        assertThat(values(seen, "authorization")).isEmpty();
        Answer again = shown(kind, token, claims);
        stopped(again, 401);
        assertThat(again.header("WWW-Authenticate")).startsWith("DPoP error=\"invalid_dpop_proof\"");
        assertThat(again.header("DPoP-Nonce")).isEmpty();
        JsonNode open = passed(call(kind, "GET /open/page", "DPoP: x"));
        assertThat(values(open, "dpop")).isEmpty();
    }

    /// Section 9: the caller learns what its proof has to carry.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void theNonceReachesTheCaller(Kind kind) {
        port(kind);
        String token = token();
        wantNonces(true);
        try {
            Answer refused = shown(kind, token, claims(token));
            stopped(refused, 401);
            assertThat(refused.header("WWW-Authenticate")).startsWith("DPoP error=\"use_dpop_nonce\"");
            String nonce = refused.header("DPoP-Nonce");
            assertThat(nonce).isNotEmpty();
            passed(shown(kind, token, ProofKey.with(claims(token), "nonce", nonce)));
        } finally {
            wantNonces(false);
        }
    }
}
