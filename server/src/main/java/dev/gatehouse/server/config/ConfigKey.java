package dev.gatehouse.server.config;

import java.util.Locale;
import java.util.Optional;

/// One key that may be set.
///
/// @param name the path of the key in the file, joined by dots
/// @param preset the text of the default; absent when the key may stay unset
/// @param about what it is, for the reference
record ConfigKey<T>(String name, ConfigType<T> type, Optional<String> preset, String about) {
    static <T> ConfigKey<T> of(String name, ConfigType<T> type, String preset, String about) {
        return new ConfigKey<>(name, type, Optional.of(preset), about);
    }

    static <T> ConfigKey<T> unset(String name, ConfigType<T> type, String about) {
        return new ConfigKey<>(name, type, Optional.empty(), about);
    }

    boolean secret() {
        return type.equals(ConfigType.SECRET);
    }

    /// The environment variable of the key.
    String variable() {
        return variable(name);
    }

    static String variable(String name) {
        return "GATEHOUSE_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
