package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K05, 0.CL: a request within the body of one that seldom has a body is a body for the upstream, too.
/// Counted where it matters, by an upstream that frames as RFC 9112 says.
class CountedAtUpstreamTest {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String LENGTH = "Content-Length: " + SMUGGLED.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    /// An upstream that notes each request: its line, and its body as it was framed.
    private static final class Framed implements AutoCloseable {
        final List<String> requests = new CopyOnWriteArrayList<>();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Framed() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        Thread.ofVirtual().start(() -> serve(socket));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        private void serve(Socket accepted) {
            try (Socket socket = accepted;
                    InputStream in = new BufferedInputStream(socket.getInputStream())) {
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    String request = line;
                    int length = 0;
                    boolean chunked = false;
                    for (String header = line(in); !header.isEmpty(); header = line(in)) {
                        String lower = header.toLowerCase(Locale.ROOT);
                        chunked |= lower.startsWith("transfer-encoding:");
                        length = lower.startsWith("content-length:")
                                ? Integer.parseInt(header.substring(15).strip())
                                : length;
                    }
                    requests.add(request + " + "
                            + (chunked ? chunks(in) : new String(in.readNBytes(length), StandardCharsets.ISO_8859_1)));
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // the gateway has ended the connection
            }
        }

        private static String chunks(InputStream in) throws IOException {
            StringBuilder all = new StringBuilder();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                all.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
                line(in);
            }
            line(in);
            return all.toString();
        }

        /// Empty at the end of the connection, too.
        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, false", "DELETE, false", "DELETE, true", "POST, false", "POST, true"})
    void aRequestInABodyIsABody(String method, boolean chunked) throws IOException {
        String body = chunked ? Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n" : SMUGGLED;
        try (Framed upstream = new Framed();
                TestBench bench = new TestBench(TestBench.forward(upstream.server.getLocalPort()));
                RawClient client = bench.client()) {
            for (int i = 1; i <= 3; i++) {
                client.send(method + " /a HTTP/1.1\r\nHost: h\r\n" + (chunked ? CHUNKED : LENGTH) + "\r\n\r\n" + body);
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(bench.seen.get()).as("verdicts").isEqualTo(i);
                assertThat(upstream.requests).hasSize(i).containsOnly(method + " /a HTTP/1.1 + " + SMUGGLED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "GET, true", "HEAD, false", "HEAD, true"})
    void aMethodWithoutBodyHasNone(String method, boolean chunked) throws IOException {
        String body = chunked ? Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n" : SMUGGLED;
        try (Framed upstream = new Framed();
                TestBench bench = new TestBench(TestBench.forward(upstream.server.getLocalPort()));
                RawClient client = bench.client()) {
            client.send(method + " /a HTTP/1.1\r\nHost: h\r\n" + (chunked ? CHUNKED : LENGTH) + "\r\n\r\n" + body);
            assertThat(client.answer(method.equals("HEAD")).status()).isEqualTo(400);
            assertThat(upstream.requests).isEmpty();
        }
    }

    /// Half a body, then silence or an end: the upstream may begin to read, and counts no second request.
    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
    void aBodyThatDoesNotComeToItsEndMakesNoRequestOfItsBeginning(String method) throws IOException {
        try (Framed upstream = new Framed();
                TestBench bench = new TestBench(TestBench.forward(upstream.server.getLocalPort()), TestBench.SHORT);
                RawClient client = bench.client()) {
            client.send(method + " /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + SMUGGLED);
            client.finishSending();
            assertThat(client.ended()).isTrue();
            assertThat(bench.seen.get()).isEqualTo(1);
            assertThat(upstream.requests).noneMatch(request -> request.startsWith("GET /smuggled"));
        }
    }
}
