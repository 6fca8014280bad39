package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The public keys of a client that signs what proves it.
final class PublicKeys {
    @Option(
            names = "--jwks-file",
            paramLabel = "FILE",
            description = "kind public_key: the JWK Set in this file, - for standard input; public parts only")
    Optional<String> file = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Says what cannot be asked for, before anything is.
    void check(String kind, Connection connection) {
        if (file.isPresent() != kind.equals("public_key")) {
            throw Complaint.usage("--jwks-file belongs to a key of --kind public_key, and such a key needs it");
        }
        check(connection);
    }

    void check(Connection connection) {
        if (file.filter("-"::equals).isPresent()
                && connection.keyFile.filter("-"::equals).isPresent()) {
            throw Complaint.usage("standard input holds the API key or the JWK Set, not both");
        }
    }

    Json.Obj put(Json.Obj body) {
        return file.map(name -> body.with("jwks", Secrets.json(Terminal.of(mixee), name)))
                .orElse(body);
    }
}
