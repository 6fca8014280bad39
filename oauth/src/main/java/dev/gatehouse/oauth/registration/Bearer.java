package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tokens of registration, in the Authorization header and nowhere else (RFC 6750 section 2.1).
final class Bearer {
    private static final Pattern SHOWN = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*)");

    private Bearer() {}

    static Optional<Secret> shown(HttpFacts http) {
        List<String> headers = http.values("Authorization");
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher matcher = SHOWN.matcher(headers.getFirst());
        return matcher.matches() ? Optional.of(Secret.of(matcher.group(1))) : Optional.empty();
    }

    static boolean any(HttpFacts http) {
        return !http.values("Authorization").isEmpty();
    }

    /// RFC 6750 section 3.1: who showed nothing is told no error.
    static Reply challenge(boolean shown) {
        return Reply.empty(401)
                .with("WWW-Authenticate", shown ? "Bearer error=\"invalid_token\"" : "Bearer")
                .with("Cache-Control", "no-store");
    }
}
