package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A token, and who may ask about it at another moment. `orders` issues signed tokens, `parcels` sealed ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntrospectionFixture {
    static final String INACTIVE = "{\"active\":false}";
    static final List<String> APIS = List.of("orders", "parcels");

    @TempDir
    static Path folder;

    final TestClock clock = new TestClock();
    RunningServer server;
    String buyer = "";
    Customer holder;

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

    String root() {
        return server.admin("GET", "/v1/whoami", "")
                .json()
                .at("/organization/id")
                .asString();
    }

    String organization(String parent, String name) {
        return Customer.created(
                        server, "/v1/organizations", "{\"name\":\"" + name + "\",\"parent\":\"" + parent + "\"}")
                .get("id")
                .asString();
    }

    String role(String name, String api, String... scopes) {
        String held = Stream.of(scopes).map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        return Customer.created(
                        server,
                        "/v1/organizations/" + root() + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":{\"" + api + "\":[" + held + "]}}")
                .get("id")
                .asString();
    }

    /// An application with a secret; `more` are further members of the secret.
    Customer client(String organization, String name, String role, String more) {
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

    Customer asker(Asker asker) {
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

    String parent() {
        return server.admin("GET", "/v1/organizations/" + holder.organization(), "")
                .json()
                .get("parent")
                .asString();
    }

    void withScope(String api) {
        var stored = (tools.jackson.databind.node.ObjectNode)
                server.admin("GET", "/v1/apis/" + api, "").json();
        if (!stored.get("scopes").has("tokens:introspect")) {
            stored.withObject("/scopes/tokens:introspect").put("description", "Introspect");
            stored.remove(List.of("id", "name", "organization"));
            Got got = server.admin("PUT", "/v1/apis/" + api, stored.toString());
            assertThat(got.status()).as(got.text()).isEqualTo(200);
        }
    }

    Got ask(String api, Customer who, String token) {
        return server.form(
                api,
                "/oauth2/introspect",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(who.clientId(), who.secret()));
    }

    static Map<String, List<String>> headers(Got got) {
        return got.headers().entrySet().stream()
                .filter(header -> !List.of("date", "x-request-id").contains(header.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
