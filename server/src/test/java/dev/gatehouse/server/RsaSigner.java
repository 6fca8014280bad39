package dev.gatehouse.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// An RSA key of a client, which signs by RS256 and by PS256 alike.
record RsaSigner(KeyPair pair) {
    /// One for all: drawing it takes long.
    static final RsaSigner ONE = draw();

    private static RsaSigner draw() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new RsaSigner(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A set of this key alone, which says nothing of algorithms.
    String jwks(String keyId) {
        byte[] modulus = ((RSAPublicKey) pair.getPublic()).getModulus().toByteArray();
        byte[] plain = modulus[0] == 0 ? Arrays.copyOfRange(modulus, 1, modulus.length) : modulus;
        return "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"kid\":\"" + keyId + "\",\"n\":\""
                + SigningClient.text(plain) + "\"}]}";
    }

    String sign(String algorithm, String keyId, Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", keyId);
        String input = part(header) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance(algorithm.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
            if (algorithm.equals("PS256")) {
                AlgorithmParameterSpec pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
                signature.setParameter(pss);
            }
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
}
