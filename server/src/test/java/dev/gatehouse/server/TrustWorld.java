package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Applications that trust issuers, at a server with two Apis.
final class TrustWorld implements AutoCloseable {
    static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    static final String ISSUER = "https://ci.example.com";
    static final String SUBJECT = "repo:acme/shop ref";

    /// An application and the issuer that it trusts.
    record Trust(String organization, String application, String clientId, String credential, SigningClient by) {}

    final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    final RunningServer server;

    /// What an application may do that acts for itself, and one that acts for users.
    final String role;

    final String acting;
    private int number;

    TrustWorld(Path folder) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", "jwt");
        Setup.exchangingApi(server, "parcels", "sealed");
        role = Setup.role(server, "plain", "orders", "parcels");
        acting = Setup.role(
                server, "acting", List.of("things:read", "things:write", "tokens:exchange"), "orders", "parcels");
    }

    /// Another number at each call, for names.
    int next() {
        return number++;
    }

    /// One with this role, these types of grants, and more of its credential.
    Trust trust(String of, String grants, String more) {
        return trust(of, grants, more, SigningClient.draw());
    }

    Trust trust(String of, String grants, String more, KeyPair pair) {
        int mark = next();
        String organization = Customer.created(server, "/v1/organizations", "{\"name\":\"o" + mark + "\"}")
                .get("id")
                .asString();
        JsonNode made = Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"batch\",\"role\":\"" + of + "\",\"grant_types\":[" + grants + "]}");
        String application = made.get("id").asString();
        JsonNode credential = Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"public_key\",\"name\":\"ci\",\"assertion_issuer\":\"" + ISSUER + "\",\"jwks\":"
                        + SigningClient.jwks("one", pair) + more + "}");
        String clientId = made.get("client_id").asString();
        return new Trust(
                organization,
                application,
                clientId,
                credential.get("id").asString(),
                new SigningClient(
                        organization,
                        application,
                        clientId,
                        credential.get("id").asString(),
                        pair,
                        "one"));
    }

    /// An issuer that speaks for the application itself.
    Trust trust() {
        return trust(role, "\"" + GRANT + "\"", ",\"scopes\":\"role\",\"assertion_subject\":\"" + SUBJECT + "\"");
    }

    /// What an issuer says of a subject, well-formed.
    Map<String, Object> claims(String api, String subject) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", subject);
        claims.put("aud", server.base(api));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().getEpochSecond() + 60);
        return claims;
    }

    static String form(String assertion, String more) {
        return "grant_type=" + ExchangeWorld.encode(GRANT) + "&assertion=" + assertion + more;
    }

    /// Asks for a token by what the issuer says.
    Got ask(String api, Trust trust, Map<String, Object> claims, String more) {
        return server.token(
                api, form(trust.by().sign(trust.by().header(), claims), "&client_id=" + trust.clientId() + more));
    }

    Got ask(String api, Trust trust) {
        return ask(api, trust, claims(api, SUBJECT), "");
    }

    int call(String api, String token) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    static void refused(Got got, String error) {
        assertThat(got.status()).as(got.text()).isIn(400, 401);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
    }

    @Override
    public void close() {
        server.close();
    }
}
