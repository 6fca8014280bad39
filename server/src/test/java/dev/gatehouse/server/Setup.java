package dev.gatehouse.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Apis and roles for tests, made through the admin API.
final class Setup {
    private Setup() {}

    /// An Api on the listener of its name, for the host `<name>.example` too, in front of the sample upstream:
    /// `GET /things` needs `things:read`, `POST /things` needs `things:write`, `/open/**` is open, `/me` takes
    /// any credential.
    static void api(RunningServer server, String name, String format) {
        api(server, name, format, "");
    }

    /// The same where applications may act for customers.
    static void delegatingApi(RunningServer server, String name, String format) {
        api(server, name, format, ",\"tokens:delegate\": {\"description\": \"Act for customers\"}");
    }

    /// The same where people sign in.
    static void openIdApi(RunningServer server, String name, String format) {
        api(server, name, format, """
                , "openid": {"description": "Know who you are"}, "profile": {"description": "See your name"},
                "offline_access": {"description": "Go on while you are away"}""");
    }

    /// The same where people sign in, applications may act for customers, and tokens of others are exchanged.
    static void exchangingApi(RunningServer server, String name, String format) {
        api(server, name, format, """
                , "openid": {"description": "Know who you are"}, "profile": {"description": "See your name"},
                "offline_access": {"description": "Go on while you are away"},
                "tokens:delegate": {"description": "Act for customers"},
                "tokens:exchange": {"description": "Act for whose token it has"},
                "tokens:impersonate": {"description": "Stand in for whose token it has"}""");
    }

    private static void api(RunningServer server, String name, String format, String scopes) {
        Customer.created(
                server, "/v1/apis", """
                {"name": "%1$s", "issuer": "%2$s", "listener": "%1$s", "hosts": ["%1$s.example"], "upstream": "%3$s", "key_header": "X-Api-Key",
                 "tokens": {"format": "%4$s"},
                 "scopes": {"things:read": {"description": "See things", "browser_safe": true},
                            "things:write": {"description": "Change things", "implies": ["things:read"]},
                            "things:admin": {"description": "Administer things"}%5$s},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]},
                            {"methods": ["POST"], "path": "/things", "any": ["things:write"]},
                            {"methods": ["GET"], "path": "/things/{id}", "any": ["things:read"]},
                            {"methods": ["DELETE"], "path": "/things/{id}", "all": ["things:write", "things:admin"]},
                            {"methods": ["GET"], "path": "/me", "authenticated": true},
                            {"methods": ["*"], "path": "/open/**", "open": true}]}
                """.formatted(name, server.base(name), server.upstreamBase(), format, scopes));
    }

    /// An Api that signs people in, at an issuer whose host has a name, as passkeys want it; returns the issuer.
    static String namedApi(RunningServer server, String name) {
        String issuer = server.base(name).replace("127.0.0.1", "localhost");
        Customer.created(server, "/v1/apis", """
                {"name": "%1$s", "issuer": "%2$s", "listener": "%1$s", "upstream": "%3$s",
                 "scopes": {"things:read": {"description": "See things"}, "openid": {"description": "Know who you are"}},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]}]}
                """.formatted(name, issuer, server.upstreamBase()));
        return issuer;
    }

    /// Whether the provider's organization wants a second factor: `"required"`, `null`.
    static void secondFactor(RunningServer server, String wanted) {
        RunningServer.Got got =
                server.admin("PATCH", "/v1/organizations/" + root(server), "{\"second_factor\":" + wanted + "}");
        if (got.status() != 200) {
            throw new AssertionError(got.text());
        }
    }

    /// So many guesses an hour has an address at an Api.
    static void guesses(RunningServer server, String api, int most) {
        set(server, api, "limits", "{\"guesses\":{\"requests\":1,\"seconds\":3600,\"burst\":" + most + "}}");
    }

    /// The kinds of keys whose secrets an Api has kept: `[]`, `["api_key"]`.
    static void reveal(RunningServer server, String api, String kinds) {
        set(server, api, "reveal", kinds);
    }

    private static void set(RunningServer server, String api, String member, String json) {
        ObjectNode read =
                (ObjectNode) server.admin("GET", "/v1/apis/" + api, "").json();
        read.set(member, RunningServer.JSON.readTree(json));
        read.remove(List.of("id", "name", "organization"));
        RunningServer.Got got = server.admin("PUT", "/v1/apis/" + api, read.toString());
        if (got.status() != 200) {
            throw new AssertionError(got.text());
        }
    }

    /// A role that may read and write things at these Apis; returns its id.
    static String role(RunningServer server, String name, String... apis) {
        return role(server, name, List.of("things:read", "things:write"), apis);
    }

    /// A role that holds these scopes at these Apis; returns its id.
    static String role(RunningServer server, String name, List<String> scopes, String... apis) {
        String list = scopes.stream().map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        String rights =
                Arrays.stream(apis).map(api -> "\"" + api + "\":[" + list + "]").collect(Collectors.joining(","));
        return Customer.created(
                        server,
                        "/v1/organizations/" + root(server) + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":{" + rights + "}}")
                .get("id")
                .asString();
    }

    /// A public client with these grants that may read things at `orders`; returns its public id.
    static String deviceClient(RunningServer server, String name, String grants) {
        String root = root(server);
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + root + "/roles",
                        "{\"name\":\"" + name.toLowerCase(Locale.ROOT)
                                + "\",\"rights\":{\"orders\":[\"things:read\",\"openid\",\"offline_access\"]}}")
                .get("id")
                .asString();
        return Customer.created(
                        server,
                        "/v1/organizations/" + root + "/applications",
                        "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\"none\","
                                + "\"grant_types\":" + grants
                                + (grants.contains("authorization_code")
                                        ? ",\"redirect_uris\":[\"https://app.example.com/cb\"]}"
                                        : "}"))
                .get("client_id")
                .asString();
    }

    /// The id of the provider's organization.
    static String root(RunningServer server) {
        return server.admin("GET", "/v1/whoami", "")
                .json()
                .get("organization")
                .get("id")
                .asString();
    }
}
