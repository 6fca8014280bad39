package dev.gatehouse.server.doctor;

import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.tls.ListenerTls;
import dev.gatehouse.server.tls.TlsException;
import dev.gatehouse.server.tls.TlsFiles;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Whether each listener can show its certificates: read as a start reads them, so that files that are missing,
/// not readable, open to others or no pair are found, and for how long.
final class Certificates {
    private static final Duration SOON = Duration.ofDays(21);

    private final InstantSource clock;
    private final SecureRandom random;

    Certificates(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    List<Finding> examine(List<NodeConfig.Listener> listeners) {
        List<Finding> findings = new ArrayList<>();
        listeners.forEach(listener ->
                listener.tls().ifPresent(set -> findings.addAll(examine(listener.name(), TlsFiles.of(set)))));
        return findings;
    }

    private List<Finding> examine(String listener, TlsFiles files) {
        String about = "certificates of " + listener;
        try {
            ListenerTls tls = ListenerTls.open(listener, files, clock, random);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < tls.certificateFiles().size(); i++) {
                findings.add(life(about, tls.certificateFiles().get(i), tls.notAfter(i)));
            }
            return findings;
        } catch (TlsException e) {
            return List.of(Finding.wrong(about, e.getMessage(), "mend the file that is named; a start needs it"));
        }
    }

    private Finding life(String about, String file, Instant end) {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            return Finding.wrong(
                    about, file + " ended at " + end, "put the renewed one in its place; no restart is needed");
        }
        return now.plus(SOON).isAfter(end)
                ? Finding.warning(about, file + " ends at " + end, "renew it; no restart is needed")
                : Finding.ok(about, file + ", until " + end);
    }
}
