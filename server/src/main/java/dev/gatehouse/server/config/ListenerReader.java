package dev.gatehouse.server.config;

import dev.gatehouse.server.config.NodeConfig.Listener;
import dev.gatehouse.server.config.NodeConfig.Serves;
import dev.gatehouse.server.config.NodeConfig.Tls;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the listeners; refuses an admin listener that is open to the network by accident, and plain HTTP there.
final class ListenerReader {
    static final String NAME = "[a-z][a-z0-9-]{0,31}";
    static final String NAME_ALLOWED = "1 to 32 lower-case letters, digits and hyphens, a letter first";

    private static final String PRESET = "default";

    private ListenerReader() {}

    /// What holds when no source names a listener.
    static Map<String, Setting> presets() {
        Map<String, Setting> presets = new LinkedHashMap<>();
        presets.put("listeners.api.address", new Setting("127.0.0.1", PRESET));
        presets.put("listeners.api.port", new Setting("8080", PRESET));
        presets.put("listeners.api.serves", new Setting("api", PRESET));
        presets.put("listeners.admin.address", new Setting("127.0.0.1", PRESET));
        presets.put("listeners.admin.port", new Setting("8081", PRESET));
        presets.put("listeners.admin.serves", new Setting("admin", PRESET));
        return presets;
    }

    /// The names in the order in which they were first named.
    static List<String> names(Map<String, Setting> settings) {
        return settings.keySet().stream()
                .filter(key -> key.matches("listeners\\." + NAME + "\\..+"))
                .map(key -> key.split("\\.", 3)[1])
                .distinct()
                .toList();
    }

    static List<Listener> read(ConfigValues values, boolean allowRemoteAdmin) {
        List<Listener> listeners = new ArrayList<>();
        for (String name : names(values.settings())) {
            var address = values.get(at(Keys.LISTENER_ADDRESS, name));
            var port = values.required(at(Keys.LISTENER_PORT, name));
            var serves = values.required(at(Keys.LISTENER_SERVES, name));
            var bodyBytes = values.get(at(Keys.LISTENER_BODY_BYTES, name));
            var behindTls = values.get(at(Keys.LISTENER_BEHIND_TLS, name));
            var trusted = values.get(at(Keys.LISTENER_TRUSTED_PROXIES, name));
            var header = values.get(at(Keys.LISTENER_CERTIFICATE_HEADER, name));
            var proxy = values.get(at(Keys.LISTENER_PROXY, name));
            Optional<Tls> tls = TlsReader.read(values, name);
            if (address.isEmpty() || port.isEmpty() || serves.isEmpty() || bodyBytes.isEmpty()) {
                continue;
            }
            if (serves.get() == Serves.ADMIN && !address.get().isLoopbackAddress() && !allowRemoteAdmin) {
                values.mistake(
                        "listeners." + name + ".address",
                        "an admin listener on an address that is not loopback needs allow-remote-admin: true");
            }
            TlsReader.refusePlain(values, name, address.get(), behindTls.orElse(false));
            refuseForeign(values, name, serves.get());
            if (header.isPresent() && trusted.orElse(List.of()).isEmpty()) {
                values.mistake(
                        at(Keys.LISTENER_CERTIFICATE_HEADER, name).name(),
                        "means nothing without "
                                + at(Keys.LISTENER_TRUSTED_PROXIES, name).name());
            }
            boolean taken = listeners.stream()
                    .anyMatch(other -> port.get() != 0
                            && other.port() == port.get()
                            && (other.address().equals(address.get())
                                    || other.address().isAnyLocalAddress()
                                    || address.get().isAnyLocalAddress()));
            if (taken) {
                values.mistake("listeners." + name + ".port", "another listener has this port");
            }
            listeners.add(new Listener(
                    name,
                    address.get(),
                    port.get(),
                    serves.get(),
                    bodyBytes.get(),
                    tls,
                    trusted.orElse(List.of()),
                    header,
                    proxy));
        }
        return listeners;
    }

    /// Refuses keys that belong to another kind of listener, and one without the key that its kind needs.
    private static void refuseForeign(ConfigValues values, String name, Serves serves) {
        Map<ConfigKey<?>, Set<Serves>> of = Map.of(
                Keys.LISTENER_BODY_BYTES, EnumSet.of(Serves.API),
                Keys.LISTENER_TRUSTED_PROXIES, EnumSet.of(Serves.API, Serves.VERIFY),
                Keys.LISTENER_CERTIFICATE_HEADER, EnumSet.of(Serves.API, Serves.VERIFY),
                Keys.LISTENER_PROXY, EnumSet.of(Serves.VERIFY));
        of.forEach((key, kinds) -> {
            String at = at(key, name).name();
            if (!kinds.contains(serves) && values.settings().containsKey(at)) {
                values.mistake(at, "means nothing for a listener that serves " + ConfigType.word(serves));
            }
        });
        String proxy = at(Keys.LISTENER_PROXY, name).name();
        if (serves == Serves.VERIFY && !values.settings().containsKey(proxy)) {
            values.mistake(
                    "listeners." + name + ".serves",
                    proxy + " is missing: " + Keys.LISTENER_PROXY.type().allowed());
        }
    }

    /// The key of one listener.
    static <T> ConfigKey<T> at(ConfigKey<T> key, String name) {
        return new ConfigKey<>(key.name().replace("*", name), key.type(), key.preset(), key.about());
    }
}
