package dev.gatehouse.server;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// An application that authenticates by `private_key_jwt`, with a key on P-256, made through the admin API.
record SigningClient(
        String organization, String application, String clientId, String credential, KeyPair pair, String keyId) {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    static SigningClient create(RunningServer server, String name, String role) {
        String organization = Customer.created(server, "/v1/organizations", "{\"name\":\"" + name + "\"}")
                .get("id")
                .asString();
        var made = Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"signer\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\"private_key_jwt\"}");
        String application = made.get("id").asString();
        KeyPair pair = draw();
        String credential = Customer.created(
                        server, "/v1/applications/" + application + "/credentials", body(name, jwks("one", pair)))
                .get("id")
                .asString();
        return new SigningClient(
                organization, application, made.get("client_id").asString(), credential, pair, "one");
    }

    /// What makes a credential of these keys.
    static String body(String name, String jwks) {
        return "{\"kind\":\"public_key\",\"name\":\"" + name + "\",\"scopes\":\"role\",\"jwks\":" + jwks + "}";
    }

    static KeyPair draw() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String jwks(String keyId, KeyPair pair) {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"" + keyId + "\",\"x\":\""
                + coordinate(point.getAffineX()) + "\",\"y\":\"" + coordinate(point.getAffineY()) + "\"}]}";
    }

    private static String coordinate(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(big.length, fixed.length);
        System.arraycopy(big, big.length - length, fixed, fixed.length - length, length);
        return text(fixed);
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The same application with another key.
    SigningClient with(String credential, KeyPair pair, String keyId) {
        return new SigningClient(organization, application, clientId, credential, pair, keyId);
    }

    Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "ES256");
        header.put("kid", keyId);
        return header;
    }

    /// Claims that are in order.
    Map<String, Object> claims(String audience, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 60);
        return claims;
    }

    String assertion(String audience, Instant now) {
        return sign(header(), claims(audience, now));
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        return sign(RunningServer.JSON.writeValueAsString(header), RunningServer.JSON.writeValueAsString(claims));
    }

    String sign(String header, String claims) {
        String input =
                text(header.getBytes(StandardCharsets.UTF_8)) + "." + text(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The parameters of a request that this proves.
    static String form(String assertion, String... more) {
        String form = "client_assertion_type=" + URLEncoder.encode(TYPE, StandardCharsets.UTF_8) + "&client_assertion="
                + assertion;
        return form + String.join("", Arrays.stream(more).map(one -> "&" + one).toList());
    }
}
