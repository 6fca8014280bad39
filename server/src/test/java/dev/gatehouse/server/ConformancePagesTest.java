package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The modules of the plan Dynamic about what people are shown of a client that registered itself.
class ConformancePagesTest {
    @TempDir
    Path folder;

    private ConformanceSuite suite;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Client registered(String... more) {
        Got got = suite.register(more);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return ConformanceSuite.of(got.json());
    }

    @Test
    @DisplayName("oidcc-registration-logo-uri, -policy-uri, -tos-uri")
    void pages() {
        for (String name : List.of("logo_uri", "policy_uri", "tos_uri", "client_uri", "initiate_login_uri")) {
            Got got = suite.register("\"" + name + "\":\"https://suite.example.com/page\"");
            assertThat(got.status()).as(got.text()).isEqualTo(201);
            assertThat(got.json().get(name).asString()).isEqualTo("https://suite.example.com/page");
            assertThat(got.json().get("contacts").get(0).asString()).isEqualTo("certification@oidf.org");
        }
    }

    private Got page(Client client) {
        return suite.browser()
                .open("/oauth2/authorize?" + ConformanceSuite.encoded(ConformanceSuite.request(client, "openid")));
    }

    /// GAUNTLET A09: whoever looks at the page tells nobody but us. What is written into a link stays in it.
    @Test
    @DisplayName("oidcc-registration-logo-uri, -policy-uri, -tos-uri: the sign-in page")
    void linksAreShownAndPicturesAreNot() {
        String odd = "https://suite.example.com/a;script-src%20x?x=1&y=2";
        Client client = registered(
                "\"logo_uri\":\"https://suite.example.com/images/logo.png\"",
                "\"policy_uri\":\"https://openid.net\"",
                "\"tos_uri\":\"" + odd + "\"");
        Got page = page(client);
        assertThat(page.text())
                .contains(
                        "href=\"https://openid.net\"",
                        "href=\"https://suite.example.com/a;script-src%20x?x=1&amp;y=2\"")
                .doesNotContain("logo.png", odd);
        Client plain = registered();
        assertThat(page(plain).text()).contains("id=\"sign-in\"").doesNotContain("client-policy", "client-terms");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(page(plain).header("Content-Security-Policy"))
                .contains("img-src 'self';", "form-action 'self';");
    }

    /// Anybody looks as often as it likes: the database is asked once in a minute.
    @Test
    void lookingAgainReadsNothing() throws SQLException {
        Client client = registered("\"policy_uri\":\"https://openid.net/one\"");
        assertThat(page(client).text()).contains("https://openid.net/one");
        try (Connection sql =
                        DriverManager.getConnection("jdbc:sqlite:" + suite.server.database() + "?busy_timeout=5000");
                Statement statement = sql.createStatement()) {
            int rows = statement.executeUpdate(
                    "UPDATE registered_client SET metadata = replace(metadata, 'openid.net/one', 'openid.net/two')");
            assertThat(rows).isPositive();
        }
        suite.clock.advance(Duration.ofSeconds(59));
        assertThat(page(client).text()).contains("https://openid.net/one");
        suite.clock.advance(Duration.ofSeconds(1));
        assertThat(page(client).text()).contains("https://openid.net/two").doesNotContain("https://openid.net/one");
    }
}
