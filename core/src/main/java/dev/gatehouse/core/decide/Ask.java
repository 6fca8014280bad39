package dev.gatehouse.core.decide;

import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.net.InetAddress;
import java.util.Optional;

/// What somebody wants.
public sealed interface Ask {
    /// The address that the request came from.
    InetAddress from();

    /// To make a call that needs something.
    record Call(Need need, InetAddress from) implements Ask {}

    /// To be issued a token.
    ///
    /// @param scopes what was asked for; everything that may be granted when absent
    record Mint(Optional<Scopes> scopes, InetAddress from) implements Ask {}
}
