package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.secret.Confirmation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a user granted an application in one sign-in: known by a code at first, by refresh tokens later where the
/// application may have them. Whatever is issued on it names it and ends with it.
///
/// @param claims what it says as the token that all others come from: its id, the scopes, the lineage, and when
///     the last token on it may be issued
/// @param user who granted it
/// @param session the login in which that happened
/// @param authenticated when the user had proven itself (`auth_time`)
/// @param methods how (RFC 8176)
/// @param binding what whoever redeems the code must show
/// @param nonce goes into the ID token (OpenID Connect Core section 3.1.2.1)
/// @param known the login as the client was told of it (`sid`): the first, whichever it goes on with
/// @param asked what the client asked to be told of the user besides (OpenID Connect Core section 5.5), as the one
///     that reads it wrote it
public record Grant(
        Claims claims,
        Id user,
        Id session,
        Instant authenticated,
        List<String> methods,
        Binding binding,
        Optional<String> nonce,
        Id known,
        Optional<String> asked) {
    /// The longest of what a client asks to be told.
    public static final int MAX_ASKED = 4096;

    /// What a code is bound to besides its client.
    ///
    /// @param redirect the `redirect_uri` that was sent, if one was
    /// @param challenge of PKCE with S256 (RFC 7636)
    /// @param key what the client has to prove to have (RFC 9449 section 10); once the code is redeemed, what the
    ///     refresh tokens of a public client are bound to (section 5, RFC 8705 section 4)
    public record Binding(Optional<String> redirect, Optional<String> challenge, Optional<Confirmation> key) {
        /// Bound to no key.
        public Binding(Optional<String> redirect, Optional<String> challenge) {
            this(redirect, challenge, Optional.empty());
        }

        /// Whether what the token request shows is this. A `redirect_uri` that is sent must be the same; one
        /// that is left out is made up for by PKCE (RFC 6749 section 4.1.3, OAuth 2.1 section 4.1.3). With a
        /// challenge there must be its verifier, without one there must be none (RFC 9700 section 4.8.2,
        /// GAUNTLET B05, B06). A key that it is bound to has to be the one that is proven (GAUNTLET F06).
        public boolean shown(Binding other) {
            boolean there = other.redirect.isPresent()
                    ? other.redirect.equals(redirect)
                    : redirect.isEmpty() || challenge.isPresent();
            return there && challenge.equals(other.challenge) && proven(other.key);
        }

        /// Whether the key that it is bound to, if it is, is this one.
        public boolean proven(Optional<Confirmation> shown) {
            return key.isEmpty() || key.equals(shown);
        }
    }

    /// Keeps a copy. How the user had signed in says how sure it is of the user, and nothing else does.
    public Grant {
        methods = List.copyOf(methods);
        claims = claims.sure(Methods.several(methods));
    }

    /// One of a login that its client knows by its id.
    public Grant(
            Claims claims,
            Id user,
            Id session,
            Instant authenticated,
            List<String> methods,
            Binding binding,
            Optional<String> nonce) {
        this(claims, user, session, authenticated, methods, binding, nonce, session, Optional.empty());
    }

    /// The same, of a client that asked to be told this.
    public Grant asking(Optional<String> what) {
        return new Grant(claims, user, session, authenticated, methods, binding, nonce, known, what);
    }

    /// The same, which ends with another login. Its client goes on knowing the one that it was told of.
    public Grant of(Id login) {
        return new Grant(claims, user, login, authenticated, methods, binding, nonce, known, asked);
    }

    /// The same, whose refresh tokens are bound to a key, or to none.
    public Grant boundTo(Optional<Confirmation> key) {
        Binding bound = new Binding(binding.redirect(), binding.challenge(), key);
        return new Grant(claims, user, session, authenticated, methods, bound, nonce, known, asked);
    }

    /// The same, on which nothing counts after that.
    public Grant ending(Instant end) {
        return new Grant(until(end), user, session, authenticated, methods, binding, nonce, known, asked);
    }

    /// The same as a token that lives as long as the last one that was issued on it.
    public Claims until(Instant last) {
        return new Claims(
                        claims.id(),
                        claims.api(),
                        claims.subject(),
                        claims.clientId(),
                        claims.lineage(),
                        claims.scopes(),
                        claims.issuedAt(),
                        last)
                .detailed(claims.details());
    }

    /// Whether it outlives the login that it came of: what is for the time when the user is away (OpenID Connect
    /// Core section 11), and what has nothing to do with logins.
    public boolean offline() {
        return claims.scopes().contains(Identity.OFFLINE_ACCESS)
                || !claims.scopes().contains(Identity.OPENID);
    }

    /// A moment, or the grant's own end where that comes before it (GAUNTLET D09).
    public Instant within(Instant until) {
        return until.isBefore(claims.expiresAt()) ? until : claims.expiresAt();
    }

    /// What it is called.
    public Id id() {
        return claims.id();
    }

    /// Whom it was granted to.
    public Id application() {
        return claims.lineage().granted().orElseThrow().application();
    }
}
