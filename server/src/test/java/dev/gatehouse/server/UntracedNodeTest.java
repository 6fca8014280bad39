package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that does not trace pays nothing for tracing: its process loads no class of the tracing library.
class UntracedNodeTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    Path folder;

    @Test
    void aNodeThatDoesNotTraceLoadsNothingOfIt() throws IOException {
        assertThat(loaded("")).contains(Gatehouse.class.getName()).noneMatch(UntracedNodeTest::ofTracing);
    }

    @Test
    void aNodeThatTracesLoadsIt() throws IOException {
        try (Collector collector = Collector.start()) {
            assertThat(loaded(collector.yaml("1", "")))
                    .anyMatch(UntracedNodeTest::ofTracing)
                    .contains("io.opentelemetry.sdk.trace.SdkTracerProvider");
        }
    }

    private static boolean ofTracing(String name) {
        return name.startsWith("io.opentelemetry.") || name.startsWith("dev.gatehouse.server.trace.");
    }

    /// The classes that a node loads until it has answered a call of a customer and one of an administrator.
    private List<String> loaded(String configuration) throws IOException {
        Path log = folder.resolve("classes.log");
        List<String> options = List.of("-Xlog:class+load:file=" + log + ":none:filecount=0");
        try (ServerProcess child = ServerProcess.start(folder, options, configuration)) {
            RunningServer server = child.server();
            Setup.api(server, "orders", "jwt");
            Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
            String token = server.mint("orders", customer, "things:read");
            assertThat(server.call(
                                    "orders",
                                    "GET",
                                    "/things",
                                    "Authorization",
                                    "Bearer " + token,
                                    "traceparent",
                                    PARENT)
                            .status())
                    .isEqualTo(200);
        }
        return Files.readAllLines(log).stream()
                .map(line -> line.split(" ", -1)[0])
                .toList();
    }
}
