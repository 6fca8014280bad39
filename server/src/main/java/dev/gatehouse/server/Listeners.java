package dev.gatehouse.server;

import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.HttpLimits;
import dev.gatehouse.server.http.HttpListener;
import dev.gatehouse.server.proxy.BehindProxies;
import dev.gatehouse.server.proxy.CertificateHeader;
import dev.gatehouse.server.proxy.OriginalRequest;
import dev.gatehouse.server.proxy.ProxyDialect;
import dev.gatehouse.server.proxy.TrustedProxies;
import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsException;
import dev.gatehouse.server.tls.TlsFiles;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of a node as the HTTP boundary wants them.
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private Listeners() {}

    /// The certificates of each listener that has any.
    ///
    /// @throws TlsException when they cannot be used
    static Map<String, ListenerTls> tls(NodeConfig config, InstantSource clock, SecureRandom random) {
        Map<String, ListenerTls> tls = new LinkedHashMap<>();
        config.listeners()
                .forEach(listener -> listener.tls()
                        .ifPresent(set -> tls.put(
                                listener.name(), ListenerTls.open(listener.name(), TlsFiles.of(set), clock, random))));
        return tls;
    }

    /// @param verify makes the front of a listener at which proxies ask
    static List<HttpListener> of(
            NodeConfig config,
            Map<String, ListenerTls> tls,
            Front gateway,
            Front admin,
            Function<OriginalRequest, Front> verify) {
        return config.listeners().stream()
                .map(listener -> new HttpListener(
                        listener.name(),
                        listener.address().getHostAddress(),
                        listener.port(),
                        listener.bodyBytes(),
                        Optional.ofNullable(tls.get(listener.name())),
                        switch (listener.serves()) {
                            case API ->
                                new BehindProxies(
                                        gateway,
                                        new TrustedProxies(listener.trustedProxies()),
                                        new CertificateHeader(listener.certificateHeader()));
                            case ADMIN -> admin;
                            case VERIFY -> verify.apply(original(listener, config));
                        }))
                .toList();
    }

    private static OriginalRequest original(NodeConfig.Listener listener, NodeConfig config) {
        if (listener.trustedProxies().isEmpty()) {
            LOG.warn("listener '{}' has no trusted-proxies: everybody who asks is refused", listener.name());
        }
        return new OriginalRequest(
                switch (listener.proxy().orElseThrow()) {
                    case NGINX -> ProxyDialect.X_ORIGINAL;
                    case CADDY, HAPROXY, TRAEFIK -> ProxyDialect.X_FORWARDED;
                    case ENVOY -> ProxyDialect.ENVOY;
                },
                new TrustedProxies(listener.trustedProxies()),
                new CertificateHeader(listener.certificateHeader()),
                limits(config.limits()).targetBytes());
    }

    static HttpLimits limits(NodeConfig.Limits set) {
        HttpLimits rest = HttpLimits.DEFAULT;
        return new HttpLimits(
                rest.threads(),
                set.connections(),
                rest.acceptQueue(),
                set.headBytes(),
                rest.targetBytes(),
                rest.headers(),
                set.bufferedBytes(),
                set.idle(),
                set.head(),
                rest.minimumRate(),
                rest.rateGrace(),
                rest.connect(),
                set.upstream(),
                rest.upstreamIdle(),
                rest.upstreamConnections(),
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

    /// The host names, without port, under which each listener can be reached by its address alone.
    static Map<String, Set<String>> ownNames(NodeConfig config) {
        Map<String, Set<String>> names = new HashMap<>();
        config.listeners().forEach(listener -> names.put(listener.name(), ownNames(listener.address())));
        return names;
    }

    private static Set<String> ownNames(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return Set.of("127.0.0.1", "localhost", "[::1]");
        }
        return address.isAnyLocalAddress() ? Set.of() : Set.of(literal(address));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
