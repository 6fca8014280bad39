package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Subject;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.Secret;
import dev.gatehouse.client.User;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Tokens of people who have signed in: by the authorization code grant with PKCE, then by refreshing with
/// rotation, beside Spring Authorization Server on the same PostgreSQL. Both sign access tokens and ID tokens
/// with ES256.
final class JourneyScenario implements Scenario {
    private static final String YARDSTICK = "Gatehouse";
    private static final List<String> SCOPES = List.of("openid", "offline_access", "orders:read");

    private final boolean refresh;

    private JourneyScenario(boolean refresh) {
        this.refresh = refresh;
    }

    static Scenario code() {
        return new JourneyScenario(false);
    }

    static Scenario refresh() {
        return new JourneyScenario(true);
    }

    @Override
    public String name() {
        return refresh ? "refresh" : "code";
    }

    @Override
    public String title() {
        return refresh ? "Refreshing tokens, with rotation" : "Authorization code, of somebody who has signed in";
    }

    @Override
    public List<String> needs() {
        return List.of("taskset");
    }

    @Override
    public Part run(Bench bench) {
        List<Subject> subjects = new ArrayList<>();
        List<String> notes = new ArrayList<>(List.of(
                refresh
                        ? "A request is one refresh: another refresh token, access token and ID token."
                        : "A request is a journey of two: the browser is sent for a code, the client redeems it for access"
                                + " token, ID token and refresh token. " + Journey.PEOPLE + " people take turns."));
        try (Node node = Node.start(bench, bench.work().resolve(name()), Database.PostgreSql.fresh())) {
            String own = TokenCall.basic(Installation.CLIENT, secret(node));
            subjects.add(new Subject(
                    YARDSTICK, node.handle(), new Journey(node.jwt(""), Installation.CLIENT, own, refresh)));
            if (!Files.exists(SpringServer.jar(bench))) {
                notes.add("Spring Authorization Server: not run, it was not built.");
                return new Part.Compared(bench.compare(subjects), YARDSTICK, notes);
            }
            try (SpringServer spring = SpringServer.start(bench, Database.PostgreSql.fresh())) {
                String basic = TokenCall.basic("bench", SpringServer.SECRET);
                subjects.add(new Subject(
                        "Spring Authorization Server",
                        spring.handle(),
                        new Journey(spring.address(""), "bench", basic, refresh)));
                return new Part.Compared(bench.compare(subjects), YARDSTICK, notes);
            }
        }
    }

    /// Makes the people and the client; tells the client's secret.
    private static String secret(Node node) {
        try (AdminClient admin = new AdminClient(URI.create(node.admin()), Secret.of(node.bootstrapKey()))) {
            admin.createApi(Installation.openId("jwt", node.jwt("")));
            String provider = Installation.provider(admin);
            Role role = admin.createRole(
                    provider,
                    Json.Obj.EMPTY
                            .with("name", "buyer")
                            .with("rights", Json.Obj.EMPTY.with("jwt", Json.strings(SCOPES))));
            for (int i = 0; i < Journey.PEOPLE; i++) {
                User person = admin.createUser(provider, Json.Obj.EMPTY.with("username", Journey.username(i)));
                admin.setPassword(person.id(), Secret.of(Journey.PASSWORD));
                admin.createMembership(
                        provider, Json.Obj.EMPTY.with("user", person.id()).with("role", role.id()));
            }
            Application shop = admin.createApplication(
                    provider,
                    Json.Obj.EMPTY
                            .with("name", "shop")
                            .with("client_id", Installation.CLIENT)
                            .with("role", role.id())
                            .with("token_endpoint_auth_method", "client_secret_basic")
                            .with("id_token_signed_response_alg", "ES256")
                            .with("grant_types", Json.strings(List.of("authorization_code", "refresh_token")))
                            .with("redirect_uris", Json.strings(List.of(Journey.REDIRECT))));
            return admin.createCredential(
                            shop.id(),
                            Json.Obj.EMPTY
                                    .with("kind", "secret")
                                    .with("name", "secret")
                                    .with("scopes", "role"))
                    .secret()
                    .map(Secret::reveal)
                    .orElseThrow(() -> new BenchException("no secret"));
        }
    }
}
