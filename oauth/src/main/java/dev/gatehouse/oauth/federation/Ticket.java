package dev.gatehouse.oauth.federation;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a browser on its way to a provider has, and nobody else, in a cookie. `state`, `nonce` and the verifier of
/// PKCE are made from it, so that none is stored, and what comes back counts only together with the cookie of the
/// browser that was sent (GAUNTLET J01, J02).
public record Ticket(Secret secret) {
    /// What the provider is to send back with the browser.
    public String state() {
        return made("the state of a trip");
    }

    /// What the ID token is to say.
    public String nonce() {
        return made("the nonce of a trip");
    }

    /// Whether this came back from where the browser was sent with it.
    public boolean sent(String state) {
        return MessageDigest.isEqual(
                state().getBytes(StandardCharsets.US_ASCII), state.getBytes(StandardCharsets.UTF_8));
    }

    /// The verifier of the code (RFC 7636 section 4.1).
    public Secret verifier() {
        return Secret.of(made("the verifier of a trip"));
    }

    /// The challenge that the provider keeps with the code (RFC 7636 section 4.2).
    public String challenge() {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256")
                    .digest(verifier().reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String made(String what) {
        return Base64Url.encode(HmacSha256.under(secret.bytes()).mac(what.getBytes(StandardCharsets.US_ASCII)));
    }
}
