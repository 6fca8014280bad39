package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForwardTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SampleUpstream upstream;
    private TestBench bench;

    @BeforeEach
    void start() throws IOException {
        upstream = new SampleUpstream(0);
        bench = new TestBench(TestBench.forward(upstream.start(), true));
    }

    @AfterEach
    void stop() {
        bench.close();
        upstream.close();
    }

    @Test
    void aCallArrivesWithTheSamePathAndQueryByteForByte() throws IOException {
        try (RawClient client = bench.client()) {
            JsonNode seen = echo(client.send("GET /a%20b/c?x=%7e&y=|^&z=a+b HTTP/1.1\r\nHost: h\r\n\r\n"));
            assertThat(seen.get("path").asString()).isEqualTo("/a%20b/c");
            assertThat(seen.get("query").asString()).isEqualTo("x=%7e&y=|^&z=a+b");
        }
    }

    @Test
    void bodiesArriveWithEitherFraming() throws IOException {
        String chunked = String.join(
                "\r\n",
                "POST /a HTTP/1.1",
                "Host: h",
                "Transfer-Encoding: chunked",
                "",
                "5",
                "hello",
                "1",
                "!",
                "0",
                "X-Gatehouse-Subject: mallory",
                "",
                "");
        try (RawClient client = bench.client()) {
            assertThat(echo(client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"))
                            .get("bodyBytes")
                            .asInt())
                    .isEqualTo(5);
            assertThat(echo(client.send(chunked)).get("bodyBytes").asInt()).isEqualTo(6);
        }
    }

    private static JsonNode echo(RawClient client) throws IOException {
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
