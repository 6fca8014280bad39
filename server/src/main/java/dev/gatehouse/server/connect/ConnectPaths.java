package dev.gatehouse.server.connect;

import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where browsers are that connect platforms, at each Api's own address.
public final class ConnectPaths {
    /// Where a link leads.
    public static final String CONNECT = "/oauth2/connect";

    /// The parameter of a link that is its secret.
    public static final String LINK = "link";

    private static final Pattern CALLBACK = Pattern.compile(CONNECT + "/([A-Z][A-Za-z0-9]{1,39})/callback");

    private ConnectPaths() {}

    /// The link for a browser.
    public static String link(Api api, Secret secret) {
        return api.issuer() + CONNECT + "?" + LINK + "=" + secret.reveal();
    }

    /// Where browsers come back to from this platform: each has one of its own, so that what one of them answers
    /// is never taken for another's (GAUNTLET J03).
    public static String callback(String platform) {
        return CONNECT + "/" + platform + "/callback";
    }

    /// The platform whose browsers come back to this path.
    public static Optional<String> platform(String path) {
        Matcher matcher = CALLBACK.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// What has to be registered at the platform.
    static String redirect(Api api, String platform) {
        return api.issuer() + callback(platform);
    }

    /// Whether browsers can connect it: it has an authorization endpoint, and Gatehouse renews.
    public static boolean leadsTo(Platform platform) {
        return platform.ways().containsKey(ConnectionKind.OAUTH_INTERNAL)
                && platform.oauth().flatMap(OAuth::authorize).isPresent();
    }
}
