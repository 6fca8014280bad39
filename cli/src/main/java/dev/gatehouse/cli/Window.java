package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/// When a new member is valid.
final class Window {
    @Option(names = "--from", paramLabel = "TIME", description = "valid from then, such as 2027-01-31T12:00:00Z")
    Optional<String> from = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "valid until then")
    Optional<String> until = Optional.empty();

    Json.Obj put(Json.Obj body) {
        return put(body, from, until);
    }

    static Json.Obj put(Json.Obj body, Optional<String> from, Optional<String> until) {
        Json.Obj some = from.map(time -> body.with("not_before", time(time))).orElse(body);
        return until.map(time -> some.with("expires_at", time(time))).orElse(some);
    }

    private static Json time(String text) {
        return text.equals("never") ? new Json.Null() : new Json.Str(text);
    }
}
