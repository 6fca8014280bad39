package dev.gatehouse.connect.authorize;

import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.core.secret.Secret;
import java.util.Map;
import java.util.Optional;

/// What a platform sent a browser back with (RFC 6749 section 4.1.2).
public sealed interface Returned {
    /// A code.
    record Code(Secret code) implements Returned {}

    /// Nothing that a token could be asked for with.
    record Not(ConnectFailure why) implements Returned {}

    /// The longest code.
    int MAX_CODE = 4096;

    /// Reads the parameters that came with the right state.
    ///
    /// @param parameters each at most once, none empty
    static Returned read(Platform platform, Map<String, String> parameters) {
        if (!isFrom(platform, Optional.ofNullable(parameters.get("iss")))) {
            return new Not(ConnectFailure.WRONG_ISSUER);
        }
        Optional<String> error = Optional.ofNullable(parameters.get("error"));
        if (error.isPresent()) {
            return new Not(
                    error.get().equals("access_denied") ? ConnectFailure.ACCESS_DENIED : ConnectFailure.PLATFORM_ERROR);
        }
        return Optional.ofNullable(parameters.get("code"))
                .filter(code -> code.length() <= MAX_CODE)
                .<Returned>map(code -> new Code(Secret.of(code)))
                .orElseGet(() -> new Not(ConnectFailure.PLATFORM_ERROR));
    }

    /// RFC 9207 section 2.4: who says its name is asked for it always; of who does not, a name is taken that is
    /// at one of its hosts (GAUNTLET J03).
    private static boolean isFrom(Platform platform, Optional<String> iss) {
        return platform.oauth()
                .flatMap(OAuth::issuer)
                .map(issuer -> iss.filter(issuer::equals).isPresent())
                .orElseGet(() -> iss.map(platform::owns).orElse(true));
    }
}
