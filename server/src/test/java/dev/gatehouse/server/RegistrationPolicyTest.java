package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the policy of an Api does not let in, and what is no client at all (RFC 7591 section 3.2.2).
class RegistrationPolicyTest {
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

    private static void wrong(Got got, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).as(got.text()).isEqualTo(error);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    private static String client(String member) {
        return "{\"redirect_uris\":[\"https://notes.example.com/cb\"]," + member + "}";
    }

    /// GAUNTLET A04, A06; RFC 7591 section 3.2.2.
    @Test
    void whatCannotBeRegisteredIsRefusedByName() {
        registrations.letting(
                "{\"role\":\"buyers\",\"open\":true,\"rate\":{\"requests\":1000,\"seconds\":60},\"redirect_hosts\":[\"notes.example.com\",\"127.0.0.1\"]}");
        for (String uri : List.of(
                "https://notes.example.com*",
                "https://*.example.com/cb",
                "*",
                "http://notes.example.com/cb",
                "https://notes.example.com/cb#x",
                "https://evil.example.com/cb",
                "JavaScript:alert(1)",
                "java%0ascript:alert(1)",
                "DATA:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "intent:x")) {
            wrong(registrations.send("{\"redirect_uris\":[\"" + uri + "\"]}"), "invalid_redirect_uri");
            for (String page : List.of("client_uri", "logo_uri", "policy_uri", "tos_uri", "jwks_uri")) {
                if (!uri.startsWith("https://evil")) {
                    wrong(registrations.send(client("\"" + page + "\":\"" + uri + "\"")), "invalid_client_metadata");
                }
            }
        }
        wrong(registrations.send("{\"client_name\":\"x\"}"), "invalid_redirect_uri");
        wrong(registrations.send(client("\"post_logout_redirect_uris\":[\"javascript:x\"]")), "invalid_redirect_uri");
        for (String member : List.of(
                "\"token_endpoint_auth_method\":\"client_secret_jwt\"",
                "\"token_endpoint_auth_method\":\"private_key_jwt\"",
                "\"token_endpoint_auth_method\":7",
                "\"token_endpoint_auth_method\":\"none\",\"jwks_uri\":\"https://notes.example.com/keys\"",
                "\"grant_types\":[\"password\"]",
                "\"grant_types\":[\"client_credentials\"]",
                "\"response_types\":[\"id_token\"]",
                "\"response_types\":[\"code\",\"code id_token\"]",
                "\"subject_type\":\"other\"",
                "\"sector_identifier_uri\":\"http://notes.example.com/sector\"",
                "\"request_uris\":[\"http://notes.example.com/request\"]",
                "\"default_max_age\":-1",
                "\"default_acr_values\":[\"a b\"]",
                "\"id_token_signed_response_alg\":\"none\"",
                "\"id_token_encrypted_response_alg\":\"RSA-OAEP\"",
                "\"userinfo_signed_response_alg\":\"HS256\"",
                "\"request_object_signing_alg\":\"none\"",
                "\"application_type\":\"other\"",
                "\"frontchannel_logout_uri\":\"https://other.example.com/out\"",
                "\"backchannel_logout_session_required\":true",
                "\"backchannel_token_delivery_mode\":\"push\"",
                "\"backchannel_client_notification_endpoint\":\"http://notes.example.com/told\"",
                "\"backchannel_authentication_request_signing_alg\":\"none\"",
                "\"backchannel_user_code_parameter\":\"yes\"",
                "\"client_name\":\"\\u202Eevil\"",
                "\"client_name\":\" \"",
                "\"jwks\":{\"keys\":[]}",
                "\"contacts\":\"ops\"")) {
            wrong(registrations.send(client(member)), "invalid_client_metadata");
        }
        for (String body : List.of("", "[]", "{\"a\":1,\"a\":2}", "{", "\"x\"")) {
            assertThat(registrations.send(body).status()).isEqualTo(400);
        }
        assertThat(server.send("orders", "POST", Registrations.PATH, Registrations.CLIENT, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(server.call("orders", "PATCH", Registrations.PATH).status()).isEqualTo(405);
        registrations.registered(
                "{\"token_endpoint_auth_method\":\"none\",\"redirect_uris\":[\"http://127.0.0.1/cb\"]}");
    }

    /// OpenID Connect CIBA Core section 4; ADR 0047: who may send people anything, the provider says.
    @Test
    void requestsToPeopleAreForWhomTheProviderLetsIn() {
        String grant = "urn:openid:params:grant-type:ciba";
        String policy = "{\"role\":\"buyers\",\"grant_types\":[\"authorization_code\",\"" + grant + "\"]%s}";
        String metadata = "{\"client_name\":\"Till\",\"redirect_uris\":[\"https://notes.example.com/cb\"],"
                + "\"grant_types\":[\"authorization_code\",\"" + grant
                + "\"],\"backchannel_token_delivery_mode\":\"ping\","
                + "\"backchannel_client_notification_endpoint\":\"https://notes.example.com/told\","
                + "\"backchannel_authentication_request_signing_alg\":\"ES256\","
                + "\"backchannel_user_code_parameter\":true}";
        registrations.letting(policy.formatted(",\"open\":true"));
        JsonNode without = registrations.registered(metadata);
        assertThat(without.toString()).doesNotContain(grant, "backchannel_");
        registrations.letting(policy.formatted(""));
        Got got = registrations.send(metadata, registrations.token("partners", 2));
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        JsonNode client = got.json();
        assertThat(client.get("grant_types").toString()).contains(grant);
        assertThat(client.get("backchannel_token_delivery_mode").asString()).isEqualTo("ping");
        assertThat(client.get("backchannel_client_notification_endpoint").asString())
                .isEqualTo("https://notes.example.com/told");
        assertThat(client.get("backchannel_authentication_request_signing_alg").asString())
                .isEqualTo("ES256");
        assertThat(client.get("backchannel_user_code_parameter").asBoolean()).isTrue();
        wrong(
                registrations.send(metadata.replace("ping", "poll"), registrations.token("others", 2)),
                "invalid_client_metadata");
    }

    /// ADR 0047: one that is used even once in the time stays.
    @Test
    void clientsThatNobodyUsesEndWhereTheApiSaysSo() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"unused_days\":30}");
        String root = Setup.root(server);
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + root + "/roles",
                        "{\"name\":\"auditor\",\"rights\":{\"gatehouse\":[\"audit:read\"]}}")
                .get("id")
                .asString();
        Secret auditor = Secret.of(Customer.of(server, root, "auditor", role).apiKey());
        JsonNode unused = registrations.registered(Registrations.CLIENT);
        JsonNode used = registrations.registered(Registrations.CLIENT);
        clock.advance(Duration.ofDays(29));
        used(used);
        clock.advance(Duration.ofDays(2));
        ended(auditor, 1);
        assertThat(registrations.manage("GET", unused, "").status()).isEqualTo(401);
        assertThat(registrations.manage("GET", used, "").status()).isEqualTo(200);
        clock.advance(Duration.ofDays(30));
        ended(auditor, 2);
        assertThat(registrations.manage("GET", used, "").status()).isEqualTo(401);
    }

