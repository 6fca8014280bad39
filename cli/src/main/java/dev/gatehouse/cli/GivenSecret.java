package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A client secret that its owner has already, to be taken over as it is.
final class GivenSecret {
    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "kind secret or signing_key: take the secret in this file, - for standard input, in place of a drawn"
                            + " one")
    Optional<String> file = Optional.empty();

    @Option(
            names = "--secret-sha256",
            paramLabel = "HEX",
            description = "kind secret: the same, when only the SHA-256 of the secret is known")
    Optional<String> sha256 = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Says what cannot be asked for, before anything is.
    void check(String kind, Connection connection) {
        if (file.isPresent() && sha256.isPresent()) {
            throw Complaint.usage("--secret-file and --secret-sha256 exclude each other");
        }
        if (file.isPresent() && !kind.equals("secret") && !kind.equals("signing_key")) {
            throw Complaint.usage("only a key of --kind secret or signing_key can be given; others are drawn");
        }
        if (sha256.isPresent() && !kind.equals("secret")) {
            throw Complaint.usage("only a key of --kind secret can be given as its hash");
        }
        if (file.filter("-"::equals).isPresent()
                && connection.keyFile.filter("-"::equals).isPresent()) {
            throw Complaint.usage("standard input holds the API key or the secret, not both");
        }
    }

    Json.Obj put(Json.Obj body) {
        Json.Obj whole = file.map(name -> Secrets.read(Terminal.of(mixee), name))
                .map(secret -> body.with("secret", secret.reveal()))
                .orElse(body);
        return sha256.map(hash -> whole.with("secret_sha256", hash)).orElse(whole);
    }
}
