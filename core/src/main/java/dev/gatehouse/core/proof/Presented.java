package dev.gatehouse.core.proof;

import dev.gatehouse.core.secret.Secret;

/// What a caller showed: unproven, to be trusted by nobody. [Prover] turns it into facts.
public sealed interface Presented {
    /// An API key.
    record Key(Secret text) implements Presented {}

    /// An access token of any format.
    record Token(Secret text) implements Presented {}

    /// A client's public id and its secret.
    record Client(String clientId, Secret secret) implements Presented {}
}
