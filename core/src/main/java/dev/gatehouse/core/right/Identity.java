package dev.gatehouse.core.right;

import java.util.Set;

/// The scopes of OpenID Connect (Core sections 5.4 and 11): what an application learns of the user that it acts
/// for. They are the user's own to give, whatever its role; an Api that has them in its catalogue offers them.
public final class Identity {
    /// Makes a request one of OpenID Connect, and an Api with it in its catalogue an OpenID provider.
    public static final String OPENID = "openid";

    /// Going on while the user is away.
    public static final String OFFLINE_ACCESS = "offline_access";

    private static final Set<String> SCOPES = Set.of(OPENID, "profile", "email", "address", "phone", OFFLINE_ACCESS);

    private Identity() {}

    /// Whether a scope is one of them.
    public static boolean has(String scope) {
        return SCOPES.contains(scope);
    }
}
