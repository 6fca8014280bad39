package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A client that sends requests to alice, and alice.
final class BackchannelWorld {
    static final String GRANT = "urn:openid:params:grant-type:ciba";
    static final String ENDPOINT = "/oauth2/bc-authorize";
    static final String PAGE = "/oauth2/requests";
    private static final Pattern NAME = Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]{43})\"");

    final RunningServer server;
    final Person alice;
    final Reader reader;
    final String application;
    final String clientId;
    final String basic;

    /// @param terms further members of the client
    BackchannelWorld(RunningServer server, String terms) {
        this(
                server,
                alice(server),
                "Till",
                List.of("things:read", "openid", "offline_access"),
                "\"" + GRANT + "\",\"refresh_token\"",
                terms);
    }

    private static Person alice(RunningServer server) {
        Setup.openIdApi(server, "orders", "jwt");
        return Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
    }

    /// Another client that sends requests to her.
    BackchannelWorld(
            RunningServer server, Person alice, String name, List<String> scopes, String grants, String terms) {
        this.server = server;
        this.alice = alice;
        this.reader = new Reader(server, "orders");
        String role = Setup.role(server, "role-of-" + name.toLowerCase(Locale.ROOT), scopes, "orders");
        JsonNode made = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"grant_types\":[" + grants + "]" + terms + "}");
        this.application = made.get("id").asString();
        this.clientId = made.get("client_id").asString();
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        this.basic = RunningServer.basic(clientId, secret);
    }

    private BackchannelWorld(RunningServer server, BackchannelWorld before) {
        this.server = server;
        this.alice = before.alice;
        this.reader = new Reader(server, "orders");
        this.application = before.application;
        this.clientId = before.clientId;
        this.basic = before.basic;
    }

    /// The same client and the same alice at the server that comes after.
    BackchannelWorld at(RunningServer after) {
        return new BackchannelWorld(after, this);
    }

    Got ask(String form) {
        return server.form("orders", ENDPOINT, form, "Authorization", basic);
    }

    /// A request that alice gets.
    JsonNode begun(String more) {
        Got got = ask("scope=openid+things%3Aread&login_hint=alice" + more);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    Got poll(JsonNode request) {
        return server.token(
                "orders",
                "grant_type=" + ExchangeWorld.encode(GRANT) + "&auth_req_id="
                        + request.get("auth_req_id").asString(),
                "Authorization",
                basic);
    }

    /// What she grants it.
    JsonNode granted() {
        JsonNode request = begun("");
        answered("allow");
        Got got = poll(request);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    /// Alice answers what came first.
    Got answered(String decision) {
        reader.cookies().clear();
        reader.signIn(alice);
        Matcher name = NAME.matcher(reader.open(PAGE).text());
        assertThat(name.find()).isTrue();
        reader.send(PAGE, "request", name.group(1));
        return reader.send(PAGE, "decision", decision);
    }

    Got changed(String body) {
        return server.admin("PATCH", "/v1/applications/" + application, body);
    }

    static void error(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
    }
}
