package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import java.util.Optional;

/// Whether the key or certificate that a token is bound to was proven with it (RFC 7800 section 3).
final class Possession {
    private Possession() {}

    /// A token that is bound to a key is shown with a proof of that key, any other one with none (RFC 9449
    /// sections 7.1 and 7.2, GAUNTLET F03).
    static Proof held(Proof token, Optional<Confirmation> key) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && !derived.claims().key().equals(key)
                ? new Proof.Refused(new Refusal.NotHolder(lacking(derived)))
                : token;
    }

    /// A token that is bound to a certificate comes over its connections, one that is bound to nothing over any
    /// (RFC 8705 section 3).
    static Proof unlessOf(Proof token, Confirmation certificate) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && derived.claims().key().isPresent()
                ? held(token, Optional.of(certificate))
                : token;
    }

    /// One that is bound to nothing may be exchanged for one that is, never the other way round. What it is
    /// bound to has to be proven, whatever else is.
    static Proof offered(Proof token, Offered beside) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && derived.claims()
                                .key()
                                .filter(bound -> !beside.has(bound))
                                .isPresent()
                ? new Proof.Refused(new Refusal.NotHolder(lacking(derived)))
                : token;
    }

    private static Refusal.Lacking lacking(Facts.Derived derived) {
        return derived.claims()
                .key()
                .filter(bound -> bound.means() == Confirmation.Means.CERTIFICATE)
                .map(_ -> Refusal.Lacking.CERTIFICATE)
                .orElse(Refusal.Lacking.BINDING);
    }
}
