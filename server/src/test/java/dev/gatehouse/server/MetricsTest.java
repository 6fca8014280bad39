package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` says, and that the reference page says the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Pattern HELP = Pattern.compile("# HELP (gatehouse_\\S+) (.+)\\R# TYPE \\S+ (\\S+)");
    private static final Pattern ROW = Pattern.compile("\\| `(gatehouse_\\S+)` \\| (\\S+) \\|[^|]*\\| (.+?) \\|");
    private static final Path PAGE = Path.of("../docs/reference/metrics.md");

    @TempDir
    static Path folder;

    private RunningServer server;

    @BeforeAll
    void start() throws IOException {
        new TestAuthority("ca").issue("localhost").write(folder, "node");
        server = RunningServer.traced(folder, new TestClock(), """
                  - {name: secure, address: 127.0.0.1, port: 0, serves: api, tls: {certificates: %1$s.pem, keys: %1$s.key}}
                tracing: {endpoint: 'http://127.0.0.1:9/v1/traces'}
                """.formatted(folder.resolve("node")));
        Setup.api(server, "orders", "jwt");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void requestsAreCountedByListenerAndClassOfStatus() {
        double before = value("gatehouse_http_requests_seconds_count{listener=\"orders\",status=\"4xx\"}");
        server.raw("orders", "GET /things");
        server.rawText("orders", "GET /things HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", false);
        // A request is counted a moment after its caller has the answer.
        double after = before;
        for (int i = 0; i < 1000 && after < before + 2; i++) {
            after = value("gatehouse_http_requests_seconds_count{listener=\"orders\",status=\"4xx\"}");
        }
        assertThat(after).isEqualTo(before + 2);
    }

    @Test
    void aNodeSaysThatItsFactsAreFresh() {
        assertThat(value("gatehouse_facts_fresh")).isEqualTo(1);
    }

    @Test
    void theReferenceNamesEveryMetricAsTheServerDescribesIt() throws IOException {
        server.raw("orders", "GET /things");
        Map<String, String> served = new TreeMap<>();
        for (Matcher help = HELP.matcher(metrics()); help.find(); ) {
            served.put(help.group(1), help.group(3) + ": " + help.group(2));
        }
        Map<String, String> written = new TreeMap<>();
        for (Matcher row = ROW.matcher(Files.readString(PAGE)); row.find(); ) {
            written.put(row.group(1), row.group(2) + ": " + row.group(3));
        }
        served.keySet().removeIf(name -> name.endsWith("_max"));
        assertThat(written).isEqualTo(served);
    }

    private String metrics() {
        return server.ops("/metrics").text();
    }

    private double value(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
