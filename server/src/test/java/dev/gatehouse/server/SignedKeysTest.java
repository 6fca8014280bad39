package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing keys belong to their rows and follow the key file; replies are signed as far as they are held.
class SignedKeysTest extends SignedCalls {
    private static final int HELD = 1024 * 1024;
    private static final String OTHER_SECRET = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJwcm9qZWN0Ijoib3RoZXIifQ.c2ln";

    private void upstream(Secret owner, String url) {
        Got shown = server.admin(owner, "GET", "/v1/apis/inbenta", "");
        Got got = server.admin(owner, "PUT", "/v1/apis/inbenta", """
                {"version": %d, "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"],
                 "upstream": "%s", "scopes": {"reporting": {"description": "Reporting"}},
                 "routes": [{"methods": ["*"], "path": "/prod/reporting/**", "any": ["reporting"], "signed": true}]}
                """.formatted(
                        shown.json().get("version").asLong(), server.base("orders"), url));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// What is longer goes on as it comes, without the header, and never with one that the upstream made up.
    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void aReplyIsSignedAsFarAsItIsHeld(int more, boolean signed) throws IOException {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String text = "x".repeat(HELD + more);
        provider.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.getResponseHeaders().set("x-inbenta-signature", "of the upstream");
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        provider.start();
        try {
            upstream(
                    server.bootstrapKey(),
                    "http://127.0.0.1:" + provider.getAddress().getPort());
            Got got = events(KEY);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.text()).isEqualTo(text);
            assertThat(got.header("x-inbenta-signature").isEmpty()).isNotEqualTo(signed);
            assertThat(got.header("x-inbenta-signature")).isNotEqualTo("of the upstream");
        } finally {
            provider.stop(0);
        }
    }

    /// Ciphertext of one key in the row of another: that it is open for its own row opens it for no other.
    @Test
    void aKeyThatIsCopiedIntoAnotherRowIsNotOpened() throws IOException, SQLException {
        String role = server.admin("GET", "/v1/applications/" + application, "")
                .json()
                .get("role")
                .asString();
        String other = application("other", "other-key", role);
        Customer.created(
                server,
                "/v1/applications/" + other + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + OTHER_SECRET + "\"}");
        signingKey(other, "");
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                Statement copy = sql.createStatement()) {
            assertThat(copy.executeUpdate("UPDATE credential SET sealed = (SELECT sealed FROM credential AS one"
                            + " JOIN application ON application.id = one.application"
                            + " WHERE one.kind = 'signing_key' AND application.client_id = 'acme-key')"
                            + " WHERE kind = 'signing_key'"))
                    .isEqualTo(2);
        }
        server = server.restarted(folder, clock);
        assertThat(events(KEY).status()).as("open where it belongs").isEqualTo(200);
        String token = server.send(
                        "orders",
                        "POST",
                        "/v1/auth",
                        "{\"secret\":\"" + OTHER_SECRET + "\"}",
                        "x-inbenta-key",
                        "other-key")
                .json()
                .get("accessToken")
                .asString();
        String time = Long.toString(now());
        String[] headers = headers(token, hmac(KEY, base("GET", "v1/events", "", "", now())), "v1", time);
        headers[1] = "other-key";
        Got got = server.send("orders", "GET", "/prod/reporting/v1/events", "", headers);
        assertThat(got.status()).as(got.text()).isEqualTo(503);
    }

    @Test
    void theOldKeyFileIsNeededUntilSigningKeysAreUnderTheNewOne() throws IOException {
        Secret owner = server.bootstrapKey();
        server.close();
        Environment env = new Environment(clock, System::nanoTime, new SecureRandom());
        NodeConfig config = RunningServer.config(folder);
        Rewrapping.prepare(config, env);
        assertThatThrownBy(() -> Rewrapping.dropOld(config, env)).isInstanceOf(CannotStart.class);
        assertThat(Rewrapping.run(config, env)).isPositive();
        Rewrapping.dropOld(config, env);
        server = RunningServer.start(folder, clock);
        upstream(owner, server.upstreamBase());
        assertThat(events(KEY).status()).isEqualTo(200);
    }
}
