package dev.gatehouse.core.proof;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Secret;
import java.net.InetAddress;
import java.util.Optional;

/// What a caller showed: unproven, to be trusted by nobody. [Prover] turns it into facts.
public sealed interface Presented {
    /// What proves a member by itself.
    sealed interface Own extends Presented permits Key, Client {}

    /// An API key.
    record Key(Secret text) implements Own {}

    /// An access token of any format.
    record Token(Secret text) implements Presented {}

    /// A client's public id and its secret.
    record Client(String clientId, Secret secret) implements Own {}

    /// A domain key.
    record DomainKey(Secret text) implements Presented {}

    /// A user's name and password.
    ///
    /// @param organization the one to act in; the user's home when absent
    /// @param from the address that they came from
    record Login(String username, Secret password, Optional<Id> organization, InetAddress from) implements Presented {}

    /// The string of an open login.
    record Session(Secret text) implements Presented {}

    /// An application that acts for a customer.
    record Acting(Own own, Id customer) implements Presented {}

    /// A client that asks for a token in exchange for one that it has.
    record Exchanging(Client client, Secret token) implements Presented {}

    /// An access token that is to be exchanged for one that acts for a customer.
    record Delegating(Secret token, Id customer) implements Presented {}

    /// What is presented, together with whom the request says that it is for: nothing is ever allowed by that.
    ///
    /// @param clientId the holder's public name, which has to be the credential's own
    /// @param organization the one that the holder acts in, or one below that
    record Selecting(Presented presented, Optional<String> clientId, Optional<Id> organization) implements Presented {}
}
