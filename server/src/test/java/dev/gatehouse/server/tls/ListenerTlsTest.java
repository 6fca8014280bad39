package dev.gatehouse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates that change under a running listener.
class ListenerTlsTest {
    private static final TestAuthority CA = new TestAuthority("ca");
    private final TestClock clock = new TestClock(Instant.now());

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        CA.issue("a.example").write(folder, "a");
    }

    @Test
    void newFilesAreTakenOnceTheyAreTheSameAtTwoLooks() throws IOException {
        ListenerTls tls = open();
        SSLContext first = tls.context();
        assertThat(tls.look()).isFalse();
        TestAuthority.Issued next = CA.issue("b.example").write(folder, "a");
        assertThat(tls.look()).isFalse();
        assertThat(tls.context()).isSameAs(first);
        assertThat(tls.look()).isTrue();
        assertThat(tls.context()).isNotSameAs(first);
        assertThat(tls.notAfter(0)).isEqualTo(next.certificate().getNotAfter().toInstant());
        assertThat(tls.look()).isFalse();
        assertThat(tls.broken()).isFalse();
    }

    @Test
    void aPairOfWhichOnlyOneFileIsThereYetIsNoMistake() throws IOException {
        ListenerTls tls = open();
        TestAuthority.Issued next = CA.issue("b.example");
        Files.writeString(folder.resolve("a.pem"), next.pem());
        assertThat(tls.look()).isFalse();
        TestAuthority.writeKey(folder.resolve("a.key"), next.keyPem());
        assertThat(tls.look()).isFalse();
        assertThat(tls.broken()).isFalse();
        assertThat(tls.look()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a.pem, x", "a.pem, ''", "a.key, x", "a.key,"})
    void brokenFilesLeaveTheEarlierOnesInPlaceUntilTheyAreMended(String file, String content) throws IOException {
        ListenerTls tls = open();
        SSLContext first = tls.context();
        String before = Files.readString(folder.resolve(file));
        if (content == null) {
            Files.delete(folder.resolve(file));
        } else {
            Files.writeString(folder.resolve(file), content);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(tls.look()).isFalse();
            assertThat(tls.context()).isSameAs(first);
        }
        assertThat(tls.broken()).isTrue();
        TestAuthority.writeKey(folder.resolve(file), before);
        tls.look();
        assertThat(tls.look()).isFalse();
        assertThat(tls.broken()).isFalse();
        assertThat(tls.context()).isSameAs(first);
    }

    @Test
    void aCertificateThatHasExpiredOrIsNotValidYetDoesNotTakeThePlaceOfOneThatIs() throws IOException {
        ListenerTls tls = open();
        CA.issue("EC", clock.instant().minus(1, ChronoUnit.DAYS), "a.example").write(folder, "a");
        tls.look();
        assertThat(tls.look()).isFalse();
        assertThat(tls.broken()).isTrue();
        CA.issue("a.example").write(folder, "a");
        clock.advance(java.time.Duration.ofDays(-10));
        tls.look();
        assertThat(tls.look()).isFalse();
        assertThat(tls.broken()).isTrue();
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path key = folder.resolve("a.key");
        for (String mode : List.of("rw-r--r--", "rw-----w-", "rw--w----")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(this::open)
                    .isInstanceOf(TlsException.class)
                    .hasMessageContaining("listener 'api': " + key)
                    .hasMessageContaining("Run: chmod 600 " + key);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(open().broken()).isFalse();
    }

    @Test
    void whatCannotBeUsedStopsTheStart() throws IOException {
        Files.write(folder.resolve("a.pem"), new byte[300 * 1024]);
        assertThatThrownBy(this::open).hasMessageContaining("larger than");
        Files.delete(folder.resolve("a.pem"));
        assertThatThrownBy(this::open).hasMessageContaining("a.pem: the file cannot be read (NoSuchFileException)");
    }

    @Test
    void whoSignsCertificatesOfCallersMustBeAnAuthority() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), CA.issue("x.example").pem());
        assertThatThrownBy(() -> ListenerTls.open(
                        "api",
                        new TlsFiles(
                                List.of(folder.resolve("a.pem")),
                                List.of(folder.resolve("a.key")),
                                Optional.of(folder.resolve("ca.pem")),
                                TlsFiles.ClientCertificates.WANT,
                                true),
                        clock,
                        new SecureRandom()))
                .hasMessageContaining("ca.pem: a certificate in it is not one of an authority");
    }

    private ListenerTls open() {
        return ListenerTls.open(
                "api",
                new TlsFiles(
                        List.of(folder.resolve("a.pem")),
                        List.of(folder.resolve("a.key")),
                        Optional.empty(),
                        TlsFiles.ClientCertificates.NONE,
                        true),
                clock,
                new SecureRandom());
    }
}
