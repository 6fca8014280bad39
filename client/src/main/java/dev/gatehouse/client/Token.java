package dev.gatehouse.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An access token as it was issued.
///
/// @param type how it is presented, usually `Bearer`
/// @param life how long it lived when it was issued
/// @param scopes what it was granted
public record Token(Secret value, String type, Duration life, List<String> scopes) {
    /// The value of an `Authorization` header.
    public String authorization() {
        return type + " " + value.reveal();
    }

    static Optional<Token> read(Json.Obj reply) {
        Optional<Long> seconds = reply.get("expires_in")
                .flatMap(value -> value instanceof Json.Num(String digits) && digits.matches("[0-9]{1,9}")
                        ? Optional.of(Long.parseLong(digits))
                        : Optional.empty());
        Optional<String> value = reply.text("access_token");
        Optional<String> type = reply.text("token_type");
        if (value.isEmpty() || type.isEmpty() || seconds.isEmpty()) {
            return Optional.empty();
        }
        String scope = reply.text("scope").orElse("");
        return Optional.of(new Token(
                Secret.of(value.get()),
                type.get(),
                Duration.ofSeconds(seconds.get()),
                scope.isEmpty() ? List.of() : List.of(scope.split(" "))));
    }
}
