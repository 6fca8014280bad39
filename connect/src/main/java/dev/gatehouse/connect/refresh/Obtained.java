package dev.gatehouse.connect.refresh;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a platform's token endpoint came to.
public sealed interface Obtained {
    /// A token, with what else became fields of the credential.
    ///
    /// @param life of the token, where it is known
    record Tokens(Map<String, String> fields, Optional<Duration> life) implements Obtained {
        /// Without the tokens.
        @Override
        public String toString() {
            return fields.keySet() + " " + life;
        }
    }

    /// The platform will never take this credential again.
    record Dead(String error) implements Obtained {}

    /// The platform's server said in the TLS handshake that it does not take the certificate of the credential. It
    /// did nothing. A handshake that failed otherwise is nobody's credential's business.
    record Barred() implements Obtained {
        /// For people.
        public static final String WHY = "the platform refused its certificate in the TLS handshake";
    }

    /// Nothing, this time.
    ///
    /// @param known whether the platform did nothing for sure
    /// @param retryAfter when it asked to be left alone
    record Nothing(String why, boolean known, Optional<Duration> retryAfter) implements Obtained {}
}
