package dev.gatehouse.oauth.authorize;

import java.time.Duration;
import java.util.List;

/// What comes next for a person who types the code of a device (RFC 8628 section 3.3).
public sealed interface DeviceStep {
    /// The person says yes or no to what the device's application asks for, always.
    ///
    /// @param ask what is asked, sealed
    /// @param typed the code as the device shows it, or the message of a request that was sent to the person
    record Question(String ask, AskingClient client, List<ScopeText> scopes, List<DetailText> details, String typed)
            implements DeviceStep {
        /// Keeps copies.
        public Question {
            scopes = List.copyOf(scopes);
            details = List.copyOf(details);
        }
    }

    /// No device waits with this code; never said whether one did.
    record Unknown() implements DeviceStep {}

    /// The device is told.
    record Answered(boolean allowed) implements DeviceStep {}

    /// The person cannot let this application have anything.
    record Impossible() implements DeviceStep {}

    /// Too many codes were tried.
    record Later(Duration after) implements DeviceStep {}
}
