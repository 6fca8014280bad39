package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The OpenID provider of the demo, in `demo.json`: a person, and applications that may ask it for a sign-in.
///
/// @param app the sample application in one page
/// @param password of the person
public record Accounts(String issuer, URI app, String username, Secret password, List<Client> clients) {
    /// An application.
    ///
    /// @param secret empty for one that has none
    /// @param privateJwk what one signs with that proves itself so
    /// @param redirect where it is answered
    public record Client(String clientId, Optional<Secret> secret, Optional<Secret> privateJwk, String redirect) {}

    /// Keeps a copy.
    public Accounts {
        clients = List.copyOf(clients);
    }
}
