package dev.gatehouse.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    @Test
    void freePortsDifferAndStayTheSame() {
        Ports first = Ports.choose(folder, Optional.of(0));
        first.keep(folder);
        assertThat(first.byName().values()).doesNotHaveDuplicates().hasSize(Ports.NAMES.size());
        assertThat(Ports.choose(folder, Optional.empty())).isEqualTo(first);
    }

    @Test
    void theFirstPortIsFollowedUpward() {
        int first = firstOfFreeOnes();
        Ports next = Ports.choose(folder, Optional.of(first));
        next.keep(folder);
        assertThat(next.of(Ports.ORDERS)).isEqualTo(first);
        assertThat(next.of(Ports.ADMIN)).isEqualTo(first + 1);
        assertThat(next.of(Ports.UPSTREAM)).isEqualTo(first + 2);
        assertThat(Ports.choose(folder, Optional.empty())).isEqualTo(next);
    }

    /// Below those that the system gives to whoever asks for any.
    private static int firstOfFreeOnes() {
        return IntStream.iterate(20_000, first -> first < 32_000, first -> first + Ports.NAMES.size())
                .filter(first ->
                        IntStream.range(first, first + Ports.NAMES.size()).allMatch(PortsTest::free))
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void aTakenPortIsNamedWithWhatWantsIt() throws IOException {
        Ports ports = Ports.choose(folder, Optional.of(0));
        ports.keep(folder);
        try (ServerSocket _ = new ServerSocket(ports.of(Ports.ADMIN), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.choose(folder, Optional.empty()))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("port " + ports.of(Ports.ADMIN) + " (admin) is taken");
        }
    }

    @Test
    void aFileIsItsOwnersAloneAndReplacedWhole() throws IOException {
        Path file = folder.resolve("x.json");
        OwnerOnly.write(file, "one");
        OwnerOnly.write(file, "two");
        assertThat(Files.readString(file)).isEqualTo("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("x.json");
    }
}
