package dev.gatehouse.server.connect;

import static dev.gatehouse.server.notice.Counts.counter;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.server.config.NodeConfig.Hook;
import dev.gatehouse.server.notice.Counts;
import dev.gatehouse.server.notice.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Puts together what sends events of connections.
public final class EventHooks {
    private static final Pattern SECRET = Pattern.compile("(?:whsec_)?([A-Za-z0-9+/]{32,128}={0,2})");
    private static final int MOST_SECRETS = 4;

    private EventHooks() {}

    /// A sender that waits to be told to start.
    ///
    /// @param egress of its own, with [Sender#LIMITS]; closed with it
    /// @throws ConnectException when the file of secrets cannot be used
    public static Sender<ConnectionEvent> sender(Hook hook, Store store, Egress egress, Counts counts) {
        EventHook outbox = new EventHook(
                store.connectionEvents(),
                store.connections(),
                egress,
                hook.url().toString(),
                secrets(hook));
        return new Sender<>("connection-events", outbox, counts, egress::close, store.clock());
    }

    /// What is counted, whether there is a hook or not.
    public static Counts counts(MeterRegistry registry) {
        return new Counts(
                counter(registry, "gatehouse.connection.events.delivered", "Events of connections that were taken"),
                counter(
                        registry,
                        "gatehouse.connection.events.failures",
                        "Attempts to deliver an event of a connection that are tried again"),
                counter(
                        registry,
                        "gatehouse.connection.events.undelivered",
                        "Events of connections that were given up"));
    }

    /// Lines of `whsec_` and Base64, of 24 bytes at least.
    private static List<Secret> secrets(Hook hook) {
        OwnFiles.refuseOpen(hook.secrets());
        List<Secret> secrets = new ArrayList<>();
        for (String line : OwnFiles.text(hook.secrets()).lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            var matcher = SECRET.matcher(line.strip());
            if (!matcher.matches() || !decodes(matcher.group(1))) {
                throw new ConnectException(
                        hook.secrets() + " has a line that is not whsec_ and the Base64 of 24 to 96 bytes");
            }
            secrets.add(Secret.of(matcher.group(1)));
        }
        if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
            throw new ConnectException(hook.secrets() + " has no secret, or more than " + MOST_SECRETS);
        }
        return List.copyOf(secrets);
    }

    private static boolean decodes(String text) {
        try {
            return Base64.getDecoder().decode(text).length >= 24;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
