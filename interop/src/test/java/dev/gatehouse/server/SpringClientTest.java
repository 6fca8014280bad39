package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A person signs in at an application by Spring Security's OAuth client, which finds everything by the
/// issuer's name.
class SpringClientTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private ConfigurableApplicationContext shop;
    private Person alice;
    private String origin;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, InstantSource.system());
        Setup.openIdApi(server, "orders", "jwt");
        String role =
                Setup.role(server, "buyers", List.of("things:read", "openid", "profile", "offline_access"), "orders");
        alice = Person.create(server, "alice", Optional.of(role));
        origin = "http://127.0.0.1:" + port();
        var made = Customer.created(
                server, "/v1/organizations/" + Setup.root(server) + "/applications", """
                {"name": "Shop", "role": "%1$s", "token_endpoint_auth_method": "client_secret_basic",
                 "grant_types": ["authorization_code", "refresh_token"],
                 "redirect_uris": ["%2$s/login/oauth2/code/gatehouse"], "post_logout_redirect_uris": ["%2$s/bye"]}
                """.formatted(role, origin));
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + made.get("id").asString() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        shop = shop(made.get("client_id").asString(), secret);
    }

    private ConfigurableApplicationContext shop(String clientId, String secret) {
        String client = "spring.security.oauth2.client.registration.gatehouse.";
        return new SpringApplicationBuilder(SpringShop.class)
                .properties(Map.of(
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        URI.create(origin).getPort(),
                        // Cookies know no ports.
                        "server.servlet.session.cookie.name",
                        "shop",
                        "logging.level.root",
                        "error",
                        "spring.main.banner-mode",
                        "off",
                        client + "client-id",
                        clientId,
                        client + "client-secret",
                        secret,
                        client + "scope",
                        "openid,profile,things:read",
                        "spring.security.oauth2.client.provider.gatehouse.issuer-uri",
                        server.base("orders")))
                .run();
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        if (shop != null) {
            shop.close();
        }
        server.close();
    }

    @Test
    void aPersonSignsInCallsAndSignsOut() throws IOException, InterruptedException {
        Wanderer browser = new Wanderer(alice, "nowhere:");
        String who = browser.go(URI.create(origin + "/"));
        assertThat(browser.here())
                .hasHost("127.0.0.1")
                .hasPort(URI.create(origin).getPort());
        var said = RunningServer.JSON.readTree(who);
        assertThat(said.get("sub").asString()).isEqualTo(alice.id());
        assertThat(said.get("issuer").asString()).isEqualTo(server.base("orders"));
        assertThat(browser.go(URI.create(origin + "/things"))).contains("/things");
        assertThat(browser.signedIn()).isEqualTo(1);
        assertThat(browser.go(URI.create(origin + "/logout"))).isEqualTo("Goodbye");
        assertThat(browser.go(URI.create(origin + "/"))).contains(alice.id());
        assertThat(browser.signedIn()).isEqualTo(2);
    }
}
