package dev.gatehouse.core.client;

import java.util.List;
import java.util.Optional;

/// Where an application is told that a person has signed out.
///
/// @param backChannel where Gatehouse itself tells it (OpenID Connect Back-Channel Logout 1.0)
/// @param backSession whether it has to be told which login ended; it always is
/// @param frontChannel what the person's browser loads (OpenID Connect Front-Channel Logout 1.0)
/// @param frontSession whether that has to say which login ended; it always does
public record LogoutTerms(
        Optional<RedirectUri> backChannel,
        boolean backSession,
        Optional<RedirectUri> frontChannel,
        boolean frontSession) {
    /// One that is told nothing.
    public static final LogoutTerms NONE = new LogoutTerms(Optional.empty(), false, Optional.empty(), false);

    /// Where its people are told to end, for messages.
    public static final String ALLOWED = "an https URI, or http://127.0.0.1 or http://[::1] with a path; no fragment,"
            + " user, wildcard or dot segment";

    /// Reads what somebody wants to register; empty when it cannot be (GAUNTLET A06).
    public static Optional<RedirectUri> uri(String text) {
        return RedirectUri.parse(text).filter(uri -> uri.origin().isPresent());
    }

    /// Why these are no terms of a client with these redirect URIs: what browsers load has to be of its own site
    /// (Front-Channel Logout section 2).
    public Optional<String> mistake(List<RedirectUri> redirects) {
        if ((backSession && backChannel.isEmpty()) || (frontSession && frontChannel.isEmpty())) {
            return Optional.of("what is said of logout needs its URI");
        }
        if (frontChannel.filter(uri -> uri.text().startsWith("http://[")).isPresent()) {
            return Optional.of("frontchannel_logout_uri has a name or an IPv4 address: no page can name [::1]");
        }
        boolean foreign = frontChannel.flatMap(RedirectUri::origin).stream()
                .anyMatch(origin ->
                        redirects.stream().noneMatch(uri -> uri.origin().equals(Optional.of(origin))));
        return foreign
                ? Optional.of("frontchannel_logout_uri has scheme, host and port of a redirect URI")
                : Optional.empty();
    }
}
