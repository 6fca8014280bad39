package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Two Apis at which tokens of others are exchanged, and who does it: organizations below each other, each with an
/// application.
final class ExchangeWorld implements AutoCloseable {
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final String GRANT = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange";

    final RunningServer server;
    private final String plain;
    private final String acting;
    private final String standingIn;
    private int number;

    ExchangeWorld(Path folder, TestClock clock) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", "jwt");
        Setup.exchangingApi(server, "parcels", "sealed");
        List<String> things = List.of("things:read", "things:write", "openid", "profile", "offline_access");
        plain = Setup.role(server, "plain", things, "orders", "parcels");
        acting = Setup.role(server, "acting", with(things, "tokens:exchange"), "orders", "parcels");
        standingIn = Setup.role(server, "standing-in", with(things, "tokens:impersonate"), "orders", "parcels");
    }

    private static List<String> with(List<String> scopes, String more) {
        return Stream.concat(scopes.stream(), Stream.of(more)).toList();
    }

    /// An organization below the provider's.
    String organization() {
        return organization(Setup.root(server));
    }

    /// One below that.
    String organization(String above) {
        return Customer.created(
                        server, "/v1/organizations", "{\"name\":\"o" + number++ + "\",\"parent\":\"" + above + "\"}")
                .get("id")
                .asString();
    }

    /// An application that has tokens and exchanges none of others.
    Customer subject(String organization) {
        return Customer.of(server, organization, "subject" + number++, plain);
    }

    /// One that acts for whose token it has.
    Customer actor(String organization) {
        return Customer.of(server, organization, "actor" + number++, acting);
    }

    /// One that stands in for whose token it has.
    Customer standIn(String organization) {
        return Customer.of(server, organization, "stand-in" + number++, standingIn);
    }

    String own(String api, Customer client) {
        return token(server.token(api, client, "grant_type=client_credentials&scope=things%3Aread+things%3Awrite"));
    }

    /// @param more further parameters, encoded, each behind `&`
    Got exchanged(String api, Customer client, String token, String more) {
        return server.token(api, client, form(token, more));
    }

    static String form(String token, String more) {
        return GRANT + "&subject_token=" + encode(token)
                + (more.contains("&subject_token_type=") ? "" : "&subject_token_type=" + encode(ACCESS_TOKEN)) + more;
    }

    static String acted(String token) {
        return "&actor_token=" + encode(token) + "&actor_token_type=" + encode(ACCESS_TOKEN);
    }

    int call(String api, String token) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    /// What its client is told of a token.
    Got introspected(String api, Customer client, String token) {
        return server.form(
                api,
                "/oauth2/introspect",
                "token=" + encode(token),
                "Authorization",
                RunningServer.basic(client.clientId(), client.secret()));
    }

    static String token(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    static void refused(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
    }

    void done(String method, String path, String body) {
        Got got = server.admin(method, path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
