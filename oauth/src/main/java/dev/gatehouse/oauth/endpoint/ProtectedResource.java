package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an Api says of itself as what tokens are for (RFC 9728): who issues them, and how they are shown. All of it
/// comes from configuration, nothing from the request (GAUNTLET L05).
public final class ProtectedResource {
    /// Where the document is, with the path of the resource behind it (section 3.1).
    public static final String PATH = "/.well-known/oauth-protected-resource";

    private static final Pattern URL = Pattern.compile("(https?://[^/?#]+)([^?#]*)(\\?[^#]*)?");

    private static final String HTTPS = "https://";

    private ProtectedResource() {}

    /// The resource identifier of an Api (RFC 9728 section 1.2): its audience where that is an https URL at which
    /// calls of the Api arrive, so that the document is found there; its issuer where it is anything else.
    static String identifier(Api api) {
        Matcher audience = URL.matcher(api.audience());
        return audience.matches() && served(audience.group(1), api) ? api.audience() : api.issuer();
    }

    private static boolean served(String origin, Api api) {
        return origin.equals(parts(api.issuer()).group(1))
                || (origin.startsWith(HTTPS) && api.hosts().contains(origin.substring(HTTPS.length())));
    }

    /// Whether a `resource` of a request (RFC 8707 section 2) is this Api. Many clients write a URL without path
    /// with a slash, which names the same (RFC 3986 section 6.2.3).
    public static boolean named(String asked, Api api) {
        String identifier = identifier(api);
        return asked.equals(api.audience())
                || asked.equals(identifier)
                || (asked.equals(identifier + "/") && parts(identifier).group(2).isEmpty());
    }

    /// Whether the document of an Api is at this path: below [#PATH], and there itself for whoever knows only the
    /// host.
    public static boolean at(String path, Api api) {
        return path.equals(PATH) || (path.startsWith(PATH + "/") && path.equals(PATH + path(identifier(api))));
    }

    /// What challenges of an Api say of where the document is (section 5.1).
    public static String parameter(Api api) {
        String identifier = identifier(api);
        Matcher parts = parts(identifier);
        String query = parts.group(3) == null ? "" : parts.group(3);
        return "resource_metadata=\"" + parts.group(1) + PATH + path(identifier) + query + "\"";
    }

    /// A slash that is all of the path is left out (section 3.1).
    private static String path(String identifier) {
        String path = parts(identifier).group(2);
        return path.equals("/") ? "" : path;
    }

    private static Matcher parts(String identifier) {
        Matcher matcher = URL.matcher(identifier);
        if (!matcher.matches()) {
            throw new IllegalStateException("an issuer is a URL");
        }
        return matcher;
    }

    /// The document.
    public static Reply answer(HttpFacts http, Api api) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("resource", identifier(api));
        members.put("resource_name", api.name());
        members.put("authorization_servers", List.of(api.issuer()));
        Documents.some(members, "scopes_supported", api.catalogue().all().list());
        DetailsParameter.tell(api, members);
        members.put("bearer_methods_supported", List.of("header"));
        members.put(
                "dpop_signing_alg_values_supported",
                api.clients().profile().isPresent()
                        ? ClientKeys.ALGORITHMS.stream()
                                .filter(ClientProfile::signable)
                                .toList()
                        : ClientKeys.ALGORITHMS);
        members.put("dpop_bound_access_tokens_required", api.clients().require(ClientRule.BOUND));
        return Documents.answer(http, members);
    }
}
