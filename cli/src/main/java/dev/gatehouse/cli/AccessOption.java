package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// What applications of organizations above may do at most at one.
final class AccessOption {
    private static final String DENY = "deny";

    @Option(
            names = "--access",
            paramLabel = "APP=ROLE",
            description = "all that applications of organizations above may do here at most, and below: a role, or"
                    + " deny; may be repeated. What an organization above yours has said of one has to be among them")
    Map<String, String> access = Map.of();

    @Option(names = "--no-access", description = "applications of those above may do here what they may do at home")
    boolean none;

    Json.Obj put(Json.Obj body) {
        if (access.isEmpty() && !none) {
            return body;
        }
        if (!access.isEmpty() && none) {
            throw Complaint.usage("--access and --no-access exclude each other");
        }
        List<Json> entries = new ArrayList<>();
        access.forEach((application, role) -> {
            Json.Obj entry = Json.Obj.EMPTY.with("application", application);
            entries.add(role.equals(DENY) ? entry : entry.with("role", role));
        });
        return body.with("access", new Json.Arr(entries));
    }
}
