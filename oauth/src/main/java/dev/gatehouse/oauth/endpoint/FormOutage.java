package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.Reply;
import java.time.Duration;

/// What the endpoints that take forms answer while a node is too busy to read one, in the shape of their errors.
public final class FormOutage {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private FormOutage() {}

    /// 503 with `Retry-After`.
    public static Reply reply() {
        return new OAuthError.Unavailable(RETRY).reply();
    }
}
