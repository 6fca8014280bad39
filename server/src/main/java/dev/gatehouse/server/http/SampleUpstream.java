package dev.gatehouse.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.json.JsonMapper;

/// An upstream to try a gateway with: it answers every request with what it received, as JSON, but for the calls
/// whose answers it is told. It listens on the loopback only.
public final class SampleUpstream implements AutoCloseable {
    private final Server server = new Server(new QueuedThreadPool(8, 2));
    private final ServerConnector connector;

    /// @param port 0 for any free port
    public SampleUpstream(int port) {
        this(port, Map.of());
    }

    /// @param port 0 for any free port
    /// @param told JSON that answers calls, by method and path: `GET /account/1/balance`
    public SampleUpstream(int port, Map<String, String> told) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(64 * 1024);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Echo(Map.copyOf(told)));
    }

    /// Begins to listen.
    ///
    /// @return the port
    public int start() throws IOException {
        try {
            server.start(); // does nothing when it runs already
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the sample upstream cannot start", e);
        }
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the sample upstream did not stop", e);
        }
    }

    private static final class Echo extends Handler.Abstract.NonBlocking {
        private final JsonMapper json = JsonMapper.builder().build();
        private final Map<String, String> told;

        Echo(Map<String, String> told) {
            this.told = told;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            new Counted(json, told, request, response, callback).run();
            return true;
        }
    }

    /// Counts the body of one request without keeping it, then answers.
    private static final class Counted implements Invocable.Task {
        private final JsonMapper json;
        private final Map<String, String> told;
        private final Request request;
        private final Response response;
        private final Callback callback;
        private long bytes;

        Counted(JsonMapper json, Map<String, String> told, Request request, Response response, Callback callback) {
            this.json = json;
            this.told = told;
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                bytes += chunk.remaining();
                chunk.release();
                if (chunk.isLast()) {
                    answer();
                    return;
                }
            }
        }

        private void answer() {
            String call = request.getMethod() + " " + request.getHttpURI().getPath();
            if (told.containsKey(call)) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                byte[] answer = told.getOrDefault(call, "").getBytes(StandardCharsets.UTF_8);
                response.write(true, ByteBuffer.wrap(answer), callback);
                return;
            }
            Map<String, Object> seen = new LinkedHashMap<>();
            seen.put("method", request.getMethod());
            seen.put("path", request.getHttpURI().getPath());
            String query = request.getHttpURI().getQuery();
            seen.put("query", query == null ? "" : query);
            seen.put(
                    "headers",
                    StreamSupport.stream(request.getHeaders().spliterator(), false)
                            .map(field -> List.of(field.getName(), field.getValue() == null ? "" : field.getValue()))
                            .toList());
            seen.put("bodyBytes", bytes);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(seen)), callback);
        }
    }
}
