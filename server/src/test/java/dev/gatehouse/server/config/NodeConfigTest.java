package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.config.NodeConfig.Database;
import dev.gatehouse.server.config.NodeConfig.LogFormat;
import dev.gatehouse.server.config.NodeConfig.LogLevel;
import dev.gatehouse.server.config.NodeConfig.Serves;
import dev.gatehouse.server.config.NodeConfig.Shown;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a node is configured to: by default, by a file, by the environment, by flags.
class NodeConfigTest extends NodeConfigFixture {
    @Test
    void defaultsNeedNoFile() {
        NodeConfig config = good("", Map.of(), Map.of());
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.keyFile()).isEqualTo(Path.of("data/gatehouse.keys"));
        assertThat(config.database()).isInstanceOf(Database.Embedded.class);
        assertThat(config.listeners().stream()
                        .map(at ->
                                at.name() + " " + at.address().getHostAddress() + ":" + at.port() + " " + at.serves()))
                .containsExactly("api 127.0.0.1:8080 API", "admin 127.0.0.1:8081 ADMIN");
        assertThat(config.limits().head()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.tracing()).isEmpty();
        assertThat(config.log()).isEqualTo(new NodeConfig.Log(LogFormat.TEXT, LogLevel.INFO));
        assertThat(config.describe()).allMatch(shown -> shown.origin().equals("default"));
    }

    @Test
    void everyKeyIsReadFromTheFile() {
        NodeConfig config = good("""
                data: /srv/gatehouse
                key-file: /srv/keys
                database:
                  url: jdbc:postgresql://db:5432/gatehouse
                  user: gatehouse
                  password: swordfish
                listeners:
                  - name: public
                    address: "::"
                    port: 443
                    serves: api
                    body-bytes: 5000000000
                    tls:
                      certificates: [/srv/a.pem, /srv/b.pem]
                      keys: [/srv/a.key, /srv/b.key]
                      client-ca: /srv/ca.pem
                      client-certificates: require
                      http2: false
                  - {name: ops, address: 10.0.0.1, port: 9000, serves: admin, behind-tls: true}
                allow-remote-admin: true
                limits:
                  head-bytes: 8192
                  connections: 17
                  buffered-bytes: 70000
                  head-seconds: 1
                  idle-seconds: 3
                  upstream-seconds: 4
                  leave-seconds: 5
                log: {format: json, level: debug}
                tracing:
                  endpoint: https://collector.internal/v1/traces
                  sample-ratio: 0.25
                  service-name: gate
                  follow-callers: true
                """, Map.of(), Map.of());
        assertThat(config.tracing())
                .contains(
                        new NodeConfig.Tracing(URI.create("https://collector.internal/v1/traces"), 0.25, "gate", true));
        assertThat(config.data()).isEqualTo(Path.of("/srv/gatehouse"));
        assertThat(config.keyFile()).isEqualTo(Path.of("/srv/keys"));
        assertThat(config.database()).isInstanceOfSatisfying(Database.PostgreSql.class, db -> {
            assertThat(db.url()).isEqualTo("jdbc:postgresql://db:5432/gatehouse");
            assertThat(db.user()).isEqualTo("gatehouse");
            assertThat(db.password().reveal()).isEqualTo("swordfish");
        });
        assertThat(config.listeners()).extracting(NodeConfig.Listener::name).containsExactly("public", "ops");
        assertThat(config.listeners()).extracting(NodeConfig.Listener::port).containsExactly(443, 9000);
        assertThat(config.listeners())
                .extracting(NodeConfig.Listener::serves)
                .containsExactly(Serves.API, Serves.ADMIN);
        assertThat(config.listeners())
                .extracting(NodeConfig.Listener::bodyBytes)
                .containsExactly(5_000_000_000L, 1L << 30);
        assertThat(config.listeners())
                .extracting(NodeConfig.Listener::tls)
                .containsExactly(
                        Optional.of(new NodeConfig.Tls(
                                List.of(Path.of("/srv/a.pem"), Path.of("/srv/b.pem")),
                                List.of(Path.of("/srv/a.key"), Path.of("/srv/b.key")),
                                Optional.of(Path.of("/srv/ca.pem")),
                                NodeConfig.ClientCertificates.REQUIRE,
                                false)),
                        Optional.empty());
        assertThat(config.limits())
                .isEqualTo(new NodeConfig.Limits(
                        8192,
                        17,
                        70_000,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
        assertThat(config.log()).isEqualTo(new NodeConfig.Log(LogFormat.JSON, LogLevel.DEBUG));
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_DATA", "from-environment",
                "GATEHOUSE_KEY_FILE", "k",
                "GATEHOUSE_LISTENERS_ADMIN_PORT", "1",
                "PATH", "x");
        NodeConfig config =
                good("data: from-file\nlog: {level: warn}\n", environment, Map.of("listeners.admin.port", "2"));
        assertThat(config.data()).isEqualTo(Path.of("from-environment"));
        assertThat(config.listeners().getLast().port()).isEqualTo(2);
        assertThat(config.describe())
                .contains(new Shown("data", "from-environment", "environment GATEHOUSE_DATA"))
                .contains(new Shown("listeners.admin.port", "2", "--set listeners.admin.port"))
                .contains(new Shown("log.level", "warn", file() + ":2"));
    }

    @Test
    void secretsAreMaskedWhenShown() throws IOException {
        String database = "database: {url: 'jdbc:postgresql://db/g', user: g, %s}\n";
        NodeConfig inline = good(database.formatted("password: swordfish"), Map.of(), Map.of());
        assertThat(inline.toString()).doesNotContain("swordfish");
        assertThat(inline.describe()).contains(new Shown("database.password", "***", file() + ":1"));
        Path secret = Files.writeString(folder.resolve("password"), "swordfish \n");
        NodeConfig file = good(database.formatted("password-file: " + secret), Map.of(), Map.of());
        assertThat(file.toString()).doesNotContain("swordfish");
        assertThat(((Database.PostgreSql) file.database()).password().reveal()).isEqualTo("swordfish ");
    }

    @Test
    void variablesOfTheClientAreLeftAlone() {
        var sources =
                new ConfigSources(Optional.empty(), Map.of("GATEHOUSE_URL", "x"), Map.of(), Set.of("GATEHOUSE_URL"));
        assertThat(NodeConfig.load(sources)).isInstanceOf(Loaded.Good.class);
    }

    @Test
    void theReferenceIsWrittenFromTheTable() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(table());
    }

    private static String table() {
        List<ConfigKey<?>> keys = new ArrayList<>(Keys.ALL);
        keys.addAll(Keys.LISTENER);
        return keys.stream()
                .map(key -> "| `" + key.name() + "` | " + key.type().allowed() + " | "
                        + key.preset().map(preset -> "`" + preset + "`").orElse("unset") + " | " + key.about() + " |\n")
                .collect(Collectors.joining());
    }
}
