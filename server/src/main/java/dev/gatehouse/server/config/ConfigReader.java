package dev.gatehouse.server.config;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.NodeConfig.Database;
import dev.gatehouse.server.config.NodeConfig.Limits;
import dev.gatehouse.server.config.NodeConfig.Log;
import dev.gatehouse.server.config.NodeConfig.LogFormat;
import dev.gatehouse.server.config.NodeConfig.LogLevel;
import dev.gatehouse.server.config.NodeConfig.Outbound;
import dev.gatehouse.server.config.NodeConfig.Pages;
import dev.gatehouse.server.config.NodeConfig.Tracing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Puts the sources together and reads every key of the table.
final class ConfigReader {
    private static final int MAX_PASSWORD_BYTES = 4096;

    private final List<Mistake> mistakes = new ArrayList<>();

    Loaded read(ConfigSources sources) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        sources.file()
                .ifPresent(file -> settings.putAll(YamlSettings.named(YamlSettings.read(file, mistakes), mistakes)));
        if (ListenerReader.names(settings).isEmpty()) {
            settings.putAll(ListenerReader.presets());
        }
        environment(sources, settings);
        new TreeMap<>(sources.flags()).forEach((key, value) -> settings.put(key, new Setting(value, "--set " + key)));
        refuseUnknown(settings);

