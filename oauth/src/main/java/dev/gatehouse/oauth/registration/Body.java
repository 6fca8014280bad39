package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Locale;

/// What comes with a request.
final class Body {
    private static final String JSON = "application/json";

    private Body() {}

    /// Whether it says that it is JSON, without coding (RFC 7591 section 3.1).
    static boolean json(HttpFacts http) {
        List<String> types = http.values("Content-Type");
        if (types.size() != 1 || !http.values("Content-Encoding").isEmpty()) {
            return false;
        }
        String[] parts = types.getFirst().toLowerCase(Locale.ROOT).split(";", 2);
        String charset = parts.length == 1 ? "charset=utf-8" : parts[1].strip().replace("\"", "");
        return parts[0].strip().equals(JSON) && charset.equals("charset=utf-8");
    }
}
