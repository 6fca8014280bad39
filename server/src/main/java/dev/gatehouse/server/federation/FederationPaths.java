package dev.gatehouse.server.federation;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.IdentityProvider;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where browsers are that sign in by identity providers, at each Api's own address.
public final class FederationPaths {
    /// Where forms begin a trip, and link or unlink accounts.
    public static final String FEDERATION = "/oauth2/federation";

    /// Stands for the address of every provider in tables of paths.
    public static final String CALLBACK = FEDERATION + "/{provider}/callback";

    private static final Pattern ONE = Pattern.compile(FEDERATION + "/([a-z0-9-]{1,40})/callback");

    private FederationPaths() {}

    /// The path itself, or [#CALLBACK] for the address of a provider.
    public static String template(String path) {
        return path.startsWith(FEDERATION) && ONE.matcher(path).matches() ? CALLBACK : path;
    }

    /// The provider whose browsers come back to this path.
    public static Optional<String> provider(String path) {
        Matcher matcher = ONE.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// What has to be registered at the provider: each has one of its own, so that what one of them answers is
    /// never taken for another's (GAUNTLET J03).
    public static String redirect(Api api, IdentityProvider provider) {
        return api.issuer() + FEDERATION + "/" + provider.name() + "/callback";
    }
}
