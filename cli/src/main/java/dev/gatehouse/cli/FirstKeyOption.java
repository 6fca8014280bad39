package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What organizations begin with that are made below one.
final class FirstKeyOption {
    private static final String NONE = "none";

    @Option(
            names = "--first-key",
            paramLabel = "KIND:ROLE",
            description = "organizations made below it begin with an application of this role and a key of it: "
                    + "api_key:ROLE or secret:ROLE, or none")
    Optional<String> firstKey = Optional.empty();

    Json.Obj put(Json.Obj body) {
        if (firstKey.isEmpty()) {
            return body;
        }
        String text = firstKey.get();
        if (text.equals(NONE)) {
            return body.with("first_key", new Json.Null());
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw Complaint.usage("--first-key is KIND:ROLE, such as secret:member, or none");
        }
        return body.with(
                "first_key",
                Json.Obj.EMPTY.with("kind", text.substring(0, colon)).with("role", text.substring(colon + 1)));
    }
}
