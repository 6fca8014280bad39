package dev.gatehouse.server.doctor;

import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.server.config.NodeConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Examines what a node of some configuration would need on this machine.
public final class Doctor {
    private Doctor() {}

    /// All findings, in the order in which a start meets them.
    public static List<Finding> examine(NodeConfig config, InstantSource clock, SecureRandom random) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(Machine.examine(config));
        findings.add(crypto());
        findings.addAll(new Certificates(clock, random).examine(config.listeners()));
        findings.addAll(OwnFiles.examine(config));
        findings.addAll(Databases.examine(config, clock));
        findings.addAll(Sockets.examine(config.listeners()));
        return findings;
    }

    private static Finding crypto() {
        CryptoProviders providers = CryptoProviders.choose();
        return providers.corretto().isPresent()
                ? Finding.ok("crypto", providers.description())
                : Finding.warning(
                        "crypto",
                        providers.description(),
                        "run on a platform that the Amazon Corretto Crypto Provider supports (Linux with glibc, macOS)");
    }
}
