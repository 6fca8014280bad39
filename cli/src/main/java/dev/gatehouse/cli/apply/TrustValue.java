package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.secret.TrustedIssuer;

/// The issuer whose keys a credential has, where they are not the application's own.
final class TrustValue {
    static final String ISSUER = "assertion_issuer";
    static final String SUBJECT = "assertion_subject";
    static final Value NAME = Value.text("1 to " + TrustedIssuer.MAX_LENGTH + " characters", TrustedIssuer::name);

    private TrustValue() {}

    /// Whether a credential has what only one of an issuer has, and is none.
    static boolean misplaced(Json.Obj credential) {
        boolean issuer = credential.get(ISSUER).isPresent();
        boolean keys = credential.get("jwks").isPresent()
                || credential.get(JwksValue.URI).isPresent();
        return (issuer && !keys) || (!issuer && credential.get(SUBJECT).isPresent());
    }
}
