package dev.gatehouse.server.http;

import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/// The connections to upstreams. The client follows, keeps and decodes nothing by itself.
final class Upstreams {
    private static final int BUFFER = 16 * 1024;

    /// How long a connection waits for its next call. Many servers give up after 5 seconds.
    private static final Duration UNUSED = Duration.ofSeconds(4);

    static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());

    private final HttpClient client;
    private final Duration idle;

    Upstreams(HttpLimits limits, Turns turns, Scheduler scheduler, ByteBufferPool pool) {
        ByteBufferPool buffers = new AnswerBuffers(pool);
        idle = limits.upstreamIdle();
        Duration unused = idle.compareTo(UNUSED) < 0 ? idle : UNUSED;
        ClientConnector connector = new ClientConnector() {
            @Override
            protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
                return new UpstreamEndPoint((SocketChannel) channel, selector, key, getScheduler(), turns, unused);
            }
        };
        connector.setSelectors(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        connector.setExecutor(turns);
        connector.setScheduler(scheduler);
        connector.setByteBufferPool(buffers);
        connector.setTCPNoDelay(true);
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        client = new HttpClient(transport);
        client.setExecutor(turns);
        client.setScheduler(scheduler);
        client.setByteBufferPool(buffers);
        client.setName("upstream");
        client.setConnectTimeout(limits.connect().toMillis());
        client.setAddressResolutionTimeout(limits.connect().toMillis());
        client.setIdleTimeout(unused.toMillis());
        client.setMaxConnectionsPerDestination(limits.upstreamConnections());
        client.setMaxRequestsQueuedPerDestination(limits.upstreamQueue());
        client.setDestinationIdleTimeout(limits.upstreamIdle().toMillis());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setRequestBufferSize(BUFFER);
        client.setResponseBufferSize(AnswerBuffers.BYTES);
        client.setUseInputDirectByteBuffers(AnswerBuffers.DIRECT);
        client.setUseOutputDirectByteBuffers(true);
        client.setMaxRequestHeadersSize(2 * limits.headBytes());
        client.setMaxResponseHeadersSize(limits.headBytes());
        client.setHttpCompliance(HttpCompliance.STRICT);
        client.setStrictEventOrdering(false);
        // Before any listener is open: the server starts its connectors last.
        client.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                bare();
            }
        });
    }

    /// The client, whose life is the server's.
    HttpClient client() {
        return client;
    }

    /// Takes away what the client brings when it starts: decoders, and handlers of redirects and authentication;
    /// and bounds interim answers.
    private void bare() {
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().remove("redirect");
        client.getProtocolHandlers().remove("www-authenticate");
        client.getProtocolHandlers().remove("proxy-authenticate");
        client.getProtocolHandlers().put(InterimAnswers.processing());
        client.getProtocolHandlers().put(InterimAnswers.earlyHints());
    }

    Request request(URI upstream, String method, String target) {
        return client.newRequest(upstream)
                .method(method)
                .path(target)
                .idleTimeout(idle.toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false);
    }

    /// Has the request open a connection, which is not kept.
    void onNewConnection(Request request) {
        request.tag(CLOSE).headers(headers -> headers.put(CLOSE));
    }
}
