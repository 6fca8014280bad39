package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// ID tokens and other answers that are signed with PS256 for clients that ask for it.
class PaddedAnswersTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private BackchannelWorld world;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        world = new BackchannelWorld(
                server, ",\"id_token_signed_response_alg\":\"PS256\",\"userinfo_signed_response_alg\":\"PS256\"");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> keys(String alg) {
        List<JsonNode> keys = new ArrayList<>();
        for (JsonNode one : server.call("orders", "GET", "/oauth2/jwks").json().get("keys")) {
            if (one.get("alg").asString().equals(alg)) {
                keys.add(one);
            }
        }
        return keys;
    }

    private void signed(String token) throws GeneralSecurityException {
        Base64.Decoder decoder = Base64.getUrlDecoder();
        JsonNode header = RunningServer.JSON.readTree(decoder.decode(token.split("\\.", -1)[0]));
        assertThat(header.get("alg").asString()).isEqualTo("PS256");
        JsonNode jwk = keys("PS256").stream()
                .filter(one -> one.get("kid").equals(header.get("kid")))
                .findFirst()
                .orElseThrow();
        Signature check = Signature.getInstance("RSASSA-PSS");
        check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        check.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, decoder.decode(jwk.get("n").asString())),
                        new BigInteger(1, decoder.decode(jwk.get("e").asString())))));
        int dot = token.lastIndexOf('.');
        check.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(decoder.decode(token.substring(dot + 1)))).isTrue();
    }

    private JsonNode tokens() {
        JsonNode request = world.begun("");
        world.answered("allow");
        Got got = world.poll(request);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    /// OpenID Connect Registration section 2. A key is drawn once somebody asks for it, and rotates from then on.
    @Test
    void aClientHasItsAnswersSignedAsItAsks() throws GeneralSecurityException {
        assertThat(keys("PS256")).isEmpty();
        JsonNode tokens = tokens();
        String idToken = tokens.get("id_token").asString();
        signed(idToken);
        Got userInfo = server.call(
                "orders",
                "GET",
                "/oauth2/userinfo",
                "Authorization",
                "Bearer " + tokens.get("access_token").asString());
        assertThat(userInfo.status()).as(userInfo.text()).isEqualTo(200);
        signed(userInfo.text());
        assertThat(keys("PS256")).hasSize(1);
        assertThat(server.admin("POST", "/v1/apis/orders/keys/rotate", "").status())
                .isEqualTo(200);
        assertThat(keys("PS256")).hasSize(2);
        signed(tokens().get("id_token").asString());
        assertThat(world.ask("scope=openid&id_token_hint=" + idToken).status()).isEqualTo(200);
    }

    @Test
    void theDocumentSaysSo() {
        JsonNode document = server.call("orders", "GET", "/.well-known/openid-configuration")
                .json();
        for (String name : List.of(
                "id_token_signing_alg_values_supported",
                "userinfo_signing_alg_values_supported",
                "introspection_signing_alg_values_supported",
                "authorization_signing_alg_values_supported")) {
            assertThat(document.get(name).toString()).isEqualTo("[\"RS256\",\"ES256\",\"PS256\"]");
        }
        assertThat(world.changed("{\"id_token_signed_response_alg\":\"EdDSA\"}").status())
                .isEqualTo(400);
        assertThat(world.changed("{\"id_token_signed_response_alg\":\"none\"}").status())
                .isEqualTo(400);
    }
}
