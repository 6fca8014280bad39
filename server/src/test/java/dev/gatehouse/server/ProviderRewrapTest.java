package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// Secrets of identity providers as they are kept (GAUNTLET N03).
class ProviderRewrapTest extends FederationWorld {
    @Test
    void theOldKeyIsNeededUntilSecretsAreUnderTheNewOne() throws IOException {
        joining();
        server.close();
        Environment env = new Environment(clock, System::nanoTime, new SecureRandom());
        NodeConfig config = RunningServer.configWith(folder, FakeProvider.config(provider));
        Rewrapping.prepare(config, env);
        assertThatThrownBy(() -> Rewrapping.dropOld(config, env)).isInstanceOf(CannotStart.class);
        assertThat(Rewrapping.run(config, env)).isPositive();
        Rewrapping.dropOld(config, env);
        server = server.restartedWith(folder, clock, FakeProvider.config(provider));
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }

    /// An older secret, or another issuer's row, opens nothing and is never sent.
    @Test
    void aSecretThatWasMovedOrPutBackIsNone() throws SQLException {
        joining();
        byte[] old = secret("SELECT secret FROM identity_provider");
        changed("\"client_secret\":\"another\"");
        changed("\"client_secret\":\"a third\"");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        int sent = provider.redeemed().size();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                var put = connection.prepareStatement("UPDATE identity_provider SET secret = ?")) {
            put.setBytes(1, old);
            put.executeUpdate();
        }
        refused(through(reader(), "sub-1"));
        assertThat(provider.redeemed()).hasSize(sent);
    }

    private byte[] secret(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getBytes(1);
        }
    }
}
