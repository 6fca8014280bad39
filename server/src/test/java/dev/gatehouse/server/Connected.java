package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An organization with an application whose calls go through its connections: `/crm/**` through the one that
/// `X-Connection` names, `/own/**` through the one called `crm`, both with `crm:use`.
record Connected(Customer customer) {
    private static final int AGAIN = 60;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    static Connected create(RunningServer server) {
        Customer.created(server, "/v1/apis", """
                {"name": "orders", "issuer": "%s", "listener": "orders", "hosts": [],
                 "scopes": {"crm:use": {"description": "Use the CRM"}, "things:read": {"description": "Other things"}},
                 "routes": [{"methods": ["*"], "path": "/crm/**", "any": ["crm:use"], "connection": {"header": "X-Connection"}},
                            {"methods": ["*"], "path": "/own/**", "any": ["crm:use"], "connection": {"name": "crm"}}]}
                """.formatted(server.base("orders")));
        return new Connected(another(server, "acme", "crm:use"));
    }

    /// Another organization with an application that has this scope.
    static Customer another(RunningServer server, String name, String scope) {
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + Setup.root(server) + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":{\"orders\":[\"" + scope + "\"]}}")
                .get("id")
                .asString();
        return Customer.create(server, name, role);
    }

    /// Connects; the parts are JSON members.
    Got connect(RunningServer server, String kind, String name, String parts, String... more) {
        return connectFor(server, customer.organization(), kind, name, parts, more);
    }

    static Got connectFor(
            RunningServer server, String organization, String kind, String name, String parts, String... more) {
        return server.admin(
                "POST",
                "/v1/organizations/" + organization + "/connections",
                "{\"platform\":\"Fake\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"credential\":{" + parts
                        + "}" + String.join("", more) + "}");
    }

    /// Connects and returns the id.
    String connected(RunningServer server, String kind, String name, String parts, String... more) {
        Got got = connect(server, kind, name, parts, more);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json().get("id").asString();
    }

    /// A call through a connection.
    Got call(RunningServer server, String connection, String method, String path, String body, String... headers) {
        return server.send(
                "orders",
                method,
                "/crm" + path,
                body,
                Stream.concat(
                                Stream.of("X-Connection", connection, "Authorization", "Bearer " + customer.apiKey()),
                                Stream.of(headers))
                        .toArray(String[]::new));
    }

    Got get(RunningServer server, String connection, String path) {
        return call(server, connection, "GET", path, "");
    }

    /// The same, asked again while the node says so: one that is too slow to know whether what it knows is current
    /// does. Whoever calls asks again once it knows.
    Got patiently(RunningServer server, String connection, String path) {
        Got got = get(server, connection, path);
        for (int more = AGAIN; got.status() == 503 && more > 0; more--) {
            awaitReady(server);
            got = get(server, connection, path);
        }
        return got;
    }

    /// Looks until a node can decide: one at a time, so that looking does not keep it from that.
    private static void awaitReady(RunningServer node) {
        synchronized (node) {
            long until = System.nanoTime() + LONGEST.toNanos();
            while (node.ops("/readyz").status() != 200) {
                if (System.nanoTime() - until > 0) {
                    throw new AssertionError("not ready within " + LONGEST);
                }
            }
        }
    }

    static JsonNode shown(RunningServer server, String connection) {
        Got got = server.admin("GET", "/v1/connections/" + connection, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }
}
