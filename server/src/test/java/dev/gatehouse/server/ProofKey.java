package dev.gatehouse.server;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// A caller's key on P-256, and the proofs that it signs (RFC 9449 section 4.2).
record ProofKey(KeyPair pair) {
    static ProofKey draw() {
        return new ProofKey(SigningClient.draw());
    }

    private static String coordinate(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(big.length, fixed.length);
        System.arraycopy(big, big.length - length, fixed, fixed.length - length, length);
        return SigningClient.text(fixed);
    }

    Map<String, Object> jwk() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("crv", "P-256");
        jwk.put("kty", "EC");
        jwk.put("x", coordinate(point.getAffineX()));
        jwk.put("y", coordinate(point.getAffineY()));
        return jwk;
    }

    /// RFC 7638.
    String thumbprint() {
        return hash(RunningServer.JSON.writeValueAsString(jwk()));
    }

    static String hash(String text) {
        try {
            return SigningClient.text(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        header.put("alg", "ES256");
        header.put("jwk", jwk());
        return header;
    }

    static Map<String, Object> claims(String method, String address, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", address);
        claims.put("iat", now.getEpochSecond());
        return claims;
    }

    /// A good proof for a request for a token.
    String proof(String method, String address, Instant now) {
        return sign(header(), claims(method, address, now));
    }

    /// A good proof for a call with a token.
    String proof(String method, String address, Instant now, String token) {
        return sign(header(), with(claims(method, address, now), "ath", hash(token)));
    }

    static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }

    String sign(Map<String, Object> header, Map<String, Object> claims) {
        String input = part(header) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + SigningClient.text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> members) {
        return SigningClient.text(RunningServer.JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8));
    }

    /// Headers that call with a bound token.
    static String[] shown(String token, String proof, String... more) {
        String[] headers = {"Authorization", "DPoP " + token, "DPoP", proof};
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }
}