        ConfigValues values = new ConfigValues(settings, mistakes);
        Path data = values.get(Keys.DATA).orElse(Path.of("data"));
        Path keyFile = values.get(Keys.KEY_FILE).orElse(data.resolve("gatehouse.keys"));
        Database database = database(values);
        boolean remoteAdmin = values.get(Keys.ALLOW_REMOTE_ADMIN).orElse(false);
        var listeners = ListenerReader.read(values, remoteAdmin);
        Limits limits = limits(values);
        Optional<Duration> keyPeriod =
                values.get(Keys.ROTATE_DAYS).filter(days -> days > 0).map(Duration::ofDays);
        Log log = new Log(
                values.get(Keys.LOG_FORMAT).orElse(LogFormat.TEXT),
                values.get(Keys.LOG_LEVEL).orElse(LogLevel.INFO));
        Optional<Tracing> tracing = tracing(values);
        Outbound outbound = new Outbound(
                values.get(Keys.EGRESS_ALLOW).orElse(List.of()),
                values.get(Keys.EGRESS_DOCUMENTS).orElse(List.of()),
                values.get(Keys.CONNECTIONS_PLATFORMS),
                values.get(Keys.CONNECTIONS_CLIENTS_FILE),
                hook(values));
        Pages pages = PagesReader.read(values);
        NodeConfig.Mail mail = MailReader.read(values, data, (key, path) -> passwordIn(key, path, values));
        return mistakes.isEmpty()
                ? new Loaded.Good(new NodeConfig(
                        data,
                        keyFile,
                        database,
                        listeners,
                        remoteAdmin,
                        values.get(Keys.CLIENT_AUTHORITIES),
                        limits,
                        keyPeriod,
                        log,
                        tracing,
                        outbound,
                        pages,
                        mail,
                        values.shown()))
                : new Loaded.Wrong(List.copyOf(mistakes));
    }

    /// One without the other is a mistake.
    private Optional<NodeConfig.Hook> hook(ConfigValues values) {
        Optional<URI> url = values.get(Keys.CONNECTIONS_EVENTS_URL);
        Optional<Path> secrets = values.get(Keys.CONNECTIONS_EVENTS_SECRET_FILE);
        if (url.isPresent() != secrets.isPresent()) {
            mistakes.add(new Mistake(
                    "connections", "connections.events-url and connections.events-secret-file go together"));
        }
        return url.flatMap(to -> secrets.map(file -> new NodeConfig.Hook(to, file)));
    }

    private void environment(ConfigSources sources, Map<String, Setting> settings) {
        Map<String, String> byVariable = new TreeMap<>();
        known(settings).forEach(key -> byVariable.put(ConfigKey.variable(key), key));
        new TreeMap<>(sources.environment()).forEach((variable, value) -> {
            if (!variable.startsWith("GATEHOUSE_") || sources.foreign().contains(variable)) {
                return;
            }
            String origin = "environment " + variable;
            String key = byVariable.get(variable);
            if (key == null) {
                mistakes.add(new Mistake(origin, "is no variable of Gatehouse" + hint(variable, byVariable.keySet())));
            } else {
                settings.put(key, new Setting(value, origin));
            }
        });
    }

    private void refuseUnknown(Map<String, Setting> settings) {
        List<String> known = known(settings);
        settings.forEach((key, setting) -> {
            if (!known.contains(key)) {
                mistakes.add(new Mistake(setting.origin(), "there is no key " + key + hint(key, known)));
            }
        });
    }

    private static List<String> known(Map<String, Setting> settings) {
        List<String> known =
                new ArrayList<>(Keys.ALL.stream().map(ConfigKey::name).toList());
        ListenerReader.names(settings)
                .forEach(name -> Keys.LISTENER.forEach(
                        key -> known.add(ListenerReader.at(key, name).name())));
        return known;
    }

    private static String hint(String name, Collection<String> known) {
        return Nearest.to(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private Database database(ConfigValues values) {
        Optional<String> url = values.get(Keys.DATABASE_URL);
        Optional<String> user = values.get(Keys.DATABASE_USER);
        Optional<Secret> password = values.get(Keys.DATABASE_PASSWORD);
        Optional<Path> file = values.get(Keys.DATABASE_PASSWORD_FILE);
        if (url.isEmpty()) {
            needed(
                    values,
                    Keys.DATABASE_URL,
                    List.of(Keys.DATABASE_USER, Keys.DATABASE_PASSWORD, Keys.DATABASE_PASSWORD_FILE));
            return new Database.Embedded();
        }
        if (user.isEmpty()) {
            values.mistake(Keys.DATABASE_URL.name(), "database.user is missing");
        }
        if (password.isPresent() && file.isPresent()) {
            values.mistake(Keys.DATABASE_PASSWORD_FILE.name(), "database.password is set too; one of them is enough");
        }
        Secret secret = password.or(() -> file.flatMap(path -> passwordIn(Keys.DATABASE_PASSWORD_FILE, path, values)))
                .orElse(Secret.of(""));
        return new Database.PostgreSql(url.get(), user.orElse(""), secret);
    }

    /// Refuses what is set although the key is not that gives it a meaning.
    static void needed(ConfigValues values, ConfigKey<?> key, List<ConfigKey<?>> others) {
        for (ConfigKey<?> other : others) {
            if (values.settings().containsKey(other.name())
                    && !values.settings().containsKey(key.name())) {
                values.mistake(other.name(), "means nothing without " + key.name());
            }
        }
    }

    private static Optional<Tracing> tracing(ConfigValues values) {
        Optional<URI> endpoint = values.get(Keys.TRACING_ENDPOINT);
        needed(
                values,
                Keys.TRACING_ENDPOINT,
                List.of(Keys.TRACING_SAMPLE_RATIO, Keys.TRACING_SERVICE_NAME, Keys.TRACING_FOLLOW_CALLERS));
        double ratio = values.get(Keys.TRACING_SAMPLE_RATIO).orElse(0.0);
        String service = values.get(Keys.TRACING_SERVICE_NAME).orElse("");
        boolean follow = values.get(Keys.TRACING_FOLLOW_CALLERS).orElse(false);
        return endpoint.map(collector -> new Tracing(collector, ratio, service, follow));
    }

    private static Optional<Secret> passwordIn(ConfigKey<Path> key, Path path, ConfigValues values) {
        try {
            if (Files.size(path) <= MAX_PASSWORD_BYTES) {
                return Optional.of(Secret.of(Files.readString(path).replaceFirst("\r?\n$", "")));
            }
            values.mistake(key.name(), "the file is larger than " + MAX_PASSWORD_BYTES + " bytes");
        } catch (IOException e) {
            values.mistake(
                    key.name(), "the file cannot be read: " + e.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    private static Limits limits(ConfigValues values) {
        return new Limits(
                values.get(Keys.HEAD_BYTES).orElse(0),
                values.get(Keys.CONNECTIONS).orElse(0),
                values.get(Keys.BUFFERED_BYTES).orElse(0L),
                seconds(values, Keys.HEAD_SECONDS),
                seconds(values, Keys.IDLE_SECONDS),
                seconds(values, Keys.UPSTREAM_SECONDS),
                seconds(values, Keys.LEAVE_SECONDS));
    }

    private static Duration seconds(ConfigValues values, ConfigKey<Integer> key) {
        return Duration.ofSeconds(values.get(key).orElse(0));
    }
}
