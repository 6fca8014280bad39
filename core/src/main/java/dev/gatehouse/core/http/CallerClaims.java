package dev.gatehouse.core.http;

import java.util.List;
import java.util.Set;

/// The headers in which a caller says who it is, where it comes from, or that its request is another one than it
/// looks: only a trusted proxy may say so, and nobody that a call is passed on to hears it (GAUNTLET K02, K10).
public final class CallerClaims {
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "proxyauthorization",
            "forwarded",
            "xrealip",
            "xclientip",
            "trueclientip",
            "cfconnectingip",
            "cfconnectingipv6",
            "fastlyclientip",
            "xclusterclientip",
            "frontendhttps",
            "xhost",
            "xoriginalhost",
            "xoriginalurl",
            "xoriginaluri",
            "xoriginalmethod",
            "xrewriteurl",
            "xhttpmethod",
            "xhttpmethodoverride",
            "xmethodoverride");

    /// What proxies say of a connection begins so: of its client, and of that one's certificate in each proxy's
    /// words.
    private static final List<String> BEGINNINGS = List.of(
            "xforwarded",
            "clientcert",
            "xclientcert",
            "sslclient",
            "xsslclient",
            "xclientverify",
            "xclientdn",
            "xamznmtls",
            "xarrclientcert",
            "cfclientcert");

    private CallerClaims() {}

    /// Whether a header is one of them.
    ///
    /// @param folded its name, see [Header#fold]
    public static boolean contain(String folded) {
        return NAMES.contains(folded) || BEGINNINGS.stream().anyMatch(folded::startsWith);
    }
}
