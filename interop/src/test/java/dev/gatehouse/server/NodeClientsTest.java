package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of what applications do, by clients that others wrote and that compare every answer with the
/// standards: `openid-client` and `oauth4webapi`. Where there is no Node.js 20 this is told loudly and not run.
class NodeClientsTest {
    private static final String REDIRECT = "https://app.example/back";
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String EVERY_GRANT =
            "\"grant_types\":[\"authorization_code\",\"refresh_token\",\"" + DEVICE + "\",\"client_credentials\"],";
    private static final String ADDRESSES =
            "\"redirect_uris\":[\"" + REDIRECT + "\"],\"post_logout_redirect_uris\":[\"" + REDIRECT + "\"]";

    @TempDir
    Path folder;

    private NodeClients clients;
    private RunningServer server;
    private Person alice;
    private Wanderer browser;
    private String role;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        clients = NodeClients.installed().orElseGet(() -> {
            System.err.println("NOT RUN: NodeClientsTest, because there is no Node.js 20 with npm on the PATH.");
            return abort("no Node.js");
        });
        server = RunningServer.start(folder, InstantSource.system());
        Setup.openIdApi(server, "orders", "jwt");
        role = Setup.role(
                server,
                "clients",
                List.of("things:read", "things:write", "openid", "profile", "offline_access"),
                "orders");
        alice = Person.create(server, "alice", Optional.of(role));
        browser = new Wanderer(alice, REDIRECT);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private List<String> told(String story, Map<String, Object> more) throws IOException, InterruptedException {
        Map<String, Object> known = new TreeMap<>(more);
        known.put("issuer", server.base("orders"));
        known.put("redirect", REDIRECT);
        known.put("api", server.base("orders") + "/things");
        return clients.run(story, RunningServer.JSON.writeValueAsString(known), this::browse, this::type);
    }

    private Map<String, String> made(String method, String more) {
        var made = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"Shop\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":\"" + method + "\"," + more
                        + ADDRESSES + "}");
        return Map.of(
                "id",
                made.get("id").asString(),
                "client_id",
                made.get("client_id").asString());
    }

    private Map<String, Object> signer(String more) {
        var made = made("private_key_jwt", more);
        KeyPair pair = SigningClient.draw();
        Customer.created(
                server,
                "/v1/applications/" + made.get("id") + "/credentials",
                SigningClient.body("key", SigningClient.jwks("one", pair)));
        return Map.of(
                "id",
                made.get("client_id"),
                "kid",
                "one",
                "key",
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    private String browse(String address) {
        try {
            assertThat(browser.go(URI.create(address))).isEmpty();
            return browser.here().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String type(String code) {
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/device");
        reader.send("/oauth2/device", "user_code", code);
        Got done = reader.send("/oauth2/device", "decision", "allow");
        assertThat(done.text()).contains("Done");
        return "typed";
    }

    @Test
    void aWebApplicationByOpenidClient() throws IOException, InterruptedException {
        var made = made("client_secret_basic", EVERY_GRANT);
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + made.get("id") + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        assertThat(told("openid-client", Map.of("web", Map.of("id", made.get("client_id"), "secret", secret))))
                .containsExactly(
                        "discovery",
                        "code",
                        "userinfo",
                        "call",
                        "introspection",
                        "refresh",
                        "revocation",
                        "par",
                        "dpop",
                        "device",
                        "client credentials",
                        "logout",
                        "done");
    }

    @Test
    void aClientThatSignsByOauth4webapi() throws IOException, InterruptedException {
        assertThat(told("oauth4webapi", Map.of("signer", signer(EVERY_GRANT))))
                .containsExactly(
                        "metadata",
                        "par",
                        "code",
                        "call",
                        "rfc 9068",
                        "userinfo",
                        "signed introspection",
                        "refresh",
                        "revocation",
                        "device",
                        "done");
    }

    @Test
    void aClientOfMessageSigning() throws IOException, InterruptedException {
        String profile = "\"profile\":\"fapi2-message-signing\",\"grant_types\":[\"authorization_code\"],";
        assertThat(told("message-signing", Map.of("signer", signer(profile))))
                .containsExactly("unsigned is refused", "signed both ways", "call", "done");
    }

    @Test
    void aClientThatKnowsTheAddressOfAnApiAlone() throws IOException, InterruptedException {
        new Registrations(server, "orders").letting("{\"role\":\"clients\",\"open\":true}");
        assertThat(told("stranger", Map.of()))
                .containsExactly("resource", "metadata", "registration", "call", "deregistration", "done");
    }
}
