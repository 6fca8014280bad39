package dev.gatehouse.core.proof;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Secret;

/// What a caller showed: unproven, to be trusted by nobody. [Prover] turns it into facts.
public sealed interface Presented {
    /// An API key.
    record Key(Secret text) implements Presented {}

    /// An access token of any format.
    record Token(Secret text) implements Presented {}

    /// A client's public id and its secret.
    record Client(String clientId, Secret secret) implements Presented {}

    /// A client that asks to act for a customer.
    record Acting(Client client, Id customer) implements Presented {}

    /// A client that asks for a token in exchange for one that it has.
    record Exchanging(Client client, Secret token) implements Presented {}
}
