package dev.gatehouse.connect.refresh;

import java.util.Optional;

/// The operator's clients, by platform.
@FunctionalInterface
public interface PlatformClients {
    /// The client at the platform of this type, when the operator has one.
    Optional<PlatformClient> at(String platform);
}
