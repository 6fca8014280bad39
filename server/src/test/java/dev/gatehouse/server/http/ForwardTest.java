package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-gatehouse-subject: mallory",
                "X_Gatehouse_Subject: mallory",
                "X.Gatehouse-Subject: mallory",
                "X-Gatehouse-Subject: a\r\nX-GATEHOUSE-SUBJECT: b",
                "Connection: X-Gatehouse-Subject",
                "Connection: close, X-Gatehouse-Subject, Te\r\nTE: trailers"
            })
    void theUpstreamSeesExactlyOurIdentityHeader(String fields) throws IOException {
        try (RawClient client = bench.client()) {
            JsonNode seen = echo(client.send("GET /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n"));
            List<String> ours = headers(seen, "xgatehousesubject");
            assertThat(ours).containsExactly("alice");
            assertThat(headers(seen, "te")).isEmpty();
        }
    }

    @Test
    void whatIsMeantForOneConnectionStaysBehind() throws IOException {
        String fields = String.join(
                "\r\n",
                "Connection: X-Hop, keep-alive",
                "X-Hop: 1",
                "Proxy-Authorization: Basic x",
                "Proxy-Connection: keep-alive",
                "Keep-Alive: 5",
                "X-Stays: 1");
        try (RawClient client = bench.client()) {
            JsonNode seen = echo(client.send("GET /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n"));
            for (String gone :
                    List.of("xhop", "proxyauthorization", "proxyconnection", "keepalive", "acceptencoding")) {
                assertThat(headers(seen, gone)).as(gone).isEmpty();
            }
            assertThat(headers(seen, "xstays")).containsExactly("1");
            assertThat(headers(seen, "host")).hasSize(1).noneMatch("h"::equals);
        }
    }

    @Test
    void anOfferOfH2cIsDeclined() throws IOException {
        try (RawClient client = bench.client()) {
            String fields = String.join(
                    "\r\n", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__");
            JsonNode seen = echo(client.send("GET /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n"));
            assertThat(headers(seen, "upgrade")).isEmpty();
            assertThat(headers(seen, "http2settings")).isEmpty();
        }
    }

    @Test
    void anExpectationIsMetBeforeTheBodyIsAskedFor() throws IOException {
        try (RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(100);
            JsonNode seen = echo(client.send("hello"));
            assertThat(seen.get("bodyBytes").asInt()).isEqualTo(5);
            assertThat(headers(seen, "expect")).isEmpty();
        }
    }

    @Test
    void pipelinedCallsAreAnsweredInOrder() throws IOException {
        try (RawClient client = bench.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(echo(client).get("path").asString()).isEqualTo("/1");
            assertThat(echo(client).get("path").asString()).isEqualTo("/2");
        }
    }

    @Test
    void aHeadHasNoBody() throws IOException {
        try (RawClient client = bench.client()) {
            assertThat(client.send("HEAD /1 HTTP/1.1\r\nHost: h\r\n\r\n")
                            .answer(true)
                            .status())
                    .isEqualTo(200);
            assertThat(echo(client.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n"))
                            .get("path")
                            .asString())
                    .isEqualTo("/2");
        }
    }

    @Test
    void aLargeUploadStreamsThrough() throws IOException {
        byte[] piece = new byte[1 << 16];
        try (RawClient client = bench.client()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: " + 800L * piece.length + "\r\n\r\n");
            for (int i = 0; i < 800; i++) {
                client.send(piece);
            }
            assertThat(echo(client).get("bodyBytes").asLong()).isEqualTo(800L * piece.length);
        }
    }

    private static List<String> headers(JsonNode seen, String folded) {
        List<String> values = new ArrayList<>();
        seen.get("headers").forEach(header -> {
            if (Header.fold(header.get(0).asString()).equals(folded)) {
                values.add(header.get(1).asString());
            }
        });
        return values;
    }

    private static JsonNode echo(RawClient client) throws IOException {
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
