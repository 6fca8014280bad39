package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.Victim.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Apis (`orders` with `jwt`, `parcels` with `sealed` tokens, `relaxed` that does without the database), a role,
/// and an application that stays.
final class Estate {
    /// The signing keys of `orders`.
    static final String KEYS = "/v1/apis/orders/keys";

    static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";
    private static final String EXCHANGE = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
            + "&subject_token_type=urn%3Agatehouse%3Atoken-type%3Acustomer&scope=things%3Aread&subject_token=";

    /// An application, its key and its pair.
    record Member(String organization, String application, String clientId, String keyId, String key, String secret) {
        String basic() {
            return Wire.basic(clientId, secret);
        }

        String bearer() {
            return "Bearer " + key;
        }
    }

    final Member steady;
    final Cluster cluster;
    private final String role;
    private final AtomicInteger names = new AtomicInteger();

    private Estate(Cluster cluster) {
        this.cluster = cluster;
        api("orders", "jwt", "refuse");
        api("parcels", "sealed", "refuse");
        api("relaxed", "sealed", "serve-for 600s");
        String root = cluster.shown(cluster.node(0), "/v1/whoami")
                .json()
                .get("organization")
                .get("id")
                .asString();
        this.role = cluster.created(
                        "/v1/organizations/" + root + "/roles",
                        "{\"name\":\"buyer\",\"rights\":{\"orders\":[\"things:read\",\"tokens:delegate\"],\"parcels\":[\"things:read\"],"
                                + "\"relaxed\":[\"things:read\"]}}")
                .member("id");
        this.steady = member();
    }

    static Estate of(Cluster cluster) {
        return new Estate(cluster);
    }

    private void api(String name, String format, String onDatabaseLoss) {
        var _ = cluster.created("/v1/apis", """
            {"name": "%1$s", "issuer": "https://%1$s.test", "listener": "%1$s", "upstream": "%2$s",
             "on_database_loss": "%4$s", "tokens": {"format": "%3$s", "life_seconds": 240},
             "scopes": {"things:read": {"description": "See things"},
                        "tokens:delegate": {"description": "Act for customers"}},
             "routes": [{"methods": ["GET"], "path": "/things", "any": ["things:read"]}]}
            """.formatted(name, cluster.upstreamBase(), format, onDatabaseLoss));
    }

    /// An organization of its own with one application.
    Member member() {
        int number = names.incrementAndGet();
        String organization = cluster.created("/v1/organizations", "{\"name\":\"org-%d\"}".formatted(number))
                .member("id");
        Got application = cluster.created(
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"app\",\"role\":\"%s\"}".formatted(role));
        String id = application.member("id");
        Got key = credential(id, "api_key");
        return new Member(
                organization,
                id,
                application.member("client_id"),
                key.member("id"),
                key.member("secret"),
                credential(id, "secret").member("secret"));
    }

    private Got credential(String application, String kind) {
        return cluster.created(
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"%s\",\"name\":\"n%d\",\"scopes\":\"role\"}".formatted(kind, names.incrementAndGet()));
    }

    int call(Node node, String api, String authorization) {
        return call(node.port(api), authorization);
    }

    /// What a node says of a call when it can decide: on a busy machine one may miss its beats for a moment,
    /// and then it says so with 503.
    int decided(Node node, String api, String authorization) {
        return Cluster.answered(() -> cluster.wire.send(node.port(api), "GET", "/things", authorization))
                .status();
    }

    /// Calls once and says what came instead when it is not 200.
    void served(Node node, String api, String authorization) {
        Got got = cluster.wire.send(node.port(api), "GET", "/things", authorization);
        assertThat(got.status()).as("%s: %s", node.name, got.text()).isEqualTo(200);
    }

    int call(int port, String authorization) {
        return cluster.wire.send(port, "GET", "/things", authorization).status();
    }

    Got token(Node node, String api, String basic) {
        return token(node.port(api), basic);
    }

    Got token(int port, String basic) {
        return cluster.wire.form(port, "/oauth2/token", basic, GRANT);
    }

    String minted(Node node, String api, Member member) {
        return "Bearer "
                + Cluster.answered(() -> token(node, api, member.basic()))
                        .expecting(200)
                        .member("access_token");
    }

    /// What the client of a token learns about it: 200 when it is active, 401 when it or its client is not.
    int introspected(Node node, String api, Member client, String bearer) {
        Got got = cluster.wire.form(node.port(api), "/oauth2/introspect", client.basic(), form(bearer));
        return got.status() == 200 && !got.json().get("active").asBoolean() ? 401 : got.status();
    }

    /// The end of a token of [#steady].
    Got revoked(Node node, String api, String bearer) {
        return cluster.wire.form(node.port(api), "/oauth2/revoke", steady.basic(), form(bearer));
    }

    private static String form(String bearer) {
        return "token=" + bearer.substring("Bearer ".length());
    }

    /// The ids of the signing keys of `orders` in one state.
    List<String> keys(String state) {
        JsonNode items = cluster.shown(cluster.node(0), KEYS).json().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(key -> key.get("state").asString().equals(state)
                        && key.get("use").asString().equals("sign"))
                .map(key -> key.get("id").asString())
                .toList();
    }

    /// The one that signs.
    String activeKey() {
        List<String> active = keys("active");
        assertThat(active).hasSize(1);
        return active.getFirst();
    }

    /// Something fresh of this kind, to be revoked.
    Victim victim(Kind kind) {
        Node maker = cluster.node(0);
        return switch (kind) {
            case API_KEY -> {
                Got key = credential(steady.application(), "api_key");
                String bearer = "Bearer " + key.member("secret");
                yield revoked(kind, "orders", bearer, "/v1/credentials/" + key.member("id"));
            }
            case KEY_PAIR -> {
                Got pair = credential(steady.application(), "secret");
                String basic = Wire.basic(steady.clientId(), pair.member("secret"));
                String path = "/v1/credentials/" + pair.member("id") + "/revoke";
                yield new Victim(
                        kind,
                        "parcels",
                        basic,
                        node -> token(node, "parcels", basic).status(),
                        node -> cluster.admin(node, "POST", path, ""));
            }
            case JWT -> token(kind, "orders", minted(maker, "orders", steady));
            case SEALED -> token(kind, "parcels", minted(maker, "parcels", steady));
            case APPLICATION -> {
                Member member = member();
                String bearer = minted(maker, "orders", member);
                yield revoked(kind, "orders", bearer, "/v1/applications/" + member.application());
            }
            case ORGANIZATION -> {
                Member member = member();
                yield revoked(kind, "parcels", member.bearer(), "/v1/organizations/" + member.organization());
            }
            case CUSTOMER -> {
                String customer = cluster.created(
                                "/v1/organizations/" + steady.organization() + "/customers",
                                "{\"name\":\"customer-%d\"}".formatted(names.incrementAndGet()))
                        .member("id");
                Got token = Cluster.answered(() -> cluster.wire.form(
                                maker.port("orders"), "/oauth2/token", steady.basic(), EXCHANGE + customer))
                        .expecting(200);
                yield revoked(kind, "orders", "Bearer " + token.member("access_token"), "/v1/customers/" + customer);
            }
        };
    }

    private Victim revoked(Kind kind, String api, String bearer, String path) {
        return new Victim(
                kind,
                api,
                bearer,
                node -> call(node, api, bearer),
                node -> cluster.admin(node, "POST", path + "/revoke", ""));
    }

    private Victim token(Kind kind, String api, String bearer) {
        return new Victim(kind, api, bearer, node -> call(node, api, bearer), node -> revoked(node, api, bearer));
    }
}
