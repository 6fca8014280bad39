package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Another role of something that is there.
final class OtherRoleOption {
    @Option(names = "--role", paramLabel = "ROLE", description = "what it may do at most: another role")
    Optional<String> role = Optional.empty();

    @Option(names = "--no-role", description = "it may do nothing")
    boolean none;

    Json.Obj put(Json.Obj body) {
        return put(body, role, none);
    }

    /// Says one of the two, or neither.
    static Json.Obj put(Json.Obj body, Optional<String> role, boolean none) {
        if (role.isPresent() && none) {
            throw Complaint.usage("--role and --no-role exclude each other");
        }
        return none
                ? body.with("role", new Json.Null())
                : role.map(id -> body.with("role", id)).orElse(body);
    }
}
