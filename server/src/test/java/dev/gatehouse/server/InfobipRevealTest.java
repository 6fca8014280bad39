package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `apiKeySecret` where the Api opts into `reveal`: every answer that names it tells it, to whoever could have made
/// the key.
class InfobipRevealTest extends InfobipUsersFixture {
    private static final String FIRST = "/settings/1/accounts/_/api-keys";
    private static final String SECOND = "/settings/2/api-keys";

    @BeforeEach
    void keep() {
        Setup.reveal(server, "infobip", "[\"api_key\"]");
    }

    private Got send(Person person, String method, String target, String body) {
        return InfobipKeysTest.send(server, basic(person), method, target, body);
    }

    private JsonNode create() {
        return InfobipKeysTest.created(
                server, basic(manager), "{\"name\":\"sms\",\"scopeGuids\":[\"sms:message:send\"]}");
    }

    private static String told(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("apiKeySecret").asString();
    }

    private long audited() {
        return server.admin("GET", "/v1/audit?limit=200&verb=credential.reveal", "")
                .json()
                .get("items")
                .size();
    }

    @Test
    void bothFormsTellTheSecretAgain() throws IOException {
        JsonNode key = create();
        String secret = key.get("apiKeySecret").asString();
        String path = SECOND + "/" + key.get("id").asString();
        assertThat(told(send(manager, "GET", path, ""))).isEqualTo(secret);
        assertThat(audited()).isEqualTo(1);
        server = server.restarted(folder, clock);
        JsonNode listed = send(manager, "GET", SECOND, "").json();
        assertThat(listed.at("/apiKeys/0/apiKeySecret").asString()).isEqualTo(secret);
        String old = FIRST + "/" + key.get("id").asString();
        assertThat(send(manager, "GET", old, "").json().get("publicApiKey").asString())
                .isEqualTo(secret);
        assertThat(send(manager, "GET", FIRST, "")
                        .json()
                        .at("/apiKeys/0/publicApiKey")
                        .asString())
                .isEqualTo(secret);
        assertThat(audited()).isEqualTo(4);
        assertThat(told(send(manager, "PUT", path, "{\"name\":\"renamed\"}"))).isEqualTo(secret);
        assertThat(told(send(manager, "PUT", path, "{\"enabled\":false}"))).isEqualTo(secret);
        assertThat(told(InfobipKeysTest.send(server, session(manager), "GET", path, "")))
                .isEqualTo(secret);
        assertThat(sms("App " + secret).status()).isEqualTo(401);
    }

    /// A list is read often, and each reading is one row, which says whose secrets were told.
    @Test
    void aListLeavesOneRow() {
        List<String> keys =
                List.of(create().get("id").asString(), create().get("id").asString());
        assertThat(send(manager, "GET", SECOND, "").status()).isEqualTo(200);
        JsonNode rows = server.admin("GET", "/v1/audit?limit=200&verb=credential.reveal", "")
                .json()
                .get("items");
        assertThat(rows.size()).isEqualTo(1);
        assertThat(rows.get(0).toString()).contains(keys);
    }

    /// "You will not be able to create or manage API keys with another API key".
    @Test
    void noKeyReadsKeysAndNobodyWithoutTheRight() {
        JsonNode key = create();
        String app = "App " + key.get("apiKeySecret").asString();
        for (String path : List.of(SECOND, SECOND + "/" + key.get("id").asString(), FIRST)) {
            Got got = InfobipKeysTest.send(server, app, "GET", path, "");
            assertThat(got.status()).as(got.text()).isEqualTo(403);
            assertThat(got.text()).doesNotContain(key.get("apiKeySecret").asString());
            assertThat(send(sender, "GET", path, "").status()).isEqualTo(403);
        }
        assertThat(audited()).isZero();
    }

    /// A mask is what they see who could not have made it (GAUNTLET H04).
    @Test
    void whoHasLessThanTheKeySeesAMask() {
        JsonNode key = create();
        Person clerk = Person.create(
                server,
                "clerk",
                Optional.of(Setup.role(server, "clerk", List.of("account-management:manage"), "infobip")));
        String path = SECOND + "/" + key.get("id").asString();
        assertThat(told(send(clerk, "GET", path, "")))
                .isEqualTo(
                        server.admin("GET", "/v1/credentials/" + key.get("id").asString(), "")
                                .json()
                                .get("hint")
                                .asString());
        assertThat(send(clerk, "GET", SECOND, "").text())
                .doesNotContain(key.get("apiKeySecret").asString());
        assertThat(server.admin("PATCH", "/v1/credentials/" + key.get("id").asString(), "{\"scopes\":\"role\"}")
                        .status())
                .isEqualTo(200);
        assertThat(told(send(manager, "GET", path, "")))
                .as("all of a role")
                .isNotEqualTo(key.get("apiKeySecret").asString());
        assertThat(audited()).isZero();
    }

    @Test
    void itIsAMaskAgainOnceTheApiTakesItBack() {
        JsonNode key = create();
        String path = SECOND + "/" + key.get("id").asString();
        Setup.reveal(server, "infobip", "[]");
        assertThat(told(send(manager, "GET", path, "")))
                .isNotEqualTo(key.get("apiKeySecret").asString());
        Setup.reveal(server, "infobip", "[\"api_key\"]");
        assertThat(told(send(manager, "GET", path, "")))
                .isNotEqualTo(key.get("apiKeySecret").asString());
        assertThat(audited()).isZero();
        assertThat(sms("App " + key.get("apiKeySecret").asString()).status()).isEqualTo(200);
    }

    /// Only who asks for that one key hears of it: a list shows the others, and a change has happened.
    @Test
    void whatCannotBeReadIsTheProvidersOwn503() throws SQLException {
        JsonNode key = create();
        String id = key.get("id").asString();
        JsonNode other = create();
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                Statement change = sql.createStatement()) {
            assertThat(change.executeUpdate("UPDATE secret_copy SET sealed = zeroblob(90) WHERE credential"
                            + " IN (SELECT credential FROM secret_copy ORDER BY credential LIMIT 2)"))
                    .isEqualTo(2);
        }
        Got got = send(manager, "GET", SECOND + "/" + id, "");
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isEqualTo("1");
        assertThat(got.json().get("errorCode").asString()).isEqualTo("E500");
        JsonNode third = create();
        Got list = send(manager, "GET", SECOND, "");
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(list.text())
                .contains(id, third.get("apiKeySecret").asString())
                .doesNotContain(
                        key.get("apiKeySecret").asString(),
                        other.get("apiKeySecret").asString());
        Got ended = send(manager, "PUT", SECOND + "/" + id, "{\"enabled\":false}");
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        assertThat(ended.json().get("enabled").asBoolean()).isFalse();
        assertThat(ended.json().get("apiKeySecret").asString())
                .isNotEqualTo(key.get("apiKeySecret").asString());
        assertThat(sms("App " + key.get("apiKeySecret").asString()).status()).isEqualTo(401);
    }
}