    /// Whatever it asks for.
    private void used(JsonNode client) {
        server.token(
                "orders",
                "grant_type=authorization_code&code=x&redirect_uri=x&code_verifier=x",
                "Authorization",
                RunningServer.basic(
                        client.get("client_id").asString(),
                        client.get("client_secret").asString()));
    }

    /// Waits until the trail has so many clients that ended.
    private void ended(Secret auditor, int clients) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        JsonNode rows = null;
        while (rows == null || rows.size() < clients) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("it goes on: " + rows);
            }
            rows = server.admin(auditor, "GET", "/v1/audit?verb=application.revoke", "")
                    .json()
                    .get("items");
            Thread.onSpinWait();
        }
        assertThat(rows.size()).isEqualTo(clients);
        assertThat(rows.get(0).toString()).contains("unused-clients");
    }

    @Test
    void oneAddressRegistersOnlySoOften() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"rate\":{\"requests\":3,\"seconds\":3600}}");
        for (int i = 0; i < 3; i++) {
            registrations.registered(Registrations.CLIENT);
        }
        Got got = registrations.send(Registrations.CLIENT);
        assertThat(got.status()).isEqualTo(429);
        assertThat(got.header("Retry-After")).isNotEmpty();
    }

    @Test
    void onlySoManyClientsAreThere() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true,\"max_clients\":1}");
        JsonNode first = registrations.registered(Registrations.CLIENT);
        assertThat(registrations.send(Registrations.CLIENT).status()).isEqualTo(403);
        assertThat(registrations.manage("DELETE", first, "").status()).isEqualTo(204);
        registrations.registered(Registrations.CLIENT);
    }

    @Test
    void aPolicyThatNamesNobodyLetsNobodyIn() {
        for (String policy : List.of(
                "{\"role\":\"nobody\",\"open\":true}",
                "{\"role\":\"owner\",\"open\":true}",
                "{\"role\":\"buyers\",\"organization\":\"nowhere\",\"open\":true}")) {
            registrations.letting(policy);
            assertThat(registrations.send(Registrations.CLIENT).status())
                    .as(policy)
                    .isEqualTo(403);
        }
        Customer shop = Customer.create(server, "shop/north", Setup.role(server, "shoppers", "orders"));
        registrations.letting("{\"role\":\"buyers\",\"organization\":\"shop~1north\",\"open\":true}");
        String id =
                registrations.registered(Registrations.CLIENT).get("client_id").asString();
        assertThat(server.admin("GET", "/v1/applications/" + id, "")
                        .json()
                        .get("organization")
                        .asString())
                .isEqualTo(shop.organization());
    }
}
