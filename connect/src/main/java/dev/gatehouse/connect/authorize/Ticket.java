package dev.gatehouse.connect.authorize;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// What a browser has of its connect session, and nobody else: the name of the session and a secret, in a cookie.
/// `state` and the verifier of PKCE are made from the secret, so that neither is stored, and what comes back
/// counts only together with the cookie of the browser that was sent (GAUNTLET J01, J02).
public record Ticket(Id session, Secret secret) {
    private static final char MARK = '-';

    /// Reads what a browser shows; whether it is good is the store's to say.
    public static Optional<Ticket> read(String text) {
        int mark = Math.max(text.indexOf(MARK), 0);
        return Id.parse(Kind.CONNECT_SESSION, text.substring(0, mark))
                .map(id -> new Ticket(id, Secret.of(text.substring(mark + 1))));
    }

    /// What the browser keeps.
    public Secret text() {
        return Secret.of(session.text() + MARK + secret.reveal());
    }

    /// What the platform is to send back with the browser.
    public String state() {
        return made("the state of a connect session");
    }

    /// Whether this came back from where the browser was sent with it.
    public boolean sent(String state) {
        return MessageDigest.isEqual(
                state().getBytes(StandardCharsets.US_ASCII), state.getBytes(StandardCharsets.UTF_8));
    }

    /// The verifier of the code (RFC 7636 section 4.1).
    public Secret verifier() {
        return Secret.of(made("the verifier of a connect session"));
    }

    /// The challenge that the platform keeps with the code (RFC 7636 section 4.2).
    String challenge() {
        try {
            return encoded(MessageDigest.getInstance("SHA-256")
                    .digest(verifier().reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String made(String what) {
        return encoded(HmacSha256.under(secret.bytes()).mac(what.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
