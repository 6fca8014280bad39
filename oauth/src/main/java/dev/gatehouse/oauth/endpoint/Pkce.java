package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/// PKCE (RFC 7636) with S256, which is the only method (RFC 9700 section 2.1.1).
public final class Pkce {
    /// The name of the method.
    public static final String METHOD = "S256";

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /// What no verifier has for a challenge.
    private static final String NONE = "";

    private Pkce() {}

    /// Whether a text can be a challenge (section 4.2).
    public static boolean challenge(String text) {
        return CHALLENGE.matcher(text).matches();
    }

    /// The challenge of a verifier; one that nothing has when it is none (section 4.1, GAUNTLET B06).
    static String of(String verifier) {
        if (!VERIFIER.matcher(verifier).matches()) {
            return NONE;
        }
        try {
            byte[] ascii = verifier.getBytes(StandardCharsets.US_ASCII);
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
