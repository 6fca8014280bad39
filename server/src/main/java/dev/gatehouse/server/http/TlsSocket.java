package dev.gatehouse.server.http;

import dev.gatehouse.server.tls.ListenerTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS on a listener: what is spoken, and the exchange of certificates for those that begin after it. Connections
/// that are open keep theirs.
final class TlsSocket {
    private static final Logger LOG = LoggerFactory.getLogger(TlsSocket.class);

    /// How often the files are looked at.
    private static final long PERIOD_NANOS = Duration.ofSeconds(2).toNanos();

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// RFC 9325 section 4.2: forward secrecy and authenticated encryption, nothing else.
    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private final ListenerTls tls;
    private final SslContextFactory.Server contexts = new SslContextFactory.Server();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lookedAt;
    private volatile boolean behind;

    /// @param nanos now, by the monotonic clock
    TlsSocket(ListenerTls tls, long nanos) {
        this.tls = tls;
        this.lookedAt = nanos;
        contexts.setSslContext(tls.context());
        contexts.setIncludeProtocols(PROTOCOLS);
        contexts.setExcludeProtocols();
        contexts.setIncludeCipherSuites(SUITES);
        contexts.setExcludeCipherSuites();
        contexts.setUseCipherSuitesOrder(true);
        contexts.setRenegotiationAllowed(false);
        switch (tls.clients()) {
            case NONE -> contexts.setNeedClientAuth(false);
            case WANT -> contexts.setWantClientAuth(true);
            case REQUIRE -> contexts.setNeedClientAuth(true);
        }
    }

    List<ConnectionFactory> factories(HttpConfiguration http, HttpLimits limits) {
        List<ConnectionFactory> factories = new ArrayList<>();
        String[] offered = tls.http2() ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"};
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(offered);
        alpn.setDefaultProtocol("http/1.1");
        SslConnectionFactory ssl = new SslConnectionFactory(contexts, alpn.getProtocol());
        // Whether a host belongs to the certificate is asked in our first handler.
        ssl.setEnsureSecureRequestCustomizer(false);
        factories.add(ssl);
        factories.add(alpn);
        if (tls.http2()) {
            factories.add(http2(http, limits, Http2Limits.DEFAULT));
        }
        factories.add(new HttpConnectionFactory(http));
        return factories;
    }

    private static ConnectionFactory http2(HttpConfiguration http, HttpLimits limits, Http2Limits bounds) {
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http, "h2");
        http2.setMaxConcurrentStreams(bounds.streams());
        http2.setMaxSettingsKeys(bounds.settings());
        http2.setMaxFrameSize(bounds.frameBytes());
        http2.setMaxDecoderTableCapacity(bounds.tableBytes());
        http2.setMaxEncoderTableCapacity(bounds.tableBytes());
        http2.setInitialStreamRecvWindow(bounds.streamWindow());
        http2.setInitialSessionRecvWindow(bounds.connectionWindow());
        http2.setStreamIdleTimeout(limits.idle().toMillis());
        http2.setRateControlFactory(new WindowRateControl.Factory(bounds.eventsPerSecond()));
        // RFC 8441: what it opens are frames that we do not read.
        http2.setConnectProtocolEnabled(false);
        return http2;
    }

    /// Looks at the files if it is time, on another thread.
    void lookIfDue(long nanos) {
        if (nanos - lookedAt >= PERIOD_NANOS && looking.compareAndSet(false, true)) {
            lookedAt = nanos;
            Thread.ofVirtual().name("gatehouse-certificates").start(() -> {
                try {
                    look();
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void look() {
        try {
            // Until it has worked: the files are told of as changed only once.
            behind = tls.look() || behind;
            if (behind) {
                contexts.reload(factory -> factory.setSslContext(tls.context()));
                behind = false;
            }
        } catch (Exception e) {
            LOG.error("listener '{}' cannot take its new certificates", tls.listener(), e);
        }
    }
}
