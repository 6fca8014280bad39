package dev.gatehouse.bench;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What is in the database of a node: two Apis that differ in their tokens only, and one application that may call
/// both.
///
/// @param apiKey of the application
/// @param clientSecret of the application
record Installation(String application, String apiKey, String clientSecret) {
    static final String CLIENT = "bench";

    /// The host name of the Api with sealed tokens, for verdicts.
    static final String HOST = "orders.bench.example";

    private static final List<String> SCOPES = List.of("orders:read", "orders:write");
    private static final List<String> OPENID = List.of("orders:read", "openid", "offline_access");

    static Installation make(Node node, String upstream) {
        try (AdminClient admin = new AdminClient(URI.create(node.admin()), Secret.of(node.bootstrapKey()))) {
            admin.createApi(api("sealed", node.sealed(""), upstream).with("hosts", Json.strings(List.of(HOST))));
            admin.createApi(api("jwt", node.jwt(""), upstream));
            String provider = provider(admin);
            Json.Obj rights =
                    Json.Obj.EMPTY.with("sealed", Json.strings(SCOPES)).with("jwt", Json.strings(SCOPES));
            Role role = admin.createRole(
                    provider, Json.Obj.EMPTY.with("name", "customer").with("rights", rights));
            Organization customer =
                    admin.createOrganization(Json.Obj.EMPTY.with("name", "Acme").with("parent", provider));
            Application shop = admin.createApplication(
                    customer.id(),
                    Json.Obj.EMPTY
                            .with("name", "shop")
                            .with("client_id", CLIENT)
                            .with("role", role.id()));
            return new Installation(
                    shop.id(), secret(admin, shop, "api_key", rights), secret(admin, shop, "secret", rights));
        }
    }

    private static String secret(AdminClient admin, Application shop, String kind, Json.Obj rights) {
        Credential made = admin.createCredential(
                shop.id(), Json.Obj.EMPTY.with("kind", kind).with("name", kind).with("scopes", rights));
        return made.secret().map(Secret::reveal).orElseThrow(() -> new BenchException("no secret"));
    }

    /// The organization that the node was made with.
    static String provider(AdminClient admin) {
        return admin.whoami()
                .get("organization")
                .flatMap(value -> value instanceof Json.Obj own ? own.text("id") : Optional.empty())
                .orElseThrow(() -> new BenchException("no organization"));
    }

    /// An Api that people sign in to.
    static Json.Obj openId(String name, String issuer) {
        return api(name, issuer, "http://127.0.0.1:9", OPENID);
    }

    private static Json.Obj api(String name, String issuer, String upstream) {
        return api(name, issuer, upstream, SCOPES);
    }

    private static Json.Obj api(String name, String issuer, String upstream, List<String> names) {
        Json.Obj scopes = Json.Obj.EMPTY;
        for (String scope : names) {
            scopes = scopes.with(scope, Json.Obj.EMPTY.with("description", scope));
        }
        return Json.Obj.EMPTY
                .with("name", name)
                .with("issuer", issuer)
                .with("listener", name)
                .with("upstream", upstream)
                .with(
                        "tokens",
                        Json.Obj.EMPTY
                                .with("format", name)
                                .with("algorithm", "ES256")
                                .with("life_seconds", new Json.Num("3600")))
                .with("scopes", scopes)
                .with(
                        "routes",
                        new Json.Arr(List.of(Json.Obj.EMPTY
                                .with("methods", Json.strings(List.of("GET")))
                                .with("path", "/orders/{id}")
                                .with("all", Json.strings(List.of("orders:read"))))));
    }
}
