package dev.gatehouse.core.secret;

/// What whoever shows a token has to prove to have (`cnf`, RFC 7800): a key or a certificate, never both.
///
/// @param thumbprint SHA-256 in base64url: of the key as a JWK (RFC 7638), or of the certificate
public record Confirmation(Means means, String thumbprint) {
    /// How that is proven.
    public enum Means {
        /// By a proof that the key signed, with each request (RFC 9449 section 6).
        KEY("jkt"),
        /// By the handshake of the connection that requests come over (RFC 8705 section 3).
        CERTIFICATE("x5t#S256");

        private final String wire;

        Means(String wire) {
            this.wire = wire;
        }

        /// The name in tokens and in answers about them.
        public String wire() {
            return wire;
        }
    }

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// 43 digits have two bits more than 32 bytes: zeros in a thumbprint.
    private static final int LEFT_OVER = 3;

    /// Of a key.
    public static Confirmation key(String thumbprint) {
        return new Confirmation(Means.KEY, thumbprint);
    }

    /// Of a certificate.
    public static Confirmation certificate(String thumbprint) {
        return new Confirmation(Means.CERTIFICATE, thumbprint);
    }

    /// Whether a text can be a thumbprint: 32 bytes in base64url, in their one spelling.
    public static boolean thumbprint(String text) {
        return text.length() == 43
                && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)
                && (DIGITS.indexOf(text.charAt(42)) & LEFT_OVER) == 0;
    }

    /// As it is stored, as long as a thumbprint: that of a certificate has ones in the bits that are left over,
    /// so that it is no thumbprint of a key, to nodes of any release.
    public String text() {
        int last = thumbprint.length() - 1;
        return means == Means.KEY
                ? thumbprint
                : thumbprint.substring(0, last) + DIGITS.charAt(DIGITS.indexOf(thumbprint.charAt(last)) | LEFT_OVER);
    }

    /// What [#text] wrote.
    public static Confirmation of(String text) {
        int last = text.length() - 1;
        int digit = DIGITS.indexOf(text.charAt(last));
        return (digit & LEFT_OVER) == LEFT_OVER
                ? certificate(text.substring(0, last) + DIGITS.charAt(digit - LEFT_OVER))
                : key(text);
    }
}
