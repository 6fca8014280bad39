package dev.gatehouse.core.client;

import java.util.Optional;
import java.util.Set;

/// What a client says of the requests that it sends to people in a back channel (OpenID Connect CIBA Core
/// section 4).
///
/// @param ping whether it is told that a person has answered; else it only asks
/// @param notified where it is told
/// @param requests the one algorithm that it signs its requests with; empty where they are not signed
/// @param userCode whether it asks people for the code that they set
public record BackchannelTerms(
        boolean ping, Optional<RedirectUri> notified, Optional<RequestAlgorithm> requests, boolean userCode) {
    /// One that asks, signs nothing and knows no codes.
    public static final BackchannelTerms NONE = new BackchannelTerms(false, Optional.empty(), Optional.empty(), false);

    /// The names of how a client learns of an answer, in documents and registrations.
    public static final String POLL = "poll";

    /// That it is told, and then asks.
    public static final String PING = "ping";

    /// Where a client may be told, for messages.
    public static final String NOTIFIED = "an https URI without a fragment";

    /// How the client learns that a person has answered.
    public String mode() {
        return ping ? PING : POLL;
    }

    /// Reads where a client wants to be told (section 4: an https URL).
    public static Optional<RedirectUri> notified(String text) {
        return RedirectUri.parse(text).filter(RedirectUri::claimed);
    }

    /// Why these are no terms of a client with these grants.
    public Optional<String> mistake(Set<GrantType> grants) {
        if (!grants.contains(GrantType.CIBA) && !equals(NONE)) {
            return Optional.of("what is said of requests in the back channel is for clients of that grant");
        }
        return ping != notified.isPresent()
                ? Optional.of("ping and backchannel_client_notification_endpoint belong together")
                : Optional.empty();
    }
}
