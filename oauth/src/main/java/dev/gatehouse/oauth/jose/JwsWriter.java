package dev.gatehouse.oauth.jose;

import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.json.JsonText;
import java.nio.charset.StandardCharsets;

/// Writes compact JWS (RFC 7515 section 7.1) of one type under one key; the header is encoded once.
public final class JwsWriter {
    private final SigningAlgorithm algorithm;
    private final String keyId;
    private final String header;
    private final Signer signer;

    /// A writer of JWS whose `typ` is `type`.
    public JwsWriter(String type, SigningAlgorithm algorithm, String keyId, Signer signer) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        StringBuilder json = new StringBuilder("{");
        JsonText.member(json, "alg", algorithm.wire());
        json.append(',');
        JsonText.member(json, "typ", type);
        json.append(',');
        JsonText.member(json, "kid", keyId);
        json.append('}');
        this.header = Base64Url.encode(json.toString().getBytes(StandardCharsets.UTF_8)) + '.';
        this.signer = signer;
    }

    /// One of another type under the same key.
    public JwsWriter typed(String type) {
        return new JwsWriter(type, algorithm, keyId, signer);
    }

    /// Signs a payload.
    public String write(byte[] payload) {
        String input = header + Base64Url.encode(payload);
        return input + '.' + Base64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }
}
