package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exchanging the key-encryption keys takes the credentials of connections along.
class ConnectionRewrapTest {
    @TempDir
    Path folder;

    @Test
    void theOldKeyIsNeededUntilCredentialsAreUnderTheNewOne() throws IOException {
        TestClock clock = new TestClock(Instant.now());
        Environment env = new Environment(clock, System::nanoTime, new SecureRandom());
        try (FakePlatform platform = new FakePlatform()) {
            String block = platform.config(folder);
            Connected connected;
            String id;
            try (RunningServer before = RunningServer.with(folder, clock, block)) {
                connected = Connected.create(before);
                id = connected.connected(before, "key", "crm", "\"key\":\"" + FakePlatform.KEY + "\"");
            }
            NodeConfig config = RunningServer.configWith(folder, block);
            Rewrapping.prepare(config, env);
            assertThatThrownBy(() -> Rewrapping.dropOld(config, env)).isInstanceOf(CannotStart.class);
            int keys = Rewrapping.run(config, env) - 1;
            assertThat(keys).as("rows besides the connection").isPositive();
            Rewrapping.dropOld(config, env);
            try (RunningServer after = RunningServer.with(folder, clock, block)) {
                assertThat(connected.get(after, id, "/x").status()).isEqualTo(200);
            }
        }
    }
}
