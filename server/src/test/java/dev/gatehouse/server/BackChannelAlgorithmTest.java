package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Logout tokens of a client that chose an algorithm for its ID tokens (OpenID Connect Back-Channel Logout 1.0
/// section 2.4): it is that of both.
class BackChannelAlgorithmTest {
    @TempDir
    Path folder;

    private final Base64.Decoder decoder = Base64.getUrlDecoder();
    private LogoutListener listener;
    private RunningServer server;
    private Person alice;
    private Landing client;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        listener = new LogoutListener();
        server = RunningServer.with(folder, new TestClock(), "egress:\n  allow: [\"" + listener.origin() + "\"]\n");
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        reader = new Reader(server, "orders");
        changed("{\"id_token_signed_response_alg\":\"ES256\",\"backchannel_logout_uri\":\"" + listener.origin()
                + "/back\",\"backchannel_logout_session_required\":true}");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        listener.close();
    }

    private void changed(String body) {
        Got got = server.admin("PATCH", "/v1/applications/" + client.application(), body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private String signIn() {
        reader.open(client.request("openid", ""));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        Got got = client.redeem(client.answer(reader.onwards()).get("code"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("id_token").asString();
    }

    private void signOut() {
        reader.open("/oauth2/sign-out");
        reader.send("/oauth2/sign-out", "decision", "sign-out");
    }

    private JsonNode part(String token, int part) {
        return RunningServer.JSON.readTree(decoder.decode(token.split("\\.", -1)[part]));
    }

    private BigInteger number(JsonNode jwk, String name) {
        return new BigInteger(1, decoder.decode(jwk.get(name).asString()));
    }

    /// The published key that a token names.
    private PublicKey published(String token) throws GeneralSecurityException {
        JsonNode jwk = server.call("orders", "GET", "/oauth2/jwks")
                .json()
                .get("keys")
                .valueStream()
                .filter(one -> one.get("kid").equals(part(token, 0).get("kid")))
                .findFirst()
                .orElseThrow();
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(jwk, "x"), number(jwk, "y")),
                        curve.getParameterSpec(ECParameterSpec.class)));
    }

    private boolean signed(String token) throws GeneralSecurityException {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(published(token));
        int dot = token.lastIndexOf('.');
        check.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return check.verify(decoder.decode(token.substring(dot + 1)));
    }

    @Test
    void aLogoutTokenIsSignedAsIdTokensOfItsClientAre() throws GeneralSecurityException {
        String idToken = signIn();
        assertThat(part(idToken, 0).get("alg").asString()).isEqualTo("ES256");
        signOut();
        String token = listener.next().token();
        assertThat(part(token, 0).get("alg").asString()).isEqualTo("ES256");
        assertThat(part(token, 0).get("typ").asString()).isEqualTo("logout+jwt");
        assertThat(signed(token)).isTrue();
        assertThat(part(token, 1).get("sid")).isEqualTo(part(idToken, 1).get("sid"));
        assertThat(part(token, 1).has("nonce")).isFalse();
    }

    /// What was chosen when it is told counts, as everything that the client is told by.
    @Test
    void aClientThatChoosesAnotherIsToldByThat() {
        signIn();
        changed("{\"id_token_signed_response_alg\":null}");
        signOut();
        assertThat(part(listener.next().token(), 0).get("alg").asString()).isEqualTo("RS256");
    }
}
