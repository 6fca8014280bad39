package dev.gatehouse.server.config;

import dev.gatehouse.server.config.NodeConfig.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings while they are read: typed values out, mistakes and shown values collected.
final class ConfigValues {
    private final Map<String, Setting> settings;
    private final List<Mistake> mistakes;
    private final List<Shown> shown = new ArrayList<>();

    ConfigValues(Map<String, Setting> settings, List<Mistake> mistakes) {
        this.settings = settings;
        this.mistakes = mistakes;
    }

    Map<String, Setting> settings() {
        return settings;
    }

    List<Shown> shown() {
        return shown;
    }

    /// The value, or the default; empty when unset or wrong.
    <T> Optional<T> get(ConfigKey<T> key) {
        Optional<Setting> setting = Optional.ofNullable(settings.get(key.name()))
                .or(() -> key.preset().map(preset -> new Setting(preset, "default")));
        if (setting.isEmpty()) {
            shown.add(new Shown(key.name(), "-", "default"));
            return Optional.empty();
        }
        shown.add(new Shown(
                key.name(),
                key.secret() ? "***" : setting.get().value(),
                setting.get().origin()));
        Optional<T> value = key.type().read().apply(setting.get().value());
        if (value.isEmpty()) {
            mistakes.add(new Mistake(
                    setting.get().origin(),
                    key.name() + " must be " + key.type().allowed()));
        }
        return value;
    }

    /// The value of a key that must be set.
    <T> Optional<T> required(ConfigKey<T> key) {
        if (!settings.containsKey(key.name())) {
            mistakes.add(new Mistake(
                    "configuration", key.name() + " is missing: " + key.type().allowed()));
        }
        return get(key);
    }

    /// Notes a mistake where a key was set.
    void mistake(String key, String what) {
        Setting setting = settings.getOrDefault(key, new Setting("", "configuration"));
        mistakes.add(new Mistake(setting.origin(), key + ": " + what));
    }
}
