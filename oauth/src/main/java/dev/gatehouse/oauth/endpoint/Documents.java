package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.keys.Keys;
import java.util.List;
import java.util.Map;

/// Answers with public documents, which may be kept as long as a key is published before it is used, and read by
/// any page: they are the same for everybody.
final class Documents {
    private Documents() {}

    /// What there is none of is left out (RFC 8414 section 3.2, RFC 9728 section 3.2).
    static void some(Map<String, Object> members, String name, List<String> values) {
        if (!values.isEmpty()) {
            members.put(name, values);
        }
    }

    static Reply answer(HttpFacts http, Map<String, ?> members) {
        if (!http.method().equals("GET") && !http.method().equals("HEAD")) {
            return Reply.problem(405, "method_not_allowed", "the method must be GET")
                    .with("Allow", "GET, HEAD");
        }
        return Reply.json(200, members)
                .with("Cache-Control", "public, max-age=" + Keys.JWKS_SECONDS)
                .with("Access-Control-Allow-Origin", "*");
    }
}
