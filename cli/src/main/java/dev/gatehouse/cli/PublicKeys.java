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

    @Option(
            names = "--jwks-uri",
            paramLabel = "URL",
            description = "kind public_key: where the client keeps its JWK Set itself, instead of --jwks-file")
    Optional<String> uri = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Says what cannot be asked for, before anything is.
    void check(String kind, Connection connection) {
        if ((file.isPresent() || uri.isPresent()) != kind.equals("public_key")) {
            throw Complaint.usage(
                    "--jwks-file or --jwks-uri belong to a key of --kind public_key, and such a key needs one of them");
        }
        check(connection);
    }

    void check(Connection connection) {
        if (file.isPresent() && uri.isPresent()) {
            throw Complaint.usage("--jwks-file and --jwks-uri exclude each other");
        }
        if (file.filter("-"::equals).isPresent()
                && connection.keyFile.filter("-"::equals).isPresent()) {
            throw Complaint.usage("standard input holds the API key or the JWK Set, not both");
        }
    }

    Json.Obj put(Json.Obj body) {
        return uri.isPresent()
                ? body.with("jwks_uri", uri.get())
                : file.map(name -> body.with("jwks", Secrets.json(Terminal.of(mixee), name)))
                        .orElse(body);
    }
}
