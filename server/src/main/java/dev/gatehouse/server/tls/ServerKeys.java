package dev.gatehouse.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Chooses the certificate of a handshake: one that is for the name that the caller asks for (RFC 6066 section
/// 3), or the first when it asks for none or for a stranger's. Never one of another name because its kind of key
/// suits better.
final class ServerKeys extends X509ExtendedKeyManager {
    private final List<CertifiedKey> keys;

    ServerKeys(List<CertifiedKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        List<CertifiedKey> suiting = suiting(asked(engine));
        for (CertifiedKey key : suiting) {
            if (key.key().getAlgorithm().equals(keyType)) {
                return Integer.toString(keys.indexOf(key));
            }
        }
        return null;
    }

    private List<CertifiedKey> suiting(String name) {
        List<CertifiedKey> named =
                keys.stream().filter(key -> key.names().coversName(name)).toList();
        // One name may have two certificates, an EC and an RSA one.
        return named.isEmpty()
                ? keys.stream()
                        .filter(key -> key.names().equals(keys.getFirst().names()))
                        .toList()
                : named;
    }

    private static String asked(@Nullable SSLEngine engine) {
        if (engine != null && engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return "";
    }

    private @Nullable CertifiedKey key(@Nullable String alias) {
        return alias == null ? null : keys.get(Integer.parseInt(alias));
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        CertifiedKey key = key(alias);
        return key == null ? null : key.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        CertifiedKey key = key(alias);
        return key == null ? null : key.key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null; // The listeners use engines.
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
