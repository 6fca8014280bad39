package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.Optional;

/// How the parameters of a request came.
///
/// @param begun when they were first heard of
/// @param pushed what they are kept under, where the client pushed them
/// @param signed whether the client signed them
/// @param waited whether they waited for a person in a browser, out of which they can come more than once
record Origin(Instant begun, Optional<Digest> pushed, boolean signed, boolean waited) {
    /// Of parameters that come for the first time.
    Origin(Instant begun, Optional<Digest> pushed, boolean signed) {
        this(begun, pushed, signed, false);
    }

    /// The same of parameters that the client signed.
    Origin bySignature() {
        return new Origin(begun, pushed, true, waited);
    }
}
