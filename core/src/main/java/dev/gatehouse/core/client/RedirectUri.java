package dev.gatehouse.core.client;

import java.util.Optional;
import java.util.regex.Pattern;

/// A URI that browsers are sent back to, as a client registered it. What is asked for must be the same, character
/// by character (RFC 9700 section 2.1): nothing is parsed, decoded or normalised on the way, so no two parsers
/// can disagree about it (GAUNTLET A01-A04). Only the port of a loopback address is free (RFC 8252 section 7.3).
public final class RedirectUri {
    /// The longest.
    public static final int MAX_LENGTH = 512;

    /// What can be registered, for messages.
    public static final String ALLOWED = "an https URI, http://127.0.0.1 or http://[::1] with a path, or a private-use"
            + " scheme with a dot in it (com.example.app:/path); no fragment, user, wildcard or dot segment";

    private static final String TAIL = "(?:/[!$&'()+,;=:@A-Za-z0-9._~%/-]*)?(?:\\?[!$&'()+,;=:@A-Za-z0-9._~%/?-]*)?";
    private static final Pattern HTTPS =
            Pattern.compile("https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?" + TAIL);
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(?::([0-9]{1,5}))?(" + TAIL + ")");
    private static final Pattern PRIVATE =
            Pattern.compile("[a-z][a-z0-9+-]*(?:\\.[a-z0-9+-]+)+:/(?!/)[!$&'()+,;=:@A-Za-z0-9._~%/?-]*");
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?]+");
    private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:[/?;]|$)|%2f|%5c|%00|//.*//");
    private static final int MAX_PORT = 65_535;

    private final String text;
    private final Optional<String> loopback;

    private RedirectUri(String text, Optional<String> loopback) {
        this.text = text;
        this.loopback = loopback;
    }

    /// Reads what somebody wants to register; empty when it cannot be (GAUNTLET A04, A06).
    public static Optional<RedirectUri> parse(String text) {
        return ofDevice(text).filter(uri -> !uri.byName());
    }

    /// The same of a client that may be a program on the device of its user: it may listen at
    /// `http://localhost`, too (RFC 8252 section 8.3 would rather not, since that name need not lead to the
    /// device alone).
    public static Optional<RedirectUri> ofDevice(String text) {
        if (text.length() > MAX_LENGTH || DOTS.matcher(text).find()) {
            return Optional.empty();
        }
        Optional<String> loopback = withoutPort(text);
        return loopback.isPresent()
                        || HTTPS.matcher(text).matches()
                        || PRIVATE.matcher(text).matches()
                ? Optional.of(new RedirectUri(text, loopback))
                : Optional.empty();
    }

    /// Whether a client that registered this may be answered at `asked`.
    public boolean admits(String asked) {
        return text.equals(asked)
                || (loopback.isPresent()
                        && asked.length() <= MAX_LENGTH
                        && withoutPort(asked).equals(loopback));
    }

    /// Whether only the client's own site can receive what is sent there: other programs of the same device may
    /// listen at the other kinds (RFC 8252 section 8.6).
    public boolean claimed() {
        return text.startsWith("https://");
    }

    /// Whether it is the device by a name, which somebody has to look up.
    public boolean byName() {
        return local() && host().equals("localhost");
    }

    /// Whether it is one of the device itself.
    boolean local() {
        return loopback.isPresent();
    }

    /// Scheme, host and port; none of a private-use scheme, which no site has.
    public Optional<String> origin() {
        var matcher = ORIGIN.matcher(text);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /// The host, without port; the scheme with its colon where it is one of private use, which no host has.
    public String host() {
        return origin().map(origin -> origin.substring(origin.indexOf("//") + 2).replaceFirst(":[0-9]+$", ""))
                .orElseGet(() -> text.substring(0, text.indexOf(':') + 1));
    }

    private static Optional<String> withoutPort(String text) {
        var matcher = LOOPBACK.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = Optional.ofNullable(matcher.group(2)).orElse("80");
        boolean possible = Integer.parseInt(port) <= MAX_PORT && Integer.parseInt(port) > 0;
        return possible ? Optional.of(matcher.group(1) + matcher.group(3)) : Optional.empty();
    }

    /// The URI as it was registered.
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedirectUri uri && uri.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
