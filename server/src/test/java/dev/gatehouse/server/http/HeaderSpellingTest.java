package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET R3: a value is read as it is spelled, whatever was sent on the connection before.
class HeaderSpellingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Cookie",
                "Accept",
                "Accept-Language",
                "Accept-Encoding",
                "Cache-Control",
                "User-Agent",
                "X-Api-Key",
                "If-Match"
            })
    void aValueThatDiffersInCaseOnlyIsAnother(String name) throws IOException {
        try (TestBench bench = new TestBench(TestBench::ok);
                RawClient client = bench.client()) {
            for (String value : List.of("Bearer abcDEF", "Bearer ABCdef", "bearer abcDEF", "Bearer abcDEf")) {
                client.send("GET /a HTTP/1.1\r\nHost: h\r\n" + name + ": " + value + "\r\n\r\n");
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(bench.last.values(name)).containsExactly(value);
            }
        }
    }
}
