package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The role of something that is made.
final class NewRoleOption {
    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "the id of what it may do at most (default: what its organization says, or none)")
    Optional<String> role = Optional.empty();

    @Option(names = "--no-role", description = "it may do nothing, whatever its organization says")
    boolean none;

    Json.Obj put(Json.Obj body) {
        return OtherRoleOption.put(body, role, none);
    }
}
