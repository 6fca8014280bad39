package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A mistake in one of the operator's files about platforms stops the start, and says where it is.
class PlatformFilesTest {
    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    private void refused(String block, String... told) {
        assertThatThrownBy(() -> RunningServer.with(folder, new TestClock(Instant.now()), block)
                        .close())
                .hasMessageContainingAll(told)
                .hasMessageNotContaining("client-s3cret");
    }

    @Test
    void aPlatformFileWithAMistake() throws IOException {
        String block = platform.config(folder);
        Path file = folder.resolve("platforms/Fake.yaml");
        Files.writeString(file, Files.readString(file).replace("ways:", "way:"));
        refused(block, "Fake.yaml:7", "did you mean ways?");
    }

    @Test
    void twoFilesForOnePlatform() throws IOException {
        String block = platform.config(folder);
        Files.writeString(folder.resolve("platforms/Other.yaml"), platform.file());
        refused(block, "two platforms have the type Fake");
    }

    @Test
    void clientsThatOthersCanRead() throws IOException {
        String block = platform.config(folder);
        Files.setPosixFilePermissions(folder.resolve("clients.yaml"), PosixFilePermissions.fromString("rw-r--r--"));
        refused(block, "clients.yaml", "chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fake: client-s3cret\n", "Fake: {id: x}\n", "Nobody: {id: x, secret: client-s3cret}\n"})
    void clientsThatAreNone(String content) throws IOException {
        String block = platform.config(folder);
        Files.writeString(folder.resolve("clients.yaml"), content);
        refused(block, "clients.yaml:1");
    }

    @Test
    void aCertificateThatIsNone() throws IOException {
        String block = platform.config(folder);
        Files.writeString(folder.resolve("fake.pem"), "nothing");
        refused(block, "egress.allow", "fake.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake.test", "http://fake.test:80 fake.pem", "ftp://fake.test:21", "fake.test:0", "*:443"})
    void placesThatAreNone(String place) {
        refused("egress:\n  allow: [\"" + place + "\"]\n", "egress.allow must be");
    }
}
