package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What answering a request came to that a person allowed.
sealed interface Opened {
    /// It is granted.
    ///
    /// @param members what the client is told
    record Given(Map<String, Secret> members) implements Opened {
        /// Keeps a copy in its order.
        public Given {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /// The person has to be asked: what it consented to was taken back.
    record Unasked() implements Opened {}

    /// The request was answered before.
    record Answered() implements Opened {}

    /// The person or its login is gone.
    record Over() implements Opened {}

    /// There is no token.
    record Refused(Refusal why) implements Opened {}

    /// The tokens are longer than what their way carries.
    record TooLong() implements Opened {}

    /// Not now.
    record Later() implements Opened {}

    /// What writing a grant down came to.
    ///
    /// @param members what the client is told when the grant was written down
    static Opened of(Stored<Grant> stored, Map<String, Secret> members) {
        return switch (stored) {
            case Stored.Done<Grant> _ -> new Given(members);
            case Stored.Conflict<Grant> _ -> new Unasked();
            case Stored.Missing<Grant> _ -> new Over();
            case Stored.Moved<Grant> _ -> new Answered();
            case Stored.Full<Grant> _, Stored.Forbidden<Grant> _ -> new Later();
        };
    }
}
