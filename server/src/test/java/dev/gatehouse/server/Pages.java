package dev.gatehouse.server;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Apis and domain keys for web pages, made through the admin API.
final class Pages {
    private Pages() {}

    /// An Api on the listener of its name, where pages may read things and do nothing else.
    static void api(RunningServer server, String name, String format, String... more) {
        String tokens = Stream.concat(Stream.of("\"format\": \"" + format + "\""), Stream.of(more))
                .collect(Collectors.joining(", "));
        Customer.created(server, "/v1/apis", body(server, name, tokens, ""));
    }

    /// The body of such an Api, with further members.
    static String body(RunningServer server, String name, String tokens, String members) {
        return """
                {"name": "%1$s", "issuer": "%2$s", "listener": "%1$s", "upstream": "%3$s", "key_header": "X-Api-Key",
                 "tokens": {%4$s},
                 "scopes": {"things:read": {"description": "See things", "browser_safe": true},
                            "things:write": {"description": "Change things", "implies": ["things:read"]}},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]},
                            {"methods": ["POST"], "path": "/things", "any": ["things:write"]},
                            {"methods": ["*"], "path": "/open/**", "open": true}]%5$s}
                """.formatted(name, server.base(name), server.upstreamBase(), tokens, members);
    }

    /// A domain key for pages of these origins, which may read things; the answer that has its text.
    static JsonNode key(RunningServer server, Customer customer, String api, String... origins) {
        return Customer.created(
                server,
                "/v1/applications/" + customer.application() + "/credentials",
                keyBody(api, "things:read", origins));
    }

    /// What asks for one.
    static String keyBody(String api, String scope, String... origins) {
        return """
                {"kind": "domain_key", "name": "page", "scopes": {"%s": ["%s"]}, "origins": [%s]}
                """.formatted(
                        api,
                        scope,
                        Stream.of(origins).map(origin -> "\"" + origin + "\"").collect(Collectors.joining(",")));
    }

    /// The form that exchanges one for a token.
    static String exchange(String key) {
        return "grant_type=urn%3Agatehouse%3Agrant-type%3Adomain-key&domain_key=" + key;
    }
}
