package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.Optional;

/// How the parameters of a request came.
///
/// @param begun when they were first heard of
/// @param pushed what they are kept under, where the client pushed them
/// @param signed whether the client signed them
record Origin(Instant begun, Optional<Digest> pushed, boolean signed) {
    /// The same of parameters that the client signed.
    Origin bySignature() {
        return new Origin(begun, pushed, true);
    }
}
