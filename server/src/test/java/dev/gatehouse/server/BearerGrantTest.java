package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tokens on the word of an issuer that an application trusts, over HTTP (RFC 7523 sections 2.1 and 3, GAUNTLET
/// C06, D06).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerGrantTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String ISSUER = "https://ci.example.com";
    private static final String SUBJECT = "repo:acme/shop ref";

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private String role = "";
    private String acting = "";
    private int number;

    /// An application and the issuer that it trusts.
    private record Trust(
            String organization, String application, String clientId, String credential, SigningClient by) {}

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", "jwt");
        Setup.exchangingApi(server, "parcels", "sealed");
        role = Setup.role(server, "plain", "orders", "parcels");
        acting = Setup.role(
                server, "acting", List.of("things:read", "things:write", "tokens:exchange"), "orders", "parcels");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Trust trust(String of, String grants, String more) {
        return trust(of, grants, more, SigningClient.draw());
    }

    private Trust trust(String of, String grants, String more, KeyPair pair) {
        int mark = number++;
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

    private Trust trust() {
        return trust(role, "\"" + GRANT + "\"", ",\"scopes\":\"role\",\"assertion_subject\":\"" + SUBJECT + "\"");
    }

    private Map<String, Object> claims(String api, String subject) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", subject);
        claims.put("aud", server.base(api));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().getEpochSecond() + 60);
        return claims;
    }

    private static String form(String assertion, String more) {
        return "grant_type=" + ExchangeWorld.encode(GRANT) + "&assertion=" + assertion + more;
    }

    private Got ask(String api, Trust trust, Map<String, Object> claims, String more) {
        return server.token(
                api, form(trust.by().sign(trust.by().header(), claims), "&client_id=" + trust.clientId() + more));
    }

    private Got ask(String api, Trust trust) {
        return ask(api, trust, claims(api, SUBJECT), "");
    }

    private int call(String api, String token) {
        return server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    private static void refused(Got got, String error) {
        assertThat(got.status()).as(got.text()).isIn(400, 401);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anIssuerSpeaksForAnApplication(String api) {
        Trust trust = trust();
        Got got = ask(api, trust, claims(api, SUBJECT), "&scope=things%3Aread");
        String token = ExchangeWorld.token(got);
        assertThat(got.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(got.json().has("refresh_token")).isFalse();
        assertThat(call(api, token)).isEqualTo(200);
        Map<String, Object> claims = claims(api, SUBJECT);
        claims.put("aud", server.base(api) + "/oauth2/token");
        assertThat(ask(api, trust, claims, "").status()).isEqualTo(200);
        JsonNode shown =
                server.admin("GET", "/v1/credentials/" + trust.credential(), "").json();
        assertThat(shown.get("assertion_issuer").asString()).isEqualTo(ISSUER);
        assertThat(shown.get("assertion_subject").asString()).isEqualTo(SUBJECT);
        assertThat(shown.get("jwks").get("keys").size()).isEqualTo(1);
    }

    /// RFC 9396 section 6.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anIssuerSpeaksForAnApplicationThatAsksExactly(String api) {
        Trust trust = trust();
        refused(
                ask(api, trust, claims(api, SUBJECT), "&scope=things%3Aread" + Payments.asked("Shop")),
                "invalid_authorization_details");
        Payments.typed(server, api);
        Got got = ask(api, trust, claims(api, SUBJECT), "&scope=things%3Aread" + Payments.asked("Shop"));
        assertThat(got.json().get("authorization_details")).isEqualTo(Payments.tree("Shop"));
    }

    /// Section 3 (7): once, on the same node; the store's contract has others.
    @Test
    void anAssertionCountsOnce() {
        Trust trust = trust();
        Map<String, Object> claims = claims("orders", SUBJECT);
        assertThat(ask("orders", trust, claims, "").status()).isEqualTo(200);
        refused(ask("orders", trust, claims, ""), "invalid_grant");
        refused(ask("orders", trust, claims, "&scope=things%3Aread"), "invalid_grant");
    }

    /// Whichever application shows it (GAUNTLET R2): another one that trusts the same key of the same issuer.
    /// One that only says the same of keys of its own is no issuer's, and uses up nothing of another's.
    @Test
    void anAssertionCountsOnceForAllApplications() {
        String more = ",\"scopes\":\"role\",\"assertion_subject\":\"" + SUBJECT + "\"";
        Trust one = trust(role, "\"" + GRANT + "\"", more);
        Trust two = trust(role, "\"" + GRANT + "\"", more, one.by().pair());
        Trust impostor = trust(role, "\"" + GRANT + "\"", more);
        Map<String, Object> claims = claims("orders", SUBJECT);
        assertThat(ask("orders", impostor, claims, "").status()).isEqualTo(200);
        assertThat(ask("orders", one, claims, "").status()).isEqualTo(200);
        refused(ask("orders", two, claims, ""), "invalid_grant");
        assertThat(ask("orders", two).status()).isEqualTo(200);
    }

    /// What issuers in use write: GitHub names the certificate of its key, Kubernetes lists its audiences, and
    /// a name is theirs to give or not.
    @Test
    void whatIssuersInUseWriteIsTaken() {
        Trust trust = trust();
        String named = "&client_id=" + trust.clientId();
        for (String header : List.of(
                "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5t\":\"ykNaY4qM_ta4k2TgZOCEYLkcYlA\",\"kid\":\"one\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\"}",
                "{\"kid\":\"one\",\"typ\":\"JWT\",\"alg\":\"ES256\",\"x5t#S256\":\"x\",\"later\":{\"a\":[1]}}")) {
            Map<String, Object> claims = claims("orders", SUBJECT);
            claims.put("aud", List.of(server.base("orders")));
            claims.remove("jti");
            claims.put("kubernetes.io", Map.of("namespace", header.length()));
            String text = trust.by().sign(header, RunningServer.JSON.writeValueAsString(claims));
            Got got = server.token("orders", form(text, named));
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            refused(server.token("orders", form(text, named)), "invalid_grant");
        }
        for (String never : List.of(
                "\"crit\":[\"x\"],\"x\":1",
                "\"b64\":false",
                "\"x5u\":\"https://evil.example.com\"",
                "\"x5c\":[\"x\"]",
                "\"typ\":1")) {
            String header = "{\"alg\":\"ES256\",\"kid\":\"one\"," + never + "}";
            String text = trust.by().sign(header, RunningServer.JSON.writeValueAsString(claims("orders", SUBJECT)));
            refused(server.token("orders", form(text, named)), "invalid_grant");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example.com",
        "iss, ",
        "sub, repo:acme/other",
        "sub, ",
        "aud, https://elsewhere.example.com",
        "jti, ",
        "exp, -1",
        "exp, 0",
        "exp, 90000",
        "nbf, 61",
        "iat, 61"
    })
    void wrongClaimsAreRefused(String name, String value) {
        Trust trust = trust();
        Map<String, Object> claims = claims("orders", SUBJECT);
        boolean time = List.of("exp", "nbf", "iat").contains(name);
        claims.put(
                name,
                time
                        ? clock.instant().getEpochSecond() + Long.parseLong(value)
                        : Optional.ofNullable(value).orElse(""));
        refused(ask("orders", trust, claims, ""), "invalid_grant");
        for (String required : List.of("iss", "sub", "aud", "exp")) {
            Map<String, Object> fewer = claims("orders", SUBJECT);
            fewer.remove(required);
            refused(ask("orders", trust, fewer, ""), "invalid_grant");
        }
        claims = claims("orders", SUBJECT);
        for (Object others : List.of(
                List.of(server.base("orders"), "https://evil.example.com"),
                List.of(server.base("orders"), server.base("orders")),
                List.of(List.of(server.base("orders"))),
                List.of())) {
            claims.put("aud", others);
            refused(ask("orders", trust, claims, ""), "invalid_grant");
        }
    }

    /// GAUNTLET E01-E06.
    @Test
    void wrongKeysAndHeadersAreRefused() {
        Trust trust = trust();
        SigningClient other = trust.by().with("", SigningClient.draw(), "one");
        Map<String, Object> claims = claims("orders", SUBJECT);
        String named = "&client_id=" + trust.clientId();
        refused(server.token("orders", form(other.sign(other.header(), claims), named)), "invalid_grant");
        for (String header : List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"kid\":\"one\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\",\"jku\":\"https://evil.example.com\"}",
                "{\"alg\":\"ES256\",\"jwk\":" + SigningClient.jwks("one", other.pair()) + "}")) {
            String text = other.sign(header, RunningServer.JSON.writeValueAsString(claims));
            refused(server.token("orders", form(text, named)), "invalid_grant");
        }
        refused(server.token("orders", form("x", named)), "invalid_grant");
        refused(server.token("orders", "grant_type=" + ExchangeWorld.encode(GRANT) + named), "invalid_request");
        assertThat(ask("orders", trust, claims, "").status()).isEqualTo(200);
    }

    /// The keys are the issuer's: neither does it authenticate as the application, nor the application as it.
    @Test
    void theIssuerIsNotTheClient() {
        Trust trust = trust();
        server.admin(
                "PATCH",
                "/v1/applications/" + trust.application(),
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"grant_types\":[\"client_credentials\",\"" + GRANT
                        + "\"]}");
        String assertion = trust.by().assertion(server.base("orders"), clock.instant());
        refused(
                server.token("orders", SigningClient.form(assertion, "grant_type=client_credentials")),
                "invalid_client");
        Trust another = trust();
        refused(
                server.token(
                        "orders",
                        form(
                                trust.by().sign(trust.by().header(), claims("orders", SUBJECT)),
                                "&client_id=" + another.clientId())),
                "invalid_grant");
        refused(
                server.token("orders", form(trust.by().sign(trust.by().header(), claims("orders", SUBJECT)), "")),
                "invalid_client");
    }

    @Test
    void theClientsTermsAndTheCredentialsScopesBoundIt() {
        Trust without =
                trust(role, "\"client_credentials\"", ",\"scopes\":\"role\",\"assertion_subject\":\"" + SUBJECT + "\"");
        refused(ask("orders", without), "unauthorized_client");
        Trust narrow = trust(
                role,
                "\"" + GRANT + "\"",
                ",\"scopes\":{\"orders\":[\"things:read\"]},\"apis\":[\"orders\"],\"assertion_subject\":\"" + SUBJECT
                        + "\"");
        assertThat(ask("orders", narrow).json().get("scope").asString()).isEqualTo("things:read");
        refused(ask("orders", narrow, claims("orders", SUBJECT), "&scope=things%3Awrite"), "invalid_scope");
        refused(ask("parcels", narrow), "unauthorized_client");
        refused(ask("orders", narrow, claims("orders", SUBJECT), "&resource=urn%3Ax"), "invalid_target");
    }

    @ParameterizedTest
    @CsvSource({
        "credentials, HOLD", "credentials, CUT", "credentials, REVOKE",
        "applications, HOLD", "applications, CUT", "applications, REVOKE",
        "organizations, HOLD", "organizations, CUT", "organizations, REVOKE"
    })
    void endingTheTrustEndsItsTokens(String noun, String verb) {
        Trust trust = trust();
        String token = ExchangeWorld.token(ask("orders", trust));
        assertThat(call("orders", token)).isEqualTo(200);
        String id = switch (noun) {
            case "credentials" -> trust.credential();
            case "applications" -> trust.application();
            default -> trust.organization();
        };
        Got got = server.admin("POST", "/v1/" + noun + "/" + id + "/" + verb.toLowerCase(Locale.ROOT), "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(call("orders", token)).isEqualTo(401);
        if (verb.equals("CUT")) {
            assertThat(ask("orders", trust).status()).isEqualTo(200);
        } else {
            refused(ask("orders", trust), "invalid_grant");
        }
    }

    /// Other keys of the same issuer take the place of those before.
    @Test
    void theIssuersKeysRotate() {
        Trust trust = trust();
        KeyPair next = SigningClient.draw();
        Got got = server.admin(
                "POST",
                "/v1/credentials/" + trust.credential() + "/rotate",
                "{\"jwks\":" + SigningClient.jwks("two", next) + "}");
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.json().get("assertion_issuer").asString()).isEqualTo(ISSUER);
        refused(ask("orders", trust), "invalid_grant");
        SigningClient renewed = trust.by().with("", next, "two");
        Got with = server.token(
                "orders",
                form(renewed.sign(renewed.header(), claims("orders", SUBJECT)), "&client_id=" + trust.clientId()));
        assertThat(with.status()).as(with.text()).isEqualTo(200);
    }

    @Test
    void whatIsNoTrustIsNotWrittenDown() {
        Trust trust = trust();
        String path = "/v1/applications/" + trust.application() + "/credentials";
        String jwks = SigningClient.jwks("one", SigningClient.draw());
        for (String wrong : List.of(
                "\"kind\":\"secret\",\"assertion_issuer\":\"x\"",
                "\"kind\":\"public_key\",\"assertion_issuer\":\"x\"",
                "\"kind\":\"public_key\",\"assertion_subject\":\"x\",\"jwks\":" + jwks,
                "\"kind\":\"public_key\",\"assertion_issuer\":\"\",\"jwks\":" + jwks,
                "\"kind\":\"public_key\",\"assertion_issuer\":\"x\",\"tls_client_auth_san_dns\":\"a.example\"")) {
            Got got = server.admin("POST", path, "{\"name\":\"w\"," + wrong + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
    }

    /// An issuer that names users speaks to an application that acts for them: its own proof comes besides.
    @Test
    void anIssuerSpeaksOfUsers() {
        Trust trust = trust(acting, "\"" + GRANT + "\"", ",\"scopes\":\"role\"");
        Person alice = CodeFlow.person(server, trust.organization(), "alice" + number++, role);
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + trust.application() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        String basic = RunningServer.basic(trust.clientId(), secret);
        Got got = server.token(
                "orders",
                form(trust.by().sign(trust.by().header(), claims("orders", alice.username())), "&scope=things%3Aread"),
                "Authorization",
                basic);
        String token = ExchangeWorld.token(got);
        Got seen = server.form(
                "orders", "/oauth2/introspect", "token=" + ExchangeWorld.encode(token), "Authorization", basic);
        assertThat(seen.json().get("sub").asString()).isEqualTo(alice.id());
        assertThat(seen.json().get("client_id").asString()).isEqualTo(trust.clientId());
        assertThat(call("orders", token)).isEqualTo(200);
        refused(ask("orders", trust, claims("orders", alice.username()), ""), "invalid_client");
        for (String nobody : List.of("nobody", trust.clientId(), "")) {
            refused(
                    server.token(
                            "orders",
                            form(trust.by().sign(trust.by().header(), claims("orders", nobody)), ""),
                            "Authorization",
                            basic),
                    "invalid_grant");
        }
        clock.advance(Duration.ofSeconds(1));
        server.admin("POST", "/v1/users/" + alice.id() + "/hold", "{}");
        assertThat(call("orders", token)).isEqualTo(401);
        server.admin("POST", "/v1/users/" + alice.id() + "/lift", "{}");
        assertThat(call("orders", token)).isEqualTo(200);
        server.admin("POST", "/v1/credentials/" + trust.credential() + "/revoke", "{}");
        assertThat(call("orders", token)).isEqualTo(401);
    }

    /// GAUNTLET H09: acting for users on an issuer's word is the right to act, asked for at every use.
    @Test
    void whoMayNotActForUsersDoesNot() {
        Trust trust = trust(role, "\"" + GRANT + "\"", ",\"scopes\":\"role\"");
        Person bob = CodeFlow.person(server, trust.organization(), "bob" + number++, role);
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + trust.application() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        refused(
                server.token(
                        "orders",
                        form(trust.by().sign(trust.by().header(), claims("orders", bob.username())), ""),
                        "Authorization",
                        RunningServer.basic(trust.clientId(), secret)),
                "unauthorized_client");
    }

    /// GAUNTLET H04, R6: who may only write credentials lets an issuer speak for an application, not of its
    /// users; and no rotation turns one into the other, or one issuer into another.
    @Test
    void believingAnIssuerOfUsersTakesWhatAnOwnerMay() {
        String writer = Customer.created(server, "/v1/organizations/" + Setup.root(server) + "/roles", """
                        {"name": "writer", "rights": {"gatehouse": ["keys:write"],
                         "orders": ["things:read", "things:write"], "parcels": ["things:read", "things:write"]}}
                        """)
                .get("id")
                .asString();
        Secret weak = Secret.of(
                Customer.of(server, Setup.root(server), "writer", writer).apiKey());
        Trust own = trust();
        Trust users = trust(role, "\"" + GRANT + "\"", "");
        String path = "/v1/applications/" + own.application() + "/credentials";
        String jwks = "\"jwks\":" + SigningClient.jwks("one", SigningClient.draw());
        String body = "{\"kind\":\"public_key\",\"name\":\"w\"," + jwks;
        String issuer = ",\"assertion_issuer\":\"" + ISSUER + "\"";
        Got plain = server.admin(weak, "POST", path, body + "}");
        assertThat(plain.status()).as(plain.text()).isEqualTo(201);
        assertThat(server.admin(weak, "POST", path, body + issuer + ",\"assertion_subject\":\"x\"}")
                        .status())
                .isEqualTo(201);
        assertThat(server.admin(weak, "POST", path, body + issuer + "}").status())
                .isEqualTo(403);
        String rotate = "/rotate";
        assertThat(server.admin(weak, "POST", "/v1/credentials/" + users.credential() + rotate, "{" + jwks + "}")
                        .status())
                .isEqualTo(403);
        assertThat(server.admin("POST", "/v1/credentials/" + users.credential() + rotate, "{" + jwks + "}")
                        .status())
                .isEqualTo(201);
        String key = plain.json().get("id").asString();
        for (String other : List.of(issuer, issuer + ",\"assertion_subject\":\"x\"")) {
            Got got = server.admin("POST", "/v1/credentials/" + key + rotate, "{" + jwks + other + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
        for (String other : List.of(
                ",\"assertion_issuer\":\"https://evil.example.com\"", ",\"assertion_subject\":\"repo:acme/other\"")) {
            Got got = server.admin("POST", "/v1/credentials/" + own.credential() + rotate, "{" + jwks + other + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
    }

    @Test
    void theDocumentNamesTheGrant() {
        JsonNode document = server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("grant_types_supported").toString()).contains(GRANT);
    }
}
