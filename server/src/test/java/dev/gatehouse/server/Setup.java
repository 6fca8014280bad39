package dev.gatehouse.server;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Apis and roles for tests, made through the admin API.
final class Setup {
    private Setup() {}

    /// An Api on the listener of its name, for the host `<name>.example` too, in front of the sample upstream:
    /// `GET /things` needs `things:read`, `POST /things` needs `things:write`, `/open/**` is open, `/me` takes
    /// any credential.
    static void api(RunningServer server, String name, String format) {
        Customer.created(server, "/v1/apis", """
                {"name": "%1$s", "issuer": "%2$s", "listener": "%1$s", "hosts": ["%1$s.example"], "upstream": "%3$s", "key_header": "X-Api-Key",
                 "tokens": {"format": "%4$s"},
                 "scopes": {"things:read": {"description": "See things"},
                            "things:write": {"description": "Change things", "implies": ["things:read"]},
                            "things:admin": {"description": "Administer things"}},
                 "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]},
                            {"methods": ["POST"], "path": "/things", "any": ["things:write"]},
                            {"methods": ["GET"], "path": "/things/{id}", "any": ["things:read"]},
                            {"methods": ["DELETE"], "path": "/things/{id}", "all": ["things:write", "things:admin"]},
                            {"methods": ["GET"], "path": "/me", "authenticated": true},
                            {"methods": ["*"], "path": "/open/**", "open": true}]}
                """.formatted(name, server.base(name), server.upstreamBase(), format));
    }

    /// A role that may read and write things at these Apis; returns its id.
    static String role(RunningServer server, String name, String... apis) {
        String rights = Arrays.stream(apis)
                .map(api -> "\"" + api + "\":[\"things:read\",\"things:write\"]")
                .collect(Collectors.joining(","));
        String root = server.admin("GET", "/v1/whoami", "")
                .json()
                .get("organization")
                .get("id")
                .asString();
        return Customer.created(
                        server,
                        "/v1/organizations/" + root + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":{" + rights + "}}")
                .get("id")
                .asString();
    }
}
