package dev.gatehouse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The authorities of clients, whose file changes while the node runs.
class ClientAuthoritiesTest {
    private final TestAuthority one = new TestAuthority("one");
    private final TestAuthority other = new TestAuthority("other");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("authorities.pem");
        Files.writeString(file, one.pem());
    }

    private static boolean vouch(ClientAuthorities authorities, TestAuthority by) {
        CallerCertificate client = CallerCertificate.of(
                        List.of(by.issue("client.example").certificate()))
                .orElseThrow();
        return authorities.vouch(client, Instant.now());
    }

    @Test
    void whoIsTakenOutVouchesForNobodyOnceTheFileIsTheSameAtTwoLooks() throws IOException {
        try (ClientAuthorities authorities = new ClientAuthorities(file)) {
            assertThat(vouch(authorities, one)).isTrue();
            assertThat(vouch(authorities, other)).isFalse();
            Files.writeString(file, other.pem());
            authorities.look();
            assertThat(vouch(authorities, one)).as("it may be written on").isTrue();
            authorities.look();
            assertThat(vouch(authorities, one)).isFalse();
            assertThat(vouch(authorities, other)).isTrue();
            assertThat(authorities.warnings()).isEmpty();
        }
    }

    @Test
    void whatCannotBeUsedTakesNobodysPlaceAndIsTold() throws IOException {
        try (ClientAuthorities authorities = new ClientAuthorities(file)) {
            for (String wrong : List.of("", "hello", other.issue("leaf.example").pem())) {
                Files.writeString(file, wrong);
                authorities.look();
                authorities.look();
                assertThat(vouch(authorities, one)).as(wrong).isTrue();
                assertThat(authorities.warnings()).as(wrong).hasSize(1);
                Files.writeString(file, one.pem());
                authorities.look();
                authorities.look();
                assertThat(authorities.warnings()).isEmpty();
            }
            Files.delete(file);
            authorities.look();
            assertThat(vouch(authorities, one)).isTrue();
            assertThat(authorities.warnings()).hasSize(1);
            Files.writeString(file, one.pem() + other.pem());
            authorities.look();
            authorities.look();
            assertThat(vouch(authorities, one)).isTrue();
            assertThat(vouch(authorities, other)).isTrue();
            assertThat(authorities.warnings()).isEmpty();
        }
    }

    @Test
    void aStartWithoutAnyIsNone() throws IOException {
        Files.writeString(file, "");
        assertThatThrownBy(() -> new ClientAuthorities(file).close())
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("authorities.pem");
        assertThatThrownBy(() -> new ClientAuthorities(folder.resolve("none.pem")).close())
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("cannot be read");
    }
}
