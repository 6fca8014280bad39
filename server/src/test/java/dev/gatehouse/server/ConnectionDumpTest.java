package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Every row of a PostgreSQL database in which connections of all kinds are, renewed, on their way in a
/// browser, and ended: nothing in it is a secret of theirs, neither as text nor as bytes (GAUNTLET N01, N03).
class ConnectionDumpTest {
    private static final String RETURN = "https://app.example/connected";

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();
    private Postgres.Database database;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        database = Postgres.database();
        server = RunningServer.with(
                folder,
                new TestClock(Instant.now()),
                platform.config(folder)
                        + """
                        key-file: %s
                        database: {url: "%s", user: %s, password: %s}
                        """.formatted(
                                folder.resolve("keys.json"), database.url(), database.user(), database.password()));
        connected = Connected.create(server);
        Customer.created(server, "/v1/apis", """
                {"name": "parcels", "issuer": "%s", "listener": "parcels", "return_to": ["%s"]}
                """.formatted(server.base("parcels"), RETURN));
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    @Test
    void noRowHasASecretOfAConnection() throws SQLException {
        Issued key = new TestAuthority("keys").issueRsa();
        platform.trust(key.keys().getPublic());
        Issued member = platform.member();
        connected.connected(server, "key", "key", "\"key\":\"" + FakePlatform.KEY + "\"");
        connected.connected(
                server, "user", "user", "\"username\":\"anna\",\"password\":\"" + FakePlatform.PASSWORD + "\"");
        String renewed = connected.connected(
                server, "oauth_internal", "crm", "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"");
        connected.connected(server, "oauth_external", "external", "\"access_token\":\"access-0\"");
        platform.expire();
        assertThat(connected.get(server, renewed, "/x").status()).isEqualTo(200);
        connected.connected(
                server, "client_credentials", "client", "\"client_id\":\"me\",\"client_secret\":\"client-secret-1\"");
        connected.connected(
                server, "jwt_bearer", "signed", "\"client_id\":\"me\",\"private_key\":" + json(key.keyPem()));
        String ended = connected.connected(
                server,
                "certificate",
                "shown",
                "\"certificate\":" + json(member.pem()) + ",\"private_key\":" + json(member.keyPem()));
        assertThat(server.admin("POST", "/v1/connections/" + ended + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        String code = onTheWay();

        List<String> secrets = new ArrayList<>(List.of(
                FakePlatform.KEY,
                FakePlatform.PASSWORD,
                "client-secret-1",
                "client-s3cret",
                code,
                line(key),
                line(member),
                connected.customer().apiKey()));
        for (int i = 0; i <= platform.given(); i++) {
            secrets.addAll(List.of("access-" + i, "refresh-" + i));
        }
        assertThat(platform.given()).isEqualTo(4);
        String dump = dump();
        assertThat(dump)
                .as("texts and bytes")
                .contains("oauth_internal", "jwt_bearer", "certificate", "connection.refresh", "\\x");
        for (String secret : secrets) {
            assertThat(dump)
                    .doesNotContain(secret)
                    .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// A browser has come back with a token, and nobody has finished yet; returns the code that it has.
    private String onTheWay() {
        Got begun = server.admin(
                "POST",
                "/v1/organizations/" + connected.customer().organization() + "/connect-sessions",
                "{\"api\":\"parcels\",\"platform\":\"Fake\",\"name\":\"inbox\",\"began_by\":\"ann\",\"return_to\":\""
                        + RETURN + "\"}");
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        JsonNode session = begun.json();
        Reader browser = new Reader(server, "parcels");
        browser.open(ConnectWorld.path(session));
        String page = browser.send("/oauth2/connect").header("Refresh").substring("0;url=".length());
        String back = ConnectWorld.back(
                ConnectWorld.query(URI.create(platform.agree(URI.create(page))).getRawQuery()));
        Map<String, String> told = ConnectWorld.told(browser.open(back));
        return told.get("connect_code");
    }

    private static String json(String pem) {
        return "\"" + pem.replace("\n", "\\n") + "\"";
    }

    private static String line(Issued key) {
        return key.keyPem().lines().toList().get(3);
    }

    /// All rows of all tables as text; bytes are hexadecimal digits there.
    private String dump() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet result =
                    statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")) {
                while (result.next()) {
                    tables.add(result.getString(1));
                }
            }
            assertThat(tables).contains("connection", "connect_session", "audit");
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT it::text FROM \"" + table + "\" it")) {
                    while (rows.next()) {
                        all.append(table).append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}
