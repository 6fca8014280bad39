package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET O09: every node is stopped and started with other settings behind HAProxy, under load, and nobody
/// notices.
@ExtendWith(Clustered.class)
class RollingRestartTest {
    private static final Path RECIPE = Path.of("../docs/guides/nodes/haproxy.cfg");

    /// What the recipe asks for, with room for a proxy that looks late.
    private static final int LEAVE_SECONDS = 6;

    @TempDir
    Path folder;

    @Test
    void o09NotOneRequestIsRefusedWhileEveryNodeIsRestarted(Estate estate) throws Exception {
        List<Path> programs = Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .toList();
        if (programs.isEmpty()) {
            System.err.println("NOT RUN: rolling restart behind HAProxy; `apt-get install haproxy` and run it again");
            Assumptions.abort("HAProxy is not installed");
        }
        Cluster cluster = estate.cluster;
        for (Node node : cluster.nodes) {
            node.leaveSeconds(LEAVE_SECONDS);
            node.stop();
            node.start();
        }
        int port = freePort();
        int status = freePort();
        Process proxy = new ProcessBuilder(
                        programs.getFirst().toString(),
                        "-db",
                        "-f",
                        recipe(cluster, port, status).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            restartAll(estate, port, status);
        } catch (AssertionError e) {
            String shown = cluster.wire.send(status, "GET", "/;csv", "").text();
            throw new AssertionError(Files.readString(folder.resolve("log")) + shown, e);
        } finally {
            proxy.destroy();
            assertThat(proxy.waitFor()).isNotNegative();
            cluster.nodes.forEach(node -> node.leaveSeconds(0));
        }
    }

    private static void restartAll(Estate estate, int port, int status) throws Exception {
        Cluster cluster = estate.cluster;
        Cluster.await("all are up behind the proxy", () -> up(estate, status, cluster.nodes.size()));
        Load load = Load.through(estate, port);
        for (Node node : cluster.nodes) {
            node.stop();
            Cluster.await("one is down behind the proxy", () -> up(estate, status, cluster.nodes.size() - 1));
            node.leaveSeconds(LEAVE_SECONDS + 1);
            node.start();
            Cluster.await("all are up behind the proxy", () -> up(estate, status, cluster.nodes.size()));
        }
        for (Map<Integer, Integer> statuses : load.stop()) {
            System.out.println("rolling restart " + statuses);
            assertThat(statuses).containsOnlyKeys(200);
        }
    }

    /// Whether the proxy sends calls to so many nodes.
    private static boolean up(Estate estate, int status, int nodes) {
        return estate.cluster
                        .wire
                        .send(status, "GET", "/;csv", "")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("nodes,node-"))
                        .filter(line -> line.contains(",UP,"))
                        .count()
                == nodes;
    }

    private Path recipe(Cluster cluster, int port, int status) throws IOException {
        String text = Files.readString(RECIPE)
                .replace("127.0.0.1:8000", "127.0.0.1:" + port)
                .replace("127.0.0.1:8404", "127.0.0.1:" + status);
        String[] apis = {"8080", "8180", "8280"};
        String[] admin = {"8081", "8181", "8281"};
        for (int i = 0; i < apis.length; i++) {
            Node node = cluster.node(i);
            text = text.replace(
                    "127.0.0.1:" + apis[i] + " check port " + admin[i],
                    "127.0.0.1:" + node.port("orders") + " check port " + node.port("admin"));
        }
        return Files.writeString(folder.resolve("haproxy.cfg"), text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
