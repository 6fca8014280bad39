package dev.gatehouse.server.pages;

import dev.gatehouse.oauth.authorize.AuthorizeEndpoint;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.server.federation.FederationPaths;
import dev.gatehouse.server.gateway.OwnEndpoint;

/// Where pages are, at each Api's own address. All of it is below `/oauth2/`, which no Api's own routes reach.
final class Paths {
    static final String AUTHORIZE = Metadata.AUTHORIZE_PATH;
    static final String LOGOUT = Metadata.LOGOUT_PATH;
    static final String DEVICE = Metadata.DEVICE_PATH;
    static final String SIGN_IN = "/oauth2/sign-in";
    static final String SECOND = "/oauth2/second-factor";
    static final String FIRST = "/oauth2/second-factor/set-up";
    static final String FORGOT = "/oauth2/forgot";
    static final String RESET = "/oauth2/reset";
    static final String CONSENT = "/oauth2/consent";
    static final String SIGN_OUT = "/oauth2/sign-out";
    static final String ACCOUNT = "/oauth2/account";
    static final String REQUESTS = "/oauth2/requests";
    static final String PASSKEY = "/oauth2/passkey";
    static final String SCRIPTS = OwnEndpoint.FILES;
    static final String SECURITY = "/oauth2/security";
    static final String FEDERATION = FederationPaths.FEDERATION;
    static final String STYLE = "/oauth2/pages/style.css";
    static final String ICON = "/oauth2/pages/icon.svg";
    static final String LOGO = "/oauth2/pages/logo.png";

    private static final String LINK = "[A-Za-z0-9_-]{43}";
    private static final String ASK = "[A-Za-z0-9_.~-]{1," + AuthorizeEndpoint.MAX_ASK + "}";

    /// What waits while somebody who is signed in proves itself again, to change what proves it.
    static final String AGAIN = "security";

    private Paths() {}

    /// Whether this can be a sealed request, so that it is safe in a path of ours.
    static boolean isAsk(String text) {
        return text.matches(ASK);
    }

    /// Whether a query is that of [#authorize].
    static boolean waits(String query) {
        return query.startsWith(AuthorizeEndpoint.ASK + "=");
    }

    /// Whether this can be the secret of a link, so that it is safe in a path of ours.
    static boolean isLink(String text) {
        return text.matches(LINK);
    }

    /// Back to where the code of a device is typed.
    ///
    /// @param typed the code, if one came along
    static String device(String typed) {
        return DeviceCodes.typed(typed)
                .map(code -> DEVICE + "?user_code=" + DeviceCodes.shown(code))
                .orElse(DEVICE);
    }

    /// Back to the request that waits.
    static String authorize(String ask) {
        return AUTHORIZE + "?" + AuthorizeEndpoint.ASK + "=" + ask;
    }
}
