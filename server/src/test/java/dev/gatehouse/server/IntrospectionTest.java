package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET G03, G04 and D07: what introspection says of a token, and to whom. `orders` issues signed tokens,
/// `parcels` sealed ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntrospectionTest {
    private static final String INACTIVE = "{\"active\":false}";
    private static final List<String> APIS = List.of("orders", "parcels");

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String buyer = "";
    private Customer holder;

    /// Who asks about the holder's token, and what comes of it.
    enum Asker {
        ITSELF(true),
        AUDIENCE_WITH_ADMIN_SCOPE(true),
        AUDIENCE_WITH_SCOPE_AT_THE_API(true),
        AUDIENCE_WITH_SCOPE_AT_ANOTHER_API(false),
        AUDIENCE_WITHOUT_SCOPE(false),
        AUDIENCE_KEPT_FROM_THE_ADMIN_API(false),
        COLLEAGUE_WITH_SCOPE(true),
        COLLEAGUE_WITHOUT_SCOPE(false),
        PARENT_WITH_SCOPE(true),
        CHILD_WITH_SCOPE(false),
        STRANGER_WITH_SCOPE(false),
        STRANGER(false);

        final boolean learns;

        Asker(boolean learns) {
            this.learns = learns;
        }
    }

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        for (String api : APIS) {
            Setup.api(server, api, api.equals("orders") ? "jwt" : "sealed");
            String scopes = server.admin("GET", "/v1/apis/" + api, "").text();
            assertThat(scopes).doesNotContain("tokens:introspect");
        }
        buyer = Setup.role(server, "buyer", "orders", "parcels");
        String parent = organization(root(), "parent");
        String organization = organization(parent, "holder");
        holder = client(organization, "holder", buyer, "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String root() {
        return server.admin("GET", "/v1/whoami", "")
                .json()
                .at("/organization/id")
                .asString();
    }

    private String organization(String parent, String name) {
        return Customer.created(
                        server, "/v1/organizations", "{\"name\":\"" + name + "\",\"parent\":\"" + parent + "\"}")
                .get("id")
                .asString();
    }

    private String role(String name, String api, String... scopes) {
        String held = Stream.of(scopes).map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        return Customer.created(
                        server,
                        "/v1/organizations/" + root() + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":{\"" + api + "\":[" + held + "]}}")
                .get("id")
                .asString();
    }

    /// An application with a secret; `more` are further members of the secret.
    private Customer client(String organization, String name, String role, String more) {
        var application = Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}");
        String id = application.get("id").asString();
        var secret = Customer.created(
                server,
                "/v1/applications/" + id + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"pair\",\"scopes\":\"role\"" + more + "}");
        return new Customer(
                organization,
                id,
                application.get("client_id").asString(),
                "",
                "",
                secret.get("id").asString(),
                secret.get("secret").asString());
    }

    private Customer asker(Asker asker) {
        String name = asker.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String admin = "gatehouse";
        return switch (asker) {
            case ITSELF -> holder;
            case AUDIENCE_WITH_ADMIN_SCOPE -> client(root(), name, role(name, admin, "tokens:introspect"), "");
            case AUDIENCE_WITH_SCOPE_AT_THE_API, AUDIENCE_WITH_SCOPE_AT_ANOTHER_API -> {
                String api = asker == Asker.AUDIENCE_WITH_SCOPE_AT_THE_API ? "orders" : "parcels";
                withScope(api);
                yield client(root(), name, role(name, api, "tokens:introspect"), "");
            }
            case AUDIENCE_WITHOUT_SCOPE -> client(root(), name, role(name, admin, "keys:read"), "");
            case AUDIENCE_KEPT_FROM_THE_ADMIN_API ->
                client(root(), name, role(name, admin, "tokens:introspect"), ",\"apis\":[\"orders\"]");
            case COLLEAGUE_WITH_SCOPE ->
                client(holder.organization(), name, role(name, admin, "tokens:introspect"), "");
            case COLLEAGUE_WITHOUT_SCOPE -> client(holder.organization(), name, buyer, "");
            case PARENT_WITH_SCOPE -> client(parent(), name, role(name, admin, "tokens:introspect"), "");
            case CHILD_WITH_SCOPE ->
                client(organization(holder.organization(), name), name, role(name, admin, "tokens:introspect"), "");
            case STRANGER_WITH_SCOPE ->
                client(organization(root(), name), name, role(name, admin, "tokens:introspect"), "");
            case STRANGER -> client(organization(root(), name), name, buyer, "");
        };
    }

    private String parent() {
        return server.admin("GET", "/v1/organizations/" + holder.organization(), "")
                .json()
                .get("parent")
                .asString();
    }

    private void withScope(String api) {
        var stored = (tools.jackson.databind.node.ObjectNode)
                server.admin("GET", "/v1/apis/" + api, "").json();
        if (!stored.get("scopes").has("tokens:introspect")) {
            stored.withObject("/scopes/tokens:introspect").put("description", "Introspect");
            stored.remove(List.of("id", "name", "organization"));
            Got got = server.admin("PUT", "/v1/apis/" + api, stored.toString());
            assertThat(got.status()).as(got.text()).isEqualTo(200);
        }
    }

    private Got ask(String api, Customer who, String token) {
        return server.form(
                api,
                "/oauth2/introspect",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(who.clientId(), who.secret()));
    }

    private static Map<String, List<String>> headers(Got got) {
        return got.headers().entrySet().stream()
                .filter(header -> !List.of("date", "x-request-id").contains(header.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @EnumSource(Asker.class)
    void whoLearns(Asker asker) {
        String token = server.mint("orders", holder, "things:read");
        Customer who = asker(asker);
        Got got = ask("orders", who, token);
        Got garbage = ask("orders", who, token.substring(0, token.length() - 4) + "AAAA");
        assertThat(garbage.text()).isEqualTo(INACTIVE);
        assertThat(got.status()).isEqualTo(200);
        if (asker.learns) {
            assertThat(got.json().get("active").asBoolean()).isTrue();
        } else {
            assertThat(got.text()).isEqualTo(INACTIVE);
            assertThat(headers(got)).isEqualTo(headers(garbage));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anActiveTokenIsDescribed(String api) {
        String token = server.mint(api, holder, "things:read");
        Got got = ask(api, holder, token);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.header("Content-Type")).startsWith("application/json");
        var json = got.json();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "active", "scope", "client_id", "token_type", "exp", "iat", "sub", "aud", "iss", "jti");
        assertThat(json.get("active").asBoolean()).isTrue();
        assertThat(json.get("scope").asString()).isEqualTo("things:read");
        assertThat(json.get("client_id").asString()).isEqualTo(holder.clientId());
        assertThat(json.get("sub").asString()).isEqualTo(holder.clientId());
        assertThat(json.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.get("iss").asString()).isEqualTo(server.base(api));
        assertThat(json.get("aud").asString()).isNotEmpty();
        assertThat(json.get("jti").asString()).startsWith("tok_");
        assertThat(json.get("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(json.get("exp").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aTokenIsForOneApiAndTheHintChangesNothing(String api) {
        String token = server.mint(api, holder, "things:read");
        assertThat(ask(api.equals("orders") ? "parcels" : "orders", holder, token)
                        .text())
                .isEqualTo(INACTIVE);
        String basic = RunningServer.basic(holder.clientId(), holder.secret());
        for (String hint : List.of("refresh_token", "access_token", "nonsense")) {
            Got got = server.form(
                    api,
                    "/oauth2/introspect",
                    "token_type_hint=" + hint + "&token=" + token,
                    "Authorization",
                    basic,
                    "Accept",
                    "application/token-introspection+jwt");
            assertThat(got.json().get("active").asBoolean()).isTrue();
            assertThat(got.header("Content-Type")).startsWith("application/json");
        }
    }

    private Stream<Arguments> neverTokens() {
        return Stream.of(
                        holder.secret(),
                        server.bootstrapKey().reveal(),
                        "x",
                        "gts_",
                        "eyJ.eyJ.x",
                        "\u0000",
                        "é",
                        "a".repeat(9000))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("neverTokens")
    void whatIsNoTokenIsInactive(String text) {
        for (String api : APIS) {
            assertThat(ask(api, holder, text).text()).isEqualTo(INACTIVE);
        }
    }

    /// RFC 7662 section 2.1: the endpoint is for authenticated callers.
    @Test
    void whoDoesNotProveItselfIsToldNothing() {
        String token = server.mint("orders", holder, "things:read");
        String body = "token=" + token;
        Got none = server.form("orders", "/oauth2/introspect", body);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.text()).doesNotContain("active");
        Got wrong = server.form(
                "orders", "/oauth2/introspect", body, "Authorization", RunningServer.basic(holder.clientId(), "wrong"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
        Got bearer = server.form("orders", "/oauth2/introspect", body, "Authorization", "Bearer " + token);
        assertThat(bearer.status()).isEqualTo(401);
        Got twice = server.form(
                "orders",
                "/oauth2/introspect",
                body + "&client_secret=" + holder.secret(),
                "Authorization",
                RunningServer.basic(holder.clientId(), holder.secret()));
        assertThat(twice.status()).isEqualTo(400);
        Got post = server.form(
                "orders",
                "/oauth2/introspect",
                body + "&client_id=" + holder.clientId() + "&client_secret=" + holder.secret());
        assertThat(post.json().get("active").asBoolean()).isTrue();
        Got missing = server.form(
                "orders",
                "/oauth2/introspect",
                "x=y",
                "Authorization",
                RunningServer.basic(holder.clientId(), holder.secret()));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(server.call("orders", "GET", "/oauth2/introspect").status()).isEqualTo(405);
    }

    /// What ends or suspends a token ends it here too (GAUNTLET D06); what comes back comes back.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void theTokenIsJudgedAsByTheGateway(String api) {
        Customer audience = client(root(), "judge-" + api, role("judge-" + api, "gatehouse", "tokens:introspect"), "");
        Customer one = Customer.create(server, "judged-" + api, buyer);
        String token = server.mint(api, one, "things:read");
        String credential = "/v1/credentials/" + one.secretId();
        assertThat(ask(api, audience, token).json().get("active").asBoolean()).isTrue();
        for (String member : List.of(
                credential, "/v1/applications/" + one.application(), "/v1/organizations/" + one.organization())) {
            assertThat(server.admin("POST", member + "/suspend", "{}").status()).isEqualTo(200);
            assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
            assertThat(server.admin("POST", member + "/resume", "{}").status()).isEqualTo(200);
            assertThat(ask(api, audience, token).json().get("active").asBoolean())
                    .isTrue();
        }
        String role = "{\"role\":null}";
        assertThat(server.admin("PATCH", "/v1/applications/" + one.application(), role)
                        .status())
                .isEqualTo(200);
        assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
        role = "{\"role\":\"" + buyer + "\"}";
        assertThat(server.admin("PATCH", "/v1/applications/" + one.application(), role)
                        .status())
                .isEqualTo(200);
        assertThat(ask(api, audience, token).json().get("active").asBoolean()).isTrue();
        String elsewhere = "{\"addresses\":[\"192.0.2.0/24\"]}";
        assertThat(server.admin("PATCH", credential, elsewhere).status()).isEqualTo(200);
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(ask(api, audience, token).json().get("active").asBoolean())
                .as("the holder's address is the call's business")
                .isTrue();
        assertThat(server.admin("POST", credential + "/cut", "{}").status()).isEqualTo(200);
        assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
    }

    @Test
    void theDocumentNamesTheEndpoint() {
        var document = server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("introspection_endpoint").asString())
                .isEqualTo(server.base("orders") + "/oauth2/introspect");
        assertThat(document.get("introspection_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"client_secret_basic\",\"client_secret_post\"]");
    }

    /// The bootstrap key of a first start holds every admin scope, and may hand it out.
    @Test
    void theOwnerHoldsTheScope() {
        assertThat(server.admin("GET", "/v1/whoami", "").text()).contains("tokens:introspect");
    }
}
