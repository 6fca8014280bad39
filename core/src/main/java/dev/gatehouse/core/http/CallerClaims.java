package dev.gatehouse.core.http;

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
            "clientcert",
            "clientcertchain",
            "sslclientcert",
            "xsslclientcert",
            "xclientcert",
            "xclientcertchain",
            "xhttpmethod",
            "xhttpmethodoverride",
            "xmethodoverride");

    private static final String FORWARDED = "xforwarded";

    private CallerClaims() {}

    /// Whether a header is one of them.
    ///
    /// @param folded its name, see [Header#fold]
    public static boolean contain(String folded) {
        return folded.startsWith(FORWARDED) || NAMES.contains(folded);
    }
}
