package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GAUNTLET N03 through HTTP: a key that cannot be decrypted is a broken dependency of what needs it, and of
/// nothing else.
class UnreadableKeyTest {
    private static final String FORM = "grant_type=client_credentials";

    /// What was found is logged each time. Held, because loggers are forgotten with their levels.
    private final Logger log = Logger.getLogger(Keys.class.getName());

    @TempDir
    Path folder;

    private RunningServer server;
    private Customer customer;
    private String ordersToken;
    private String parcelsToken;

    @BeforeEach
    void start() throws IOException {
        log.setLevel(Level.OFF);
        server = RunningServer.start(folder, new TestClock(Instant.parse("2026-01-01T00:00:00Z")));
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders", "parcels"));
        ordersToken = server.mint("orders", customer, "things:read");
        parcelsToken = server.mint("parcels", customer, "things:read");
    }

    @AfterEach
    void stop() {
        server.close();
        log.setLevel(null);
    }

    /// The first byte is behind the name of the key-encryption key, which is in bytes 1 to 4: a damaged
    /// ciphertext, and one that the key file has no key for.
    @ParameterizedTest
    @CsvSource({"orders, sign, 40", "orders, sign, 2", "parcels, seal, 40", "parcels, seal, 2"})
    void n03WhatNeedsAKeyThatCannotBeDecryptedIs503AndEverythingElseWorks(String api, String use, int at)
            throws SQLException {
        String token = api.equals("orders") ? ordersToken : parcelsToken;
        String other = api.equals("orders") ? "parcels" : "orders";
        byte[] stored = flip(use, at);
        readAgain();

        unavailable(server.call(api, "GET", "/things", "Authorization", "Bearer " + token));
        unavailable(server.token(api, customer, FORM));
        unavailable(introspect(api, token));
        unavailable(revoke(api, token));
        unavailable(server.ops("/readyz"));
        assertThat(server.ops("/readyz").text()).contains("cannot be decrypted: key_");
        assertThat(server.ops("/livez").status()).isEqualTo(200);
        for (String each : new String[] {api, other}) {
            assertThat(server.call(each, "GET", "/things", "X-Api-Key", customer.apiKey())
                            .status())
                    .as("an API key at " + each)
                    .isEqualTo(200);
        }
        assertThat(server.call(other, "GET", "/things", "Authorization", "Bearer " + otherToken(api))
                        .status())
                .isEqualTo(200);
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer x" + token)
                        .status())
                .as("what names no key that cannot be decrypted")
                .isEqualTo(401);

        write(use, stored);
        readAgain();
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(server.token(api, customer, FORM).status()).isEqualTo(200);
        assertThat(server.ops("/readyz").status()).isEqualTo(200);
    }

    @Test
    void n03CallsAre503WhenTheKeyOfAssertionsCannotBeDecrypted() throws SQLException {
        flip("assert", 40);
        readAgain();
        unavailable(server.call("orders", "GET", "/things", "X-Api-Key", customer.apiKey()));
        assertThat(server.token("orders", customer, FORM).status()).isEqualTo(200);
        unavailable(server.ops("/readyz"));
    }

    @Test
    void n03AKeyThatCannotBeDecryptedCanBeRetired() throws SQLException {
        flip("sign", 40);
        readAgain();
        String named = server.ops("/readyz").text();
        String key = named.substring(named.indexOf("key_"), named.indexOf("key_") + 17);
        assertThat(server.admin("POST", "/v1/apis/orders/keys/" + key + "/retire", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + ordersToken)
                        .status())
                .isEqualTo(401);
        assertThat(server.token("orders", customer, FORM).status()).isEqualTo(200);
        assertThat(server.ops("/readyz").status()).isEqualTo(200);
    }

    private String otherToken(String api) {
        return api.equals("orders") ? parcelsToken : ordersToken;
    }

    private Got introspect(String api, String token) {
        return server.form(
                api,
                "/oauth2/introspect",
                "token=" + token,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
    }

    private Got revoke(String api, String token) {
        return server.form(
                api,
                "/oauth2/revoke",
                "token=" + token,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
    }

    private static void unavailable(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.header("Retry-After")).isEqualTo("1");
    }

    /// Every change of a key has all of them read again.
    private void readAgain() {
        Got prepared = server.admin("POST", "/v1/apis/gatehouse/keys/prepare", "");
        assertThat(prepared.status()).as(prepared.text()).isEqualTo(201);
    }

    /// Flips a bit of the active key's ciphertext; returns what was stored.
    private byte[] flip(String use, int at) throws SQLException {
        byte[] stored = read(use);
        byte[] damaged = stored.clone();
        damaged[at] ^= 1;
        write(use, damaged);
        return stored;
    }

    private byte[] read(String use) throws SQLException {
        try (Connection sql = database();
                PreparedStatement query = sql.prepareStatement(
                        "SELECT encrypted FROM stored_key WHERE purpose = ? AND state = 'active'")) {
            query.setString(1, use);
            try (ResultSet found = query.executeQuery()) {
                return found.getBytes(1);
            }
        }
    }

    private void write(String use, byte[] encrypted) throws SQLException {
        try (Connection sql = database();
                PreparedStatement update = sql.prepareStatement(
                        "UPDATE stored_key SET encrypted = ? WHERE purpose = ? AND state = 'active'")) {
            update.setBytes(1, encrypted);
            update.setString(2, use);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
    }
}
