package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections through the admin API: tried before they are stored, never read again, connected anew under the
/// same id.
class ConnectionsTest {
    private static final String KEY = "\"key\":\"" + FakePlatform.KEY + "\"";

    private static final String ENDED = "\"access_token\":\"ended\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private FakePlatform platform;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        server = RunningServer.with(folder, clock, platform.config(folder));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            key                | "key":"platform-key-1"
            user               | "username":"anna","password":"platform-pass-1"
            oauth_internal     | "access_token":"access-0","refresh_token":"refresh-0"
            oauth_internal     | "access_token":"ended","refresh_token":"refresh-0"
            oauth_external     | "access_token":"access-0"
            client_credentials | "client_id":"c","client_secret":"client-secret-1"
            """)
    void everyKindIsConnectedAndCalledThrough(String kind, String parts) {
        String id = connected.connected(server, kind, "crm", parts);
        assertThat(Connected.shown(server, id).toString())
                .contains("\"health\":\"live\"", "\"state\":\"active\"", "\"kind\":\"" + kind + "\"")
                .doesNotContain("platform-", "access-", "refresh-", "client-secret");
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            key                | "key":"wrong"                                              | invalid_field
            user               | "username":"anna","password":"wrong"                       | invalid_field
            oauth_internal     | "access_token":"ended","refresh_token":"ended"             | invalid_field
            oauth_external     | "access_token":"ended"                                     | invalid_field
            key                | "token":"x"                                                | unknown_field
            key                | "key":"x","other":"y"                                      | unknown_field
            user               | "username":"anna"                                          | missing_field
            key                | "key":"\\u0000"                                            | invalid_field
            password           | "key":"x"                                                  | invalid_field
            """)
    void whatThePlatformOrItsFileDoesNotTakeIsNotStored(String kind, String parts, String code) {
        Got got = connected.connect(server, kind, "crm", parts);
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString()).isEqualTo(code);
        assertThat(list()).isEmpty();
    }

    @Test
    void aPlatformThatCannotBeAskedIsNoStatementAboutTheCredential() {
        platform.mood(Mood.FAILS);
        Got got = connected.connect(
                server, "client_credentials", "crm", "\"client_id\":\"c\",\"client_secret\":\"client-secret-1\"");
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isNotEmpty();
        assertThat(list()).isEmpty();
    }

    /// Trying `access_token` that has ended takes the refresh token, which then is of no more use to anybody.
    @Test
    void whatIsRefusedAnywayIsNotTried() {
        connected.connected(server, "key", "crm", KEY);
        Got got = connected.connect(server, "oauth_internal", "crm", ENDED);
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(platform.requests()).isEmpty();
        connected.connected(server, "oauth_internal", "other", ENDED);
    }

    @Test
    void aCredentialIsTriedOnceThoughOthersWriteTheSameConnection() {
        String id = connected.connected(server, "oauth_internal", "crm", ENDED);
        platform.expire();
        platform.before(() -> {
            verb(id, "suspend", 200);
            verb(id, "resume", 200);
        });
        Got again = server.admin(
                "PUT",
                "/v1/connections/" + id + "/credential",
                "{\"credential\":{" + ENDED.replace("refresh-0", "refresh-1") + "}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void whatATrialUsedUpIsReplacedThoughThePlatformThenFails() {
        AtomicInteger calls = new AtomicInteger();
        platform.during(() -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("the second call breaks");
            }
        });
        String id = connected.connected(server, "oauth_internal", "crm", ENDED);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void aConnectionIsCalledOtherwiseAndRoutesByNameFollow() {
        String id = connected.connected(server, "key", "crm", KEY);
        String other = connected.connected(server, "key", "other", KEY);
        String path = "/v1/connections/" + id;
        Got taken = server.admin("PATCH", path, "{\"name\":\"other\"}");
        assertThat(taken.status()).as(taken.text()).isEqualTo(409);
        Got called = server.admin("PATCH", path, "{\"name\":\"sales\",\"description\":\"north\"}");
        assertThat(called.status()).as(called.text()).isEqualTo(200);
        assertThat(called.json().get("id").asString()).isEqualTo(id);
        assertThat(called.json().get("name").asString()).isEqualTo("sales");
        assertThat(called.json().get("description").asString()).isEqualTo("north");
        String auth = "Bearer " + connected.customer().apiKey();
        assertThat(server.send("orders", "GET", "/own/x", "", "Authorization", auth)
                        .status())
                .as("nothing has the name of the route")
                .isEqualTo(404);
        assertThat(server.admin("PATCH", "/v1/connections/" + other, "{\"name\":\"crm\"}")
                        .status())
                .isEqualTo(200);
        assertThat(server.send("orders", "GET", "/own/x", "", "Authorization", auth)
                        .status())
                .isEqualTo(200);
        assertThat(server.admin("PATCH", path, "{\"name\":\"\"}").status()).isEqualTo(400);
        assertThat(server.admin("GET", "/v1/audit?verb=connection.describe", "").text())
                .contains("sales")
                .doesNotContain("north");
    }

    @Test
    void connectingAnewKeepsTheId() {
        String id = connected.connected(server, "key", "crm", KEY);
        Got shown = server.admin("GET", "/v1/connections/" + id, "");
        String body = "{\"credential\":{" + KEY + "}}";
        Got again = server.admin("PUT", "/v1/connections/" + id + "/credential", body);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("id").asString()).isEqualTo(id);
        assertThat(again.json().get("credential").asLong()).isEqualTo(2);
        assertThat(again.json().has("receipt")).isTrue();
        Got stale = server.adminWith(
                "PUT",
                "/v1/connections/" + id + "/credential",
                body.getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + server.bootstrapKey().reveal(),
                "Content-Type",
                "application/json",
                "If-Match",
                shown.header("ETag"));
        assertThat(stale.status()).as(stale.text()).isEqualTo(412);
    }

    @Test
    void aConnectionThatStopsIsNotCalledThrough() {
        String id = connected.connected(server, "key", "crm", KEY);
        verb(id, "suspend", 200);
        assertThat(connected.get(server, id, "/x").json().get("code").asString())
                .isEqualTo("connection_not_active");
        verb(id, "resume", 200);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        verb(id, "revoke", 200);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(424);
        assertThat(server.admin("PUT", "/v1/connections/" + id + "/credential", "{\"credential\":{" + KEY + "}}")
                        .status())
                .isEqualTo(409);
        assertThat(platform.calls()).hasSize(1);
    }

    private void verb(String id, String verb, int status) {
        Got got = server.admin("POST", "/v1/connections/" + id + "/" + verb, "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(status);
    }

    @Test
    void noCredentialIsInAnyReplyOrInTheDatabase() throws IOException {
        String id = connected.connected(
                server, "oauth_internal", "crm", "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"");
        connected.connected(server, "key", "key", KEY);
        platform.expire();
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
        String shown = server.admin("GET", "/v1/connections/" + id, "").text()
                + server.admin(
                                "GET",
                                "/v1/organizations/" + connected.customer().organization() + "/connections",
                                "")
                        .text()
                + server.admin("GET", "/v1/audit?limit=200", "").text();
        assertThat(shown).contains("connection.refresh").doesNotContain(FakePlatform.KEY, "refresh-", "access-1");
        try (Stream<Path> files = Files.list(server.database().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(FakePlatform.KEY, "refresh-0", "refresh-1", "access-1", "client-s3cret");
            }
        }
    }

    /// A 500 would be a bug; a 401 would be a statement about the caller.
    @Test
    void aDamagedCredentialIs503UntilItsOrganizationConnectsAgain() {
        String id = connected.connected(server, "key", "crm", KEY);
        StoredRows.change(server.database(), "UPDATE connection SET sealed = x'00112233445566778899'");
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        assertThat(Connected.shown(server, id).get("state").asString()).isEqualTo("active");
        Got again = server.admin("PUT", "/v1/connections/" + id + "/credential", "{\"credential\":{" + KEY + "}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
    }

    /// GAUNTLET N03: the ciphertext of one row opens in no other.
    @Test
    void aCredentialThatWasMovedToAnotherRowDoesNotOpen() {
        String id = connected.connected(server, "key", "crm", KEY);
        connected.connected(server, "key", "other", KEY);
        StoredRows.change(
                server.database(),
                "UPDATE connection SET sealed = (SELECT sealed FROM connection WHERE name = 'other') WHERE name = 'crm'");
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
    }

    /// GAUNTLET J06: a customer that names the server of its own platform names none inside.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://127.1",
                "https://2130706433",
                "https://0177.0.0.1",
                "https://0x7f000001",
                "https://0.0.0.0",
                "https://localhost",
                "https://localhost.",
                "https://169.254.169.254",
                "https://100.64.0.1",
                "https://192.0.0.192",
                "https://10.0.0.1.",
                "https://127.0.0.1/a/../b"
            })
    void theServerOfAPlatformIsOutside(String url) {
        Got got = server.admin(
                "POST", "/v1/organizations/" + connected.customer().organization() + "/connections", """
                {"platform":"Odoo","kind":"key","name":"erp",
                 "credential":{"instance_url":"%s","database":"acme","key":"k"}}""".formatted(
                                url));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(list()).isEmpty();
    }

    private List<String> list() {
        Got got =
                server.admin("GET", "/v1/organizations/" + connected.customer().organization() + "/connections", "");
        return got.json()
                .get("items")
                .valueStream()
                .map(item -> item.toString())
                .toList();
    }
}
