package dev.gatehouse.server.observe;

import dev.gatehouse.server.tls.ListenerTls;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;

/// How long certificates last and whether their files can be used, by listener and file: names of the
/// configuration, so that the number of series is bounded.
public final class Certificates {
    private final List<ListenerTls> listeners;

    /// Registers what is shown by these listeners.
    public Certificates(Collection<ListenerTls> listeners, MeterRegistry registry) {
        this.listeners = List.copyOf(listeners);
        for (ListenerTls tls : this.listeners) {
            for (int i = 0; i < tls.certificateFiles().size(); i++) {
                int file = i;
                Gauge.builder(
                                "gatehouse.tls.certificate.not.after",
                                tls,
                                of -> of.notAfter(file).getEpochSecond())
                        .description("When the certificate that is shown ends, in seconds since 1970")
                        .baseUnit("seconds")
                        .tag("listener", tls.listener())
                        .tag("file", tls.certificateFiles().get(i))
                        .register(registry);
            }
            Gauge.builder("gatehouse.tls.files.broken", tls, of -> of.broken() ? 1 : 0)
                    .description("1 while the files of a listener cannot be used and earlier certificates are shown")
                    .tag("listener", tls.listener())
                    .register(registry);
        }
    }

    /// A sentence about each listener whose files cannot be used; the log says why.
    public List<String> warnings() {
        return listeners.stream()
                .filter(ListenerTls::broken)
                .map(tls -> "The certificate files of listener '" + tls.listener()
                        + "' cannot be used; earlier certificates are shown.")
                .toList();
    }
}
