package dev.gatehouse.core.client;

import dev.gatehouse.core.right.Restriction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an application may do as a client of OAuth.
///
/// @param method the one way in which it authenticates
/// @param grants the grants that it may use
/// @param redirects where browsers may be sent back to with a code
/// @param afterLogout where they may be sent after signing out (OpenID Connect RP-Initiated Logout 1.0)
/// @param pkceRequired whether it must bind its codes by PKCE; never optional for a public client (RFC 9700
///     section 2.1.1)
/// @param rules what it keeps to besides
/// @param messages how what it sends and gets is signed
/// @param logout where it is told that a person has signed out
/// @param openId what it says besides as a client of OpenID Connect
/// @param details the types of authorization details that it may ask for (RFC 9396 section 10)
public record ClientTerms(
        ClientMethod method,
        Set<GrantType> grants,
        List<RedirectUri> redirects,
        List<RedirectUri> afterLogout,
        boolean pkceRequired,
        Set<ClientRule> rules,
        ClientMessages messages,
        LogoutTerms logout,
        OpenIdTerms openId,
        Restriction<String> details) {
    /// The most redirect URIs of one application, and the most after logout.
    public static final int MAX_URIS = 32;

    /// A program with a secret that acts for itself, and for customers where its role says so.
    public static final ClientTerms MACHINE = new ClientTerms(
            ClientMethod.SECRET,
            EnumSet.of(GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE),
            List.of(),
            List.of(),
            true);

    /// Keeps copies.
    ///
    /// @throws IllegalArgumentException for terms that contradict each other; callers check what strangers send
    ///     before, see [#mistake]
    public ClientTerms {
        refuse(mistake(method, grants, redirects, afterLogout, pkceRequired));
        refuse(logout.mistake(redirects));
        refuse(openId.mistake(grants, redirects));
        refuse(ResponseType.mistake(openId.implicit(), grants, redirects));
        refuse(openId.backchannel().mistake(grants));
        grants = Set.copyOf(grants);
        redirects = List.copyOf(redirects);
        afterLogout = List.copyOf(afterLogout);
        rules = Set.copyOf(rules);
    }

    /// Why these are no terms that go together, or none of the profile that they name; whoever writes terms
    /// down looks.
    public Optional<String> unfit() {
        return ClientRules.contradiction(rules).or(() -> messages.profile().flatMap(profile -> profile.mistake(this)));
    }

    private static void refuse(Optional<String> mistake) {
        mistake.ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /// One that may ask for details of any type.
    public ClientTerms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired,
            Set<ClientRule> rules,
            ClientMessages messages,
            LogoutTerms logout,
            OpenIdTerms openId) {
        this(
                method,
                grants,
                redirects,
                afterLogout,
                pkceRequired,
                rules,
                messages,
                logout,
                openId,
                Restriction.unrestricted());
    }

    /// One that says nothing besides.
    public ClientTerms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired,
            Set<ClientRule> rules,
            ClientMessages messages,
            LogoutTerms logout) {
        this(method, grants, redirects, afterLogout, pkceRequired, rules, messages, logout, OpenIdTerms.NONE);
    }

    /// One that is told nothing of logout.
    public ClientTerms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired,
            Set<ClientRule> rules,
            ClientMessages messages) {
        this(method, grants, redirects, afterLogout, pkceRequired, rules, messages, LogoutTerms.NONE);
    }

    /// One that chose nothing about signatures.
    public ClientTerms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired,
            Set<ClientRule> rules) {
        this(method, grants, redirects, afterLogout, pkceRequired, rules, ClientMessages.USUAL);
    }

    /// One that keeps to nothing besides.
    public ClientTerms(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired) {
        this(method, grants, redirects, afterLogout, pkceRequired, Set.of());
    }

    /// The same, told of logout there.
    ///
    /// @throws IllegalArgumentException for terms that contradict each other
    public ClientTerms telling(LogoutTerms other) {
        return new ClientTerms(
                method, grants, redirects, afterLogout, pkceRequired, rules, messages, other, openId, details);
    }

    /// The same, saying this besides.
    ///
    /// @throws IllegalArgumentException for terms that contradict each other
    public ClientTerms saying(OpenIdTerms other) {
        return new ClientTerms(
                method, grants, redirects, afterLogout, pkceRequired, rules, messages, logout, other, details);
    }

    /// The same, which may ask for details of these types.
    public ClientTerms detailing(Restriction<String> types) {
        return new ClientTerms(
                method, grants, redirects, afterLogout, pkceRequired, rules, messages, logout, openId, types);
    }

    /// With whom it shares what it calls users; empty where it knows them as everybody does (OpenID Connect Core
    /// section 8).
    public Optional<Sector> sector() {
        return openId.pairwise() ? Optional.of(Sector.of(openId, grants, redirects)) : Optional.empty();
    }

    /// Why these are no terms.
    public static Optional<String> mistake(
            ClientMethod method,
            Set<GrantType> grants,
            List<RedirectUri> redirects,
            List<RedirectUri> afterLogout,
            boolean pkceRequired) {
        boolean open = method == ClientMethod.NONE;
        boolean code = grants.contains(GrantType.AUTHORIZATION_CODE);
        boolean browser = code || grants.contains(GrantType.IMPLICIT);
        if (open && (grants.contains(GrantType.CLIENT_CREDENTIALS) || grants.contains(GrantType.TOKEN_EXCHANGE))) {
            return Optional.of("a public client proves nothing and has no token of its own");
        }
        if (open && grants.contains(GrantType.CIBA)) {
            return Optional.of("a public client proves nothing and sends no requests to people");
        }
        if (open && !pkceRequired) {
            return Optional.of("a public client always uses PKCE");
        }
        boolean waits = grants.contains(GrantType.DEVICE_CODE) || grants.contains(GrantType.CIBA);
        if (grants.contains(GrantType.REFRESH_TOKEN) && !code && !waits) {
            return Optional.of("refresh_token is for clients of authorization_code, or of device codes");
        }
        if (browser == redirects.isEmpty()) {
            return Optional.of("redirect URIs and authorization_code belong together, or implicit");
        }
        return redirects.size() > MAX_URIS || afterLogout.size() > MAX_URIS
                ? Optional.of("at most " + MAX_URIS + " URIs")
                : Optional.empty();
    }

    /// Whether it may use a grant.
    public boolean uses(GrantType grant) {
        return grants.contains(grant);
    }

    /// Whether people are sent to sign in for it, and back.
    public boolean signsIn() {
        return uses(GrantType.AUTHORIZATION_CODE) || uses(GrantType.IMPLICIT);
    }

    /// Whether it registered to be answered in this way.
    public boolean answeredWith(ResponseType type) {
        return uses(type.grant()) && (!type.implicit() || openId.implicit().contains(type));
    }

    /// Whether it cannot keep a secret.
    public boolean open() {
        return method == ClientMethod.NONE;
    }

    /// The registered URI that a redirect to `asked` is to.
    public Optional<RedirectUri> redirect(String asked) {
        return redirects.stream().filter(uri -> uri.admits(asked)).findFirst();
    }
}
