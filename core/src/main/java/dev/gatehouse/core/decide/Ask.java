package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What somebody wants. Where something comes from is part of what is asked, not of every ask: see [Introspect].
public sealed interface Ask {
    /// Where the request came from, if that is part of what is asked.
    default Optional<InetAddress> address() {
        return switch (this) {
            case Call call -> Optional.of(call.from());
            case Mint mint -> Optional.of(mint.from());
            case Renew renew -> Optional.of(renew.from());
            case Consent consent -> Optional.of(consent.from());
            case Redeem redeem -> Optional.of(redeem.from());
            case Authenticate authenticate -> Optional.of(authenticate.from());
            case End end -> Optional.of(end.from());
            case Introspect() -> Optional.empty();
        };
    }

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
    /// @param life how long it shall live; the Api has the last word
    /// @param offered what it can be bound to: [Bindings#of]
    /// @param details what was asked for more exactly; when absent what is presented has already
    record Mint(
            Optional<Scopes> scopes,
            InetAddress from,
            Optional<Origin> origin,
            Optional<Duration> life,
            Offered offered,
            Optional<AuthorizationDetails> details)
            implements Ask {
        /// By scopes alone.
        public Mint(
                Optional<Scopes> scopes,
                InetAddress from,
                Optional<Origin> origin,
                Optional<Duration> life,
                Offered offered) {
            this(scopes, from, origin, life, offered, Optional.empty());
        }

        /// Bound to nothing.
        public Mint(Optional<Scopes> scopes, InetAddress from, Optional<Origin> origin, Optional<Duration> life) {
            this(scopes, from, origin, life, Offered.NONE);
        }

        /// For as long as is usual.
        public Mint(Optional<Scopes> scopes, InetAddress from, Optional<Origin> origin) {
            this(scopes, from, origin, Optional.empty());
        }

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

    /// To let an application act for the user whose login is open.
    ///
    /// @param grant names what the user grants by it
    /// @param scopes what the application asked for; it gets those of them that may be granted
    /// @param details what it asked for more exactly; it gets all of them or nothing
    /// @param from the address that the request came from
    record Consent(Id grant, Scopes scopes, AuthorizationDetails details, InetAddress from) implements Ask {
        /// By scopes alone.
        public Consent(Id grant, Scopes scopes, InetAddress from) {
            this(grant, scopes, AuthorizationDetails.NONE, from);
        }
    }

    /// To be issued a token on what a user granted.
    ///
    /// @param scopes what was asked for; everything of the grant that may still be had when absent
    /// @param from the address that the request came from
    /// @param key what it shall be bound to, which was proven
    /// @param details which of those of the grant were asked for; all that may still be had when absent
    /// @param life how long it shall live, where the request says
    record Redeem(
            Optional<Scopes> scopes,
            InetAddress from,
            Optional<Confirmation> key,
            Optional<AuthorizationDetails> details,
            Optional<Duration> life)
            implements Ask {
        /// For as long as usual.
        public Redeem(
                Optional<Scopes> scopes,
                InetAddress from,
                Optional<Confirmation> key,
                Optional<AuthorizationDetails> details) {
            this(scopes, from, key, details, Optional.empty());
        }

        /// All details of the grant.
        public Redeem(Optional<Scopes> scopes, InetAddress from, Optional<Confirmation> key) {
            this(scopes, from, key, Optional.empty());
        }

        /// Bound to no key.
        public Redeem(Optional<Scopes> scopes, InetAddress from) {
            this(scopes, from, Optional.empty());
        }
    }

    /// To be known as a client by an endpoint that then goes by who it is, whatever its rights.
    ///
    /// @param from the address that the request came from
    /// @param begins whether something begins by it, such as a session: what is limited to an address then holds
    /// @param first whether whoever asks goes on to ask for a second factor where one is needed
    record Authenticate(InetAddress from, boolean begins, boolean first) implements Ask {
        /// By all that it needs.
        public Authenticate(InetAddress from, boolean begins) {
            this(from, begins, false);
        }

        /// By the first of what may be asked for; nothing begins before the rest is shown.
        public static Authenticate first(InetAddress from) {
            return new Authenticate(from, false, true);
        }

        /// To end something, or to ask about it.
        public Authenticate(InetAddress from) {
            this(from, false);
        }
    }

    /// To end what is presented, or a token of whoever presents it. What opens a call that needs nothing opens
    /// this, and what callers are limited to does not hold for it.
    ///
    /// @param from the address that the request came from
    /// @param origin the page that it came from
    record End(InetAddress from, Optional<Origin> origin) implements Ask {}

    /// To be told whether a token counts and for what (RFC 7662): all that a call with it would be judged by, but
    /// the things that belong to the call. What it needs is known to whoever serves it and reads the scopes;
    /// where it came from is not known here at all, because the address that asks is the resource server's and no
    /// page asks. Judging those would call tokens dead whose holder is where it should be. A page's token counts
    /// while the key still names the page that it was issued to.
    record Introspect() implements Ask {}
}
