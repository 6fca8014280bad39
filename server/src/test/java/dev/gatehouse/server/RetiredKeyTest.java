package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.core.store.StoredKey.Use;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.Rotation;
import dev.gatehouse.oauth.keys.Schedule;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET N03: retiring a key ends it, whatever somebody did to its row in the database before or does after.
class RetiredKeyTest {
    private static final List<String> ALTERATIONS = List.of(
            "version = 9223372036854775807",
            "version = 9223372036854775806",
            "version = version + 1",
            "state = 'prepared'",
            "state = 'retired'",
            "algorithm = 'none'",
            "public_part = 'x'",
            "created_at = 9223372036854775807",
            "created_at = -9223372036854775808",
            "activated_at = NULL",
            "activated_at = 9223372036854775807",
            "retired_at = -9223372036854775808",
            "encrypted = (SELECT other.encrypted FROM stored_key other WHERE other.id <> stored_key.id"
                    + " AND other.state = 'active' LIMIT 1)");

    private static final InstantSource CLOCK = InstantSource.system();

    private final SecureRandom random = new SecureRandom();

    /// Every finding is logged. Held, because loggers are forgotten with their levels.
    private final Logger log = Logger.getLogger(Keys.class.getName());

    @TempDir
    Path folder;

    @BeforeEach
    void silence() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(null);
    }

    /// A node's keys, and the database behind them.
    private record Node(Store store, Custody custody, Keys keys, List<Api> apis, Connection database)
            implements AutoCloseable {
        private Rotation rotation() {
            return new Rotation(keys, () -> apis, new Schedule(Optional.empty()), CLOCK);
        }

        /// How many keys are found altered.
        int found() {
            rotation().inspect();
            return rotation().unreadable();
        }

        /// The one that signs or seals now. Keys of PS256 are drawn by the first answer that is signed by one.
        Id active(Use use) {
            if (use == Use.IDENTIFY_PS) {
                keys.ensure(apis.getFirst(), SigningAlgorithm.PS256);
            }
            List<Id> active = store.keys().keys().sound().stream()
                    .filter(key -> key.use() == use && key.state() == State.ACTIVE)
                    .map(StoredKey::id)
                    .toList();
            assertThat(active).hasSize(1);
            return active.getFirst();
        }

        Stored<Id> retire(Id key) {
            return keys.retire(key, apis, act());
        }

        int sql(String statement) throws SQLException {
            try (Statement running = database.createStatement()) {
                return running.executeUpdate(statement);
            }
        }

        @Override
        public void close() throws SQLException {
            database.close();
            store.close();
        }
    }

    private Node node(String kind) throws SQLException {
        Custody custody = Custody.open(folder.resolve("keys"), true, random);
        Storage storage = new Storage(custody.auditMac(), random, CLOCK, System::nanoTime);
        if (kind.equals("sqlite")) {
            Store store = storage.sqlite(folder.resolve("data"));
            return node(custody, store, "jdbc:sqlite:" + folder.resolve("data/gatehouse.db"), "", "");
        }
        Postgres.Database shared = Postgres.database();
        Store store = storage.postgresql(shared.url(), shared.user(), Secret.of(shared.password()));
        return node(custody, store, shared.url(), shared.user(), shared.password());
    }

    private Node node(Custody custody, Store store, String url, String user, String password) throws SQLException {
        Nouns nouns = new Nouns(7);
        assertThat(store.install(nouns.installation(), nouns.act())).isInstanceOf(Stored.Done.class);
        List<Api> apis = List.of(signed(store.facts().apis().getFirst()));
        Keys keys = keys(custody, store);
        keys.start(apis);
        return new Node(store, custody, keys, apis, DriverManager.getConnection(url, user, password));
    }

    /// The same Api with tokens and ID tokens that need keys to sign.
    private static Api signed(Api api) {
        return api.with(new TokenPolicy(TokenFormat.JWT, SigningAlgorithm.ES256, Duration.ofMinutes(15)))
                .with(Catalogue.of(Map.of("openid", new Catalogue.Entry("", Scopes.NONE))));
    }

    private Keys keys(Custody custody, Store store) {
        return new Keys(store.keys(), custody, CryptoProviders.jdk(), random, CLOCK);
    }

    private static Act act() {
        return Act.system("test", CLOCK.instant());
    }

    private static long stored(Id key) {
        return key.value() ^ Long.MIN_VALUE;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void n03WhateverWasAlteredAKeyIsRetiredAndAnotherOneServes(String database) throws SQLException {
        try (Node node = node(database)) {
            for (Use use : Use.values()) {
                for (String alteration : ALTERATIONS) {
                    String what = use + " " + alteration;
                    Id altered = node.active(use);
                    assertThat(node.sql("UPDATE stored_key SET " + alteration + " WHERE id = " + stored(altered)))
                            .isEqualTo(1);
                    assertThat(node.found()).as(what).isEqualTo(1);
                    assertThat(node.retire(altered)).as(what).isInstanceOf(Stored.Done.class);
                    assertThat(node.found()).as(what).isZero();
                    assertThat(node.active(use)).as(what).isNotEqualTo(altered);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void n03ARetiredKeyThatIsPutBackAsItWasIsFoundAndNotUsed(String database) throws SQLException {
        try (Node node = node(database)) {
            for (Use use : Use.values()) {
                Id leaked = node.active(use);
                node.sql("CREATE TABLE kept_" + use + " AS SELECT * FROM stored_key WHERE id = " + stored(leaked));
                assertThat(node.retire(leaked)).isInstanceOf(Stored.Done.class);
                Id next = node.active(use);
                node.sql("DELETE FROM stored_key WHERE id IN (" + stored(leaked) + ", " + stored(next) + ")");
                node.sql("INSERT INTO stored_key SELECT * FROM kept_" + use);

                assertThat(node.found()).as(use.name()).isEqualTo(1);
                assertThatThrownBy(() -> keys(node.custody(), node.store()).start(node.apis()))
                        .isInstanceOf(CustodyException.class)
                        .hasMessageContaining(leaked.text());
                assertThat(node.retire(leaked)).isInstanceOf(Stored.Done.class);
                assertThat(node.found()).as(use.name()).isZero();
                assertThat(node.active(use)).as(use.name()).isNotEqualTo(leaked);
            }
        }
    }

    /// A key that another one followed is not retired by hand: it opens what was made under it for a while.
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void n03AKeyThatIsPutBackToAnEarlierStateIsFoundAndNotUsed(String database) throws SQLException {
        try (Node node = node(database)) {
            assertThat(node.keys().prepareAsserting(act())).isInstanceOf(Stored.Done.class);
            node.sql("CREATE TABLE earlier AS SELECT * FROM stored_key WHERE purpose = 'assert'");
            assertThat(node.keys().rotateAsserting(act())).isInstanceOf(Stored.Done.class);
            assertThat(node.found()).isZero();
            node.sql("DELETE FROM stored_key WHERE purpose = 'assert'");
            node.sql("INSERT INTO stored_key SELECT * FROM earlier");
            assertThat(node.found())
                    .as("the one that was active again, and the one that was prepared")
                    .isEqualTo(2);
        }
    }
}
