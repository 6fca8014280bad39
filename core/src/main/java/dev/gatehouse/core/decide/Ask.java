package dev.gatehouse.core.decide;

import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.net.InetAddress;
import java.util.Optional;

/// What somebody wants. Where something comes from is part of what is asked, not of every ask: see [Introspect].
public sealed interface Ask {
    /// To make a call that needs something.
    ///
    /// @param from the address that the request came from
    record Call(Need need, InetAddress from) implements Ask {}

    /// To be issued a token.
    ///
    /// @param scopes what was asked for; everything that may be granted when absent
    /// @param from the address that the request came from
    record Mint(Optional<Scopes> scopes, InetAddress from) implements Ask {}

    /// To be known as a client by an endpoint that then goes by who it is, whatever its rights.
    ///
    /// @param from the address that the request came from
    record Authenticate(InetAddress from) implements Ask {}

    /// To be told whether a token counts and for what (RFC 7662): all that a call with it would be judged by,
    /// but the two things that belong to the call. What it needs is known to whoever serves it and reads the
    /// scopes; where it came from is not known here at all, because the address that asks is the resource
    /// server's. Judging that address would call tokens dead whose holder is where it should be.
    record Introspect() implements Ask {}
}
