package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GAUNTLET K02 at the gateway: whether a caller spoke TLS is the word of a trusted peer, exactly one; a dialect
/// that serves nobody else goes by it, and upstreams see what was believed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindTlsTest {
    private static final String CLIENT = "X-Forwarded-For: 192.0.2.7\r\n";

    @TempDir
    static Path folder;

    private RunningServer server;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                "name: behind, serves: api, trusted-proxies: [127.0.0.1]",
                "name: elsewhere, serves: api, trusted-proxies: [10.0.0.0/24]");
        Customer.created(server, "/v1/apis", """
                {"name": "sfs", "dialect": "sfs", "issuer": "%s", "hosts": ["orders.example"], "upstream": "%s",
                 "scopes": {"contracts": {"description": "Contracts"}},
                 "routes": [{"methods": ["GET"], "path": "/api/open", "open": true}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @CsvSource({
        "behind,'X-Forwarded-Proto: https',200,https",
        "behind,'x-forwarded-proto: https',200,https",
        "behind,'X-Forwarded-Proto: http',400,",
        "behind,'X-Other: a',400,",
        "behind,'X_Forwarded_Proto: https',400,",
        "behind,'X-Forwarded-Proto: ',400,",
        "behind,'X-Forwarded-Proto: wss',400,",
        "behind,'X-Forwarded-Proto: https, http',400,",
        "behind,'X-Forwarded-Proto: https\nX-Forwarded-Proto: https',400,",
        "elsewhere,'X-Forwarded-Proto: https',200,http",
        "elsewhere,'X-Forwarded-Proto: wss',200,http",
    })
    void onlyATrustedPeerTellsTheScheme(String listener, String headers, int status, String scheme) {
        var answer = server.rawText(
                listener,
                "GET /api/open HTTP/1.1\r\nHost: orders.example\r\n" + CLIENT + headers.replace("\n", "\r\n")
                        + "\r\n\r\n",
                false);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.body()).contains("[\"X-Forwarded-Proto\",\"" + scheme + "\"]");
        }
    }

    /// The port that a scheme has anyway is none of the name's.
    @ParameterizedTest
    @CsvSource({"orders.example:443,200", "orders.example,200", "orders.example:8443,421"})
    void theHostIsReadByTheSchemeThatIsTold(String host, int status) {
        var answer = server.rawText(
                "behind",
                "GET /api/open HTTP/1.1\r\nHost: " + host + "\r\n" + CLIENT + "X-Forwarded-Proto: https\r\n\r\n",
                false);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    /// One that tells the scheme only.
    @ParameterizedTest
    @CsvSource({"https,200", "http,200", "wss,400"})
    void aPeerThatNamesNoClientIsTheClient(String scheme, int status) {
        var answer = server.rawText(
                "behind",
                "GET /api/open HTTP/1.1\r\nHost: orders.example\r\nX-Forwarded-Proto: " + scheme + "\r\n\r\n",
                false);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }
}
