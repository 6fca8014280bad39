package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an upstream gets as proof of who is calling, checked as an upstream would with nothing but the JDK.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssertionTest {
    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String assertion(String api, String method, String path) {
        var got = server.call(api, method, path, "Authorization", "Bearer " + customer.apiKey());
        assertThat(got.status()).isEqualTo(200);
        for (JsonNode header : got.json().get("headers")) {
            if (header.get(0).asString().equals("X-Gatehouse-Assertion")) {
                return header.get(1).asString();
            }
        }
        throw new AssertionError("no assertion");
    }

    @Test
    void itSaysWhoCallsWhatForHalfAMinute() throws GeneralSecurityException {
        String text = assertion("orders", "GET", "/things/7");
        assertThat(header(text).get("typ").asString()).isEqualTo("gatehouse-assertion+jwt");
        assertThat(verifies(text, "orders")).isTrue();
        JsonNode claims = part(text, 1);
        assertThat(claims.get("iss").asString()).isEqualTo(server.base("orders"));
        assertThat(claims.get("aud").asString()).isEqualTo(server.upstreamBase());
        assertThat(claims.get("sub").asString()).isEqualTo(customer.clientId());
        assertThat(claims.get("org").asString()).isEqualTo(customer.organization());
        assertThat(claims.get("htm").asString()).isEqualTo("GET");
        assertThat(claims.get("pth").asString()).isEqualTo(hash("/things/7"));
        assertThat(claims.get("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(30);
    }

    @Test
    void anotherMethodOrPathGetsAnotherOne() {
        JsonNode get = part(assertion("orders", "GET", "/things"), 1);
        JsonNode head = part(assertion("orders", "POST", "/things"), 1);
        JsonNode other = part(assertion("orders", "GET", "/things/8"), 1);
        assertThat(head.get("htm").asString()).isEqualTo("POST");
        assertThat(head.get("pth")).isEqualTo(get.get("pth"));
        assertThat(other.get("pth")).isNotEqualTo(get.get("pth"));
    }

    @Test
    void anAlteredOneDoesNotVerifyAndAnAccessTokenIsNone() throws GeneralSecurityException {
        String text = assertion("orders", "GET", "/things");
        String[] parts = text.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String altered = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("things:read", "things:root").getBytes(StandardCharsets.UTF_8));
        assertThat(verifies(parts[0] + "." + altered + "." + parts[2], "orders"))
                .isFalse();
        String token = server.mint("orders", customer, "things:read");
        String tokenKey = header(token).get("kid").asString();
        assertThat(keys("orders").toString()).doesNotContain(tokenKey);
        String jwks = server.call("orders", "GET", "/oauth2/jwks").text();
        assertThat(jwks)
                .contains(tokenKey)
                .doesNotContain(header(text).get("kid").asString());
        assertThat(jwks + keys("orders")).doesNotContain("\"d\":");
    }

    @Test
    void itOpensNothingHere() {
        String text = assertion("orders", "GET", "/things");
        for (String api : new String[] {"orders", "parcels"}) {
            assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + text)
                            .status())
                    .isEqualTo(401);
        }
        var asSecret = server.token(
                "orders",
                "grant_type=client_credentials",
                "Authorization",
                RunningServer.basic(customer.clientId(), text));
        assertThat(asSecret.status()).isEqualTo(401);
        var asAssertion = server.token(
                "orders",
                "grant_type=client_credentials&client_id=" + customer.clientId()
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion=" + text);
        assertThat(asAssertion.status()).isEqualTo(401);
        assertThat(server.admin(dev.gatehouse.core.secret.Secret.of(text), "GET", "/v1/whoami", "")
                        .status())
                .isEqualTo(401);
    }

    private JsonNode keys(String api) {
        return server.call(api, "GET", "/oauth2/assertion-keys").json().get("keys");
    }

    private boolean verifies(String text, String api) throws GeneralSecurityException {
        String[] parts = text.split("\\.", -1);
        String kid = header(text).get("kid").asString();
        assertThat(header(text).get("alg").asString()).isEqualTo("ES256");
        for (JsonNode key : keys(api)) {
            if (key.get("kid").asString().equals(kid)) {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                ECPoint point = new ECPoint(number(key.get("x")), number(key.get("y")));
                Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initVerify(KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
                signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
                return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            }
        }
        throw new AssertionError("no key " + kid);
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.asString()));
    }

    private static JsonNode header(String text) {
        return part(text, 0);
    }

    private static JsonNode part(String text, int at) {
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(text.split("\\.", -1)[at]));
    }

    private static String hash(String path) throws GeneralSecurityException {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8)));
    }
}
