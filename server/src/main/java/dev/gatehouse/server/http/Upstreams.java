package dev.gatehouse.server.http;

import java.net.URI;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/// The connections to upstreams. The client follows, keeps and decodes nothing by itself.
final class Upstreams {
    private static final int BUFFER = 16 * 1024;

    private final HttpClient client;

    Upstreams(HttpLimits limits, Executor executor, Scheduler scheduler, ByteBufferPool pool) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        connector.setExecutor(executor);
        connector.setScheduler(scheduler);
        connector.setByteBufferPool(pool);
        connector.setTCPNoDelay(true);
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(executor);
        client.setScheduler(scheduler);
        client.setByteBufferPool(pool);
        client.setName("upstream");
        client.setConnectTimeout(limits.connect().toMillis());
        client.setAddressResolutionTimeout(limits.connect().toMillis());
        client.setIdleTimeout(limits.upstreamIdle().toMillis());
        client.setMaxConnectionsPerDestination(limits.upstreamConnections());
        client.setMaxRequestsQueuedPerDestination(limits.upstreamQueue());
        client.setDestinationIdleTimeout(limits.upstreamIdle().toMillis());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setRequestBufferSize(BUFFER);
        client.setResponseBufferSize(BUFFER);
        client.setMaxRequestHeadersSize(2 * limits.headBytes());
        client.setMaxResponseHeadersSize(limits.headBytes());
        client.setHttpCompliance(HttpCompliance.STRICT);
        client.setStrictEventOrdering(false);
    }

    /// The client, whose life is the server's.
    HttpClient client() {
        return client;
    }

    /// Takes away what the client brings when it starts: decoders, and handlers of redirects and authentication.
    void bare() {
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().remove("redirect");
        client.getProtocolHandlers().remove("www-authenticate");
        client.getProtocolHandlers().remove("proxy-authenticate");
    }

    Request request(URI upstream, String method, String target) {
        String scheme = upstream.getScheme();
        int port = upstream.getPort() > 0 ? upstream.getPort() : scheme.equals("https") ? 443 : 80;
        return client.newRequest(upstream.getHost(), port)
                .scheme(scheme)
                .method(method)
                .path(target)
                .followRedirects(false);
    }
}
