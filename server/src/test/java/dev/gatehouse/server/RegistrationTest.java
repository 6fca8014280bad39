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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 7591: clients that register themselves, as far as the policy of an Api lets them.
class RegistrationTest {
    private static final String OPEN =
            "{\"role\":\"buyers\",\"open\":true,\"grant_types\":[\"authorization_code\",\"refresh_token\",\"client_credentials\"]}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Registrations registrations;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid", "offline_access"), "orders");
        registrations = new Registrations(server, "orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode metadata() {
        return server.call("orders", "GET", "/.well-known/openid-configuration").json();
    }

    @Test
    void nobodyRegistersWhereNoPolicyLetsThem() {
        assertThat(metadata().has("registration_endpoint")).isFalse();
        assertThat(registrations.send(Registrations.CLIENT).status()).isEqualTo(404);
        assertThat(server.call("orders", "GET", Registrations.PATH + "?client_id=x")
                        .status())
                .isEqualTo(404);
    }

    /// RFC 7591 sections 3.1, 3.1.1 and 3.2.1; RFC 8414 section 2.
    @Test
    void aClientIsToldWhatWasRegistered() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"pkce\":\"optional\"}");
        assertThat(metadata().get("registration_endpoint").asString())
                .isEqualTo(server.base("orders") + Registrations.PATH);
        JsonNode client = registrations.registered("""
                {"client_name": "Notes", "redirect_uris": ["https://notes.example.com/cb"], "scope": "things:read things:admin",
                 "grant_types": ["authorization_code", "refresh_token", "implicit"], "response_types": ["code"],
                 "client_uri": "https://notes.example.com", "logo_uri": "https://notes.example.com/logo.png",
                 "contacts": ["ops@notes.example.com"], "tos_uri": "https://notes.example.com/tos",
                 "policy_uri": "https://notes.example.com/privacy", "software_id": "notes", "subject_type": "public",
                 "id_token_signed_response_alg": "ES256", "request_object_signing_alg": "PS256",
                 "post_logout_redirect_uris": ["https://notes.example.com/bye"],
                 "backchannel_logout_uri": "https://notes.example.com/out", "backchannel_logout_session_required": true,
                 "frontchannel_logout_uri": "https://notes.example.com/front", "require_auth_time": true,
                 "default_max_age": 3600, "application_type": "web", "client_name#de": "Notizen", "unknown": {"a": 1},
                 "initiate_login_uri": "https://notes.example.com/login", "software_statement": "x.y.z"}
                """);
        assertThat(client.get("client_id").asString()).startsWith("app_");
        assertThat(client.get("client_secret").asString()).startsWith("ghs_live_");
        assertThat(client.get("client_secret_expires_at").asLong(-1)).isZero();
        assertThat(client.get("client_id_issued_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(client.get("registration_access_token").asString()).matches("gtr_[A-Za-z0-9_-]{43}");
        assertThat(client.get("token_endpoint_auth_method").asString()).isEqualTo("client_secret_basic");
        assertThat(client.get("grant_types").toString()).isEqualTo("[\"authorization_code\",\"refresh_token\"]");
        assertThat(client.get("scope").asString()).isEqualTo("offline_access openid things:read");
        assertThat(client.get("id_token_signed_response_alg").asString()).isEqualTo("ES256");
        assertThat(client.get("request_object_signing_alg").asString()).isEqualTo("PS256");
        for (String same : List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "initiate_login_uri")) {
            assertThat(client.get(same).asString()).startsWith("https://notes.example.com");
        }
        assertThat(client.get("contacts").toString()).isEqualTo("[\"ops@notes.example.com\"]");
        assertThat(client.get("require_auth_time").asBoolean()).isTrue();
        assertThat(client.get("default_max_age").asLong()).isEqualTo(3600);
        for (String unknown : List.of("unknown", "client_name#de", "software_statement")) {
            assertThat(client.has(unknown)).as(unknown).isFalse();
        }
    }

    @Test
    void aClientThatRegisteredSignsAPersonIn() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"pkce\":\"optional\"}");
        JsonNode client = registrations.registered("{\"redirect_uris\":[\"" + CodeFlow.REDIRECT + "\"]}");
        String id = client.get("client_id").asString();
        String secret = client.get("client_secret").asString();
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "readers", "orders")));
        String back = URLEncoder.encode(CodeFlow.REDIRECT, StandardCharsets.UTF_8);
        String code = new CodeFlow(server, id, secret, alice)
                .allowed("/oauth2/authorize?response_type=code&scope=openid+things%3Aread&client_id=" + id
                        + "&redirect_uri=" + back)
                .getOrDefault("code", "");
        Got got = server.token(
                "orders",
                "grant_type=authorization_code&code=" + code + "&redirect_uri=" + back,
                "Authorization",
                RunningServer.basic(id, secret));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("scope").asString()).isEqualTo("openid things:read");
    }

    /// It is an application like others: seen, held, resumed and revoked by whoever may.
    @Test
    void aClientIsAnApplicationLikeOthers() {
        registrations.letting(OPEN);
        JsonNode client = registrations.registered(
                "{\"grant_types\":[\"client_credentials\"],\"response_types\":[],\"client_name\":\"Robot\"}");
        String id = client.get("client_id").asString();
        Got shown = server.admin("GET", "/v1/applications/" + id, "");
        assertThat(shown.json().get("name").asString()).isEqualTo("Robot");
        assertThat(token(client)).isEqualTo(200);
        Got held = server.admin("POST", "/v1/applications/" + id + "/suspend", "");
        assertThat(held.json().at("/receipt/acknowledged").asInt()).isEqualTo(1);
        assertThat(token(client)).isEqualTo(401);
        assertThat(registrations.manage("GET", client, "").status())
                .as("GAUNTLET H03: its own token does not lift it")
                .isEqualTo(403);
        server.admin("POST", "/v1/applications/" + id + "/resume", "");
        assertThat(token(client)).isEqualTo(200);
        server.admin("POST", "/v1/applications/" + id + "/revoke", "");
        assertThat(token(client)).isEqualTo(401);
        assertThat(registrations.manage("GET", client, "").status()).isEqualTo(401);
    }

    private int token(JsonNode client) {
        return token(client, "orders");
    }

    private int token(JsonNode client, String api) {
        return server.token(
                        api,
                        "grant_type=client_credentials",
                        "Authorization",
                        RunningServer.basic(
                                client.get("client_id").asString(),
                                client.get("client_secret").asString()))
                .status();
    }

    @Test
    void aClientIsGoodAtTheApiWhereItRegistered() {
        Setup.openIdApi(server, "parcels", "jwt");
        Setup.role(server, "everywhere", "orders", "parcels");
        registrations.letting(OPEN.replace("buyers", "everywhere"));
        assertThat(registrations.send(Registrations.CLIENT).status())
                .as("a role with rights elsewhere is for no stranger")
                .isEqualTo(403);
        registrations.letting(OPEN);
        JsonNode open = registrations.registered(
                "{\"token_endpoint_auth_method\":\"none\",\"redirect_uris\":[\"https://notes.example.com/cb\"]}");
        Got page = server.call(
                "parcels",
                "GET",
                "/oauth2/authorize?response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fnotes.example.com%2Fcb&client_id="
                        + open.get("client_id").asString());
        assertThat(page.status()).as(page.text()).isEqualTo(400);
        JsonNode client = registrations.registered("{\"grant_types\":[\"client_credentials\"]}");
        assertThat(token(client)).isEqualTo(200);
        assertThat(token(client, "parcels")).isEqualTo(400);
    }

    /// Who may send requests to people is the provider's to say, not anybody's who registers.
    @Test
    void nobodyRegistersToSendRequestsToPeople() {
        String ciba = "urn:openid:params:grant-type:ciba";
        registrations.letting(
                "{\"role\":\"buyers\",\"open\":true,\"grant_types\":[\"client_credentials\",\"" + ciba + "\"]}");
        JsonNode client = registrations.registered("{\"grant_types\":[\"client_credentials\",\"" + ciba + "\"]}");
        assertThat(client.get("grant_types").toString()).isEqualTo("[\"client_credentials\"]");
    }

    /// A client without a credential is one of the Api where it registered, whatever it begins.
    @Test
    void aPublicClientIsNoneElsewhere() {
        Setup.openIdApi(server, "parcels", "jwt");
        registrations.letting(
                "{\"role\":\"buyers\",\"open\":true,\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]}");
        JsonNode open = registrations.registered(
                "{\"token_endpoint_auth_method\":\"none\",\"redirect_uris\":[\"https://notes.example.com/cb\"],"
                        + "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]}");
        String client = "client_id=" + open.get("client_id").asString();
        String device = "/oauth2/device_authorization";
        assertThat(server.form("orders", device, client).status()).isEqualTo(200);
        for (Got got : List.of(
                server.form("parcels", device, client),
                server.form("parcels", "/oauth2/par", client + "&response_type=code"),
                server.token("parcels", client + "&grant_type=authorization_code&code=x&redirect_uri=x"),
                server.token(
                        "parcels",
                        client + "&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x"))) {
            assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo("invalid_client");
        }
    }

    /// RFC 8252 sections 7.3 and 8.3.
    @Test
    void aProgramOnADeviceMayListenAtLocalhost() {
        registrations.letting(OPEN);
        String redirect = ",\"redirect_uris\":[\"http://localhost:3000/cb\"]}";
        JsonNode open = registrations.registered("{\"token_endpoint_auth_method\":\"none\"" + redirect);
        registrations.registered("{\"application_type\":\"native\"" + redirect);
        for (String web : List.of("{\"client_name\":\"x\"", "{\"application_type\":\"web\"")) {
            Got got = registrations.send(web + redirect);
            assertThat(got.status()).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_redirect_uri");
        }
        String path = "/oauth2/authorize?response_type=code&scope=openid&code_challenge_method=S256&code_challenge="
                + "a".repeat(43) + "&client_id=" + open.get("client_id").asString()
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A61234%2F";
        assertThat(server.call("orders", "GET", path + "cb").status()).isLessThan(400);
        assertThat(server.call("orders", "GET", path + "other").status()).isEqualTo(400);
        registrations.letting(
                "{\"role\":\"buyers\",\"open\":true,\"redirect_hosts\":[\"app.example.com\",\"127.0.0.1\"]}");
        assertThat(registrations
                        .send("{\"token_endpoint_auth_method\":\"none\"" + redirect)
                        .status())
                .isEqualTo(400);
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"redirect_hosts\":[\"localhost\"]}");
        registrations.registered("{\"token_endpoint_auth_method\":\"none\"" + redirect);
    }

    /// Whoever administers the organization gives strangers no other role by making one of the same name.
    @Test
    void aRoleOfTheProviderIsNotShadowed() {
        Customer acme = Customer.create(server, "acme", Setup.role(server, "shoppers", "orders"));
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"organization\":\"acme\"}");
        Customer.created(
                server,
                "/v1/organizations/" + acme.organization() + "/roles",
                "{\"name\":\"buyers\",\"rights\":{\"orders\":[\"things:admin\"]}}");
        assertThat(registrations.registered(Registrations.CLIENT).get("scope").asString())
                .isEqualTo("offline_access openid things:read");
    }

    @Test
    void namesThatAreInUseAreToldApart() {
        registrations.letting(OPEN);
        String first = registrations
                .registered(Registrations.CLIENT)
                .get("client_name")
                .asString();
        String second = registrations
                .registered(Registrations.CLIENT)
                .get("client_name")
                .asString();
        assertThat(first).isEqualTo("Notes");
        assertThat(second).matches("Notes \\([0-9a-z]{6}\\)");
    }

    /// RFC 7591 section 3; RFC 6750 section 3.1.
    @Test
    void withoutAnOpenPolicyATokenIsNeeded() {
        registrations.letting("{\"role\":\"buyers\"}");
        Got none = registrations.send(Registrations.CLIENT);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        String token = registrations.token("partners", 2);
        assertThat(token).matches("gti_[A-Za-z0-9_-]{43}");
        assertThat(registrations.send("{\"redirect_uris\":[]}", token).status())
                .as("what is wrong uses nothing up")
                .isEqualTo(400);
        assertThat(registrations.send(Registrations.CLIENT, token).status()).isEqualTo(201);
        assertThat(server.admin("GET", "/v1/apis/orders/registration-tokens", "")
                        .json()
                        .at("/items/0/uses")
                        .asInt())
                .isEqualTo(1);
        assertThat(registrations.send(Registrations.CLIENT, token).status()).isEqualTo(201);
        for (String other : List.of(token, "gti_" + "A".repeat(43), "x")) {
            for (String body : List.of(Registrations.CLIENT, "{}", "no JSON")) {
                Got got = registrations.send(body, other);
                assertThat(got.status())
                        .as("before anything of the policy is told")
                        .isEqualTo(401);
                assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            }
        }
    }

    @Test
    void aTokenEndsWithItsTimeAndWhenItIsWithdrawn() {
        registrations.letting("{\"role\":\"buyers\"}");
        String path = "/v1/apis/orders/registration-tokens";
        String brief = registrations.token("brief", 9);
        String gone = registrations.token("gone", 9);
        assertThat(server.admin("POST", path, "{\"name\":\"gone\"}").status()).isEqualTo(409);
        assertThat(server.admin("POST", path, "{\"name\":\"past\",\"expires_at\":\"2020-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("POST", path + "/withdraw", "{\"name\":\"gone\"}")
                        .status())
                .isEqualTo(200);
        assertThat(server.admin("POST", path + "/withdraw", "{\"name\":\"gone\"}")
                        .status())
                .isEqualTo(404);
        assertThat(registrations.send(Registrations.CLIENT, gone).status()).isEqualTo(401);
        assertThat(registrations.send(Registrations.CLIENT, brief).status()).isEqualTo(201);
        clock.advance(Duration.ofDays(7));
        assertThat(registrations.send(Registrations.CLIENT, brief).status()).isEqualTo(401);
    }

    @Test
    void whatRegisteredIsThereAfterARestart() throws IOException {
        registrations.letting(OPEN);
        JsonNode client = registrations.registered("{\"grant_types\":[\"client_credentials\"]}");
        String base = server.base("orders");
        server = server.restarted(folder, clock);
        assertThat(token(client)).isEqualTo(200);
        Got got = server.send(
                "orders",
                "GET",
                client.get("registration_client_uri").asString().substring(base.length()),
                "",
                "Authorization",
                "Bearer " + client.get("registration_access_token").asString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }
}
