package dev.gatehouse.egress;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The one key and chain that there is, as they were given. A key store would encrypt the key under a password
/// only to decrypt it again, for each connection anew.
final class OwnKey extends X509ExtendedKeyManager {
    private static final String NAME = "own";

    private final ClientIdentity identity;

    OwnKey(ClientIdentity identity) {
        this.identity = identity;
    }

    /// Whom the server trusts is the server's business: it says so when it does not take the certificate.
    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        String kind = identity.chain().getFirst().getPublicKey().getAlgorithm();
        return Stream.of(kinds).anyMatch(kind::equals) ? NAME : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] kinds, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(kinds, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(NAME) ? identity.chain().toArray(X509Certificate[]::new) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(NAME) ? identity.key() : null;
    }

    @Override
    public String[] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return new String[] {NAME};
    }

    /// Nobody connects to this.
    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
