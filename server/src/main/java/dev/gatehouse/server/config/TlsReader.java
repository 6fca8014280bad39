package dev.gatehouse.server.config;

import dev.gatehouse.server.config.NodeConfig.ClientCertificates;
import dev.gatehouse.server.config.NodeConfig.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads what a listener says about TLS, and refuses plain HTTP where others could listen in.
final class TlsReader {
    private TlsReader() {}

    static Optional<Tls> read(ConfigValues values, String name) {
        ConfigKey<List<Path>> certificatesKey = ListenerReader.at(Keys.LISTENER_TLS_CERTIFICATES, name);
        ConfigKey<List<Path>> keysKey = ListenerReader.at(Keys.LISTENER_TLS_KEYS, name);
        ConfigKey<Path> caKey = ListenerReader.at(Keys.LISTENER_TLS_CLIENT_CA, name);
        ConfigKey<ClientCertificates> clientsKey = ListenerReader.at(Keys.LISTENER_TLS_CLIENT_CERTIFICATES, name);
        ConfigKey<Boolean> http2Key = ListenerReader.at(Keys.LISTENER_TLS_HTTP2, name);
        List<Path> certificates = values.get(certificatesKey).orElse(List.of());
        List<Path> keys = values.get(keysKey).orElse(List.of());
        Optional<Path> ca = values.get(caKey);
        ClientCertificates clients = values.get(clientsKey).orElse(ClientCertificates.NONE);
        boolean http2 = values.get(http2Key).orElse(true);
        if (!values.settings().containsKey(certificatesKey.name())) {
            for (var key : List.of(keysKey, caKey, clientsKey, http2Key)) {
                if (values.settings().containsKey(key.name())) {
                    values.mistake(key.name(), "means nothing without " + certificatesKey.name());
                }
            }
            return Optional.empty();
        }
        if (certificates.size() != keys.size()) {
            values.mistake(
                    certificatesKey.name(),
                    "names " + certificates.size() + " files, " + keysKey.name() + " names " + keys.size()
                            + "; each certificate needs its key");
        }
        if (ca.isPresent() && clients == ClientCertificates.NONE) {
            values.mistake(caKey.name(), "means nothing unless " + clientsKey.name() + " is want or require");
        }
        if (ca.isEmpty() && clients == ClientCertificates.REQUIRE) {
            values.mistake(clientsKey.name(), "needs " + caKey.name());
        }
        return Optional.of(new Tls(certificates, keys, ca, clients, http2));
    }

    static void refusePlain(ConfigValues values, String name, InetAddress address, boolean behindTls) {
        String certificates =
                ListenerReader.at(Keys.LISTENER_TLS_CERTIFICATES, name).name();
        String behind = ListenerReader.at(Keys.LISTENER_BEHIND_TLS, name).name();
        boolean tls = values.settings().containsKey(certificates);
        if (tls && behindTls) {
            values.mistake(behind, "means nothing for a listener that speaks TLS itself");
        }
        if (!tls && !behindTls && !address.isLoopbackAddress()) {
            values.mistake(
                    ListenerReader.at(Keys.LISTENER_ADDRESS, name).name(),
                    "keys and tokens would cross the network unencrypted: set " + certificates + " and "
                            + ListenerReader.at(Keys.LISTENER_TLS_KEYS, name).name()
                            + ", or listen on 127.0.0.1, or set "
                            + behind + ": true when a proxy in front speaks TLS and nobody else reaches this address");
        }
    }
}
