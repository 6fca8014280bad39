package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calls that wait for a connection to their upstream, because others have all that there may be.
class QueuedCallTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String WITHOUT_END = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nand so on";
    private static final int CONNECTIONS = 2;

    private static HttpLimits few() {
        HttpLimits rest = HttpLimits.DEFAULT;
        return new HttpLimits(
                rest.threads(),
                rest.connections(),
                rest.acceptQueue(),
                rest.headBytes(),
                rest.targetBytes(),
                rest.headers(),
                rest.bufferedBytes(),
                rest.idle(),
                rest.head(),
                rest.minimumRate(),
                rest.rateGrace(),
                Duration.ofSeconds(1),
                rest.upstreamHead(),
                rest.upstreamIdle(),
                CONNECTIONS,
                rest.upstreamQueue(),
                rest.verify(),
                rest.mint(),
                rest.revoke(),
                rest.replace(),
                rest.hear(),
                rest.admin(),
                rest.platform(),
                rest.permitWait(),
                rest.heard(),
                rest.drain());
    }

    @Test
    void aCallIsTurnedAwayWhenNoConnectionComesFree() throws IOException {
        try (RawUpstream upstream = new RawUpstream(WITHOUT_END);
                TestBench bench = new TestBench(TestBench.forward(upstream.port()), few())) {
            List<RawClient> readers = new ArrayList<>();
            try (RawClient late = bench.client()) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    RawClient reader = bench.client();
                    readers.add(reader);
                    assertThat(reader.send(GET).head().status()).isEqualTo(200);
                }
                RawClient.Answer answer = late.send(GET).answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotBlank();
                assertThat(upstream.requests).hasValue(CONNECTIONS);
            } finally {
                for (RawClient reader : readers) {
                    reader.close();
                }
            }
        }
    }
}
