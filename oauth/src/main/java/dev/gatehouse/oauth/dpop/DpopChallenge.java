package dev.gatehouse.oauth.dpop;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.oauth.jose.ClientKeys;

/// What callers are told who show a token with a proof of a key, or should have (RFC 9449 section 7.1).
public final class DpopChallenge {
    private static final String ALGORITHMS = ", algs=\"" + String.join(" ", ClientKeys.ALGORITHMS) + "\"";

    private DpopChallenge() {}

    /// The value of `WWW-Authenticate` with a word of RFC 6750 or RFC 9449.
    public static String of(String error) {
        return "DPoP error=\"" + error + "\"" + ALGORITHMS;
    }

    /// The same for a refusal. What is bound to a certificate is shown as `Bearer` (RFC 8705 section 3).
    public static String of(Refusal.NotHolder refusal) {
        return refusal.lacking() == Refusal.Lacking.CERTIFICATE
                ? "Bearer error=\"" + word(refusal) + "\""
                : of(word(refusal));
    }

    /// What a refusal is called.
    public static String word(Refusal.NotHolder refusal) {
        return switch (refusal.lacking()) {
            case PROOF -> "invalid_dpop_proof";
            case NONCE -> "use_dpop_nonce";
            case BINDING, CERTIFICATE, EITHER -> "invalid_token";
        };
    }
}
