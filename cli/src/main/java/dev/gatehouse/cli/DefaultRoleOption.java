package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// What an organization says of the role of those whose maker names none.
final class DefaultRoleOption {
    private static final String MEMBER = "default_role";

    @Option(
            names = "--default-role",
            paramLabel = "NAME",
            description = "the name of the role that applications and members get here, and below, whose maker names"
                    + " none: the nearest of that name from here up")
    Optional<String> role = Optional.empty();

    @Option(names = "--no-default-role", description = "they get none, whatever organizations above say")
    boolean none;

    @Option(names = "--inherit-default-role", description = "they get what the nearest organization above says")
    boolean inherit;

    Json.Obj put(Json.Obj body) {
        if (Stream.of(role.isPresent(), none, inherit).filter(given -> given).count() > 1) {
            throw Complaint.usage("--default-role, --no-default-role and --inherit-default-role exclude each other");
        }
        if (none) {
            return body.with(MEMBER, new Json.Null());
        }
        return inherit
                ? body.with(MEMBER, "")
                : role.map(name -> body.with(MEMBER, name)).orElse(body);
    }
}
