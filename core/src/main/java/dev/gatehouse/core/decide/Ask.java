package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/// What somebody wants. Where something comes from is part of what is asked, not of every ask: see [Introspect].
public sealed interface Ask {
    /// To make a call that needs something.
    ///
    /// @param from the address that the request came from
    /// @param origin the page that it came from
    record Call(Need need, InetAddress from, Optional<Origin> origin) implements Ask {
        /// A call that comes from no page.
        public Call(Need need, InetAddress from) {
            this(need, from, Optional.empty());
        }
    }

    /// To be issued a token.
    ///
    /// @param scopes what was asked for; everything that may be granted when absent
    /// @param from the address that the request came from
    /// @param origin the page that it came from
    record Mint(Optional<Scopes> scopes, InetAddress from, Optional<Origin> origin) implements Ask {
        /// For nobody's page.
        public Mint(Optional<Scopes> scopes, InetAddress from) {
            this(scopes, from, Optional.empty());
        }
    }

    /// To be issued a token in the place of one that still counts, without showing the credential again.
    ///
    /// @param scopes what was asked for; what the token has when absent
    /// @param from the address that the request came from
    /// @param origin the page that it came from
    /// @param kinds of which credentials tokens are renewed where this is asked
    record Renew(Optional<Scopes> scopes, InetAddress from, Optional<Origin> origin, Set<CredentialKind> kinds)
            implements Ask {
        /// Keeps a copy.
        public Renew {
            kinds = Set.copyOf(kinds);
        }
    }

    /// To be known as a client by an endpoint that then goes by who it is, whatever its rights.
    ///
    /// @param from the address that the request came from
    record Authenticate(InetAddress from) implements Ask {}

    /// To be told whether a token counts and for what (RFC 7662): all that a call with it would be judged by, but
    /// the things that belong to the call. What it needs is known to whoever serves it and reads the scopes;
    /// where it came from is not known here at all, because the address that asks is the resource server's and no
    /// page asks. Judging those would call tokens dead whose holder is where it should be. A page's token counts
    /// while the key still names the page that it was issued to.
    record Introspect() implements Ask {}
}
