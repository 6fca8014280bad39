package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What an organization wants of people who act in it.
final class SecondFactorOption {
    /// What may be wanted.
    enum Wanted {
        /// A second factor, beside the password or as a passkey.
        REQUIRED,
        /// The password is enough.
        NONE
    }

    @Option(
            names = "--second-factor",
            paramLabel = "WANTED",
            description = "required: people act in it with a second factor only; none: the password is enough")
    Optional<Wanted> wanted = Optional.empty();

    Json.Obj put(Json.Obj body) {
        return wanted.map(one -> switch (one) {
                    case REQUIRED -> body.with("second_factor", "required");
                    case NONE -> body.with("second_factor", new Json.Null());
                })
                .orElse(body);
    }
}
