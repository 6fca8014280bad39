package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.secret.CertificateSubject;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The public keys of a client that signs what proves it, or the name that its certificate bears.
final class PublicKeys {
    private static final String PREFIX = "tls_client_auth_";

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

    @Option(
            names = "--certificate-name",
            paramLabel = "WHERE=NAME",
            description =
                    "kind public_key: the name in the client's certificate, where an authority vouches for its key:"
                            + " subject_dn=..., san_dns=..., san_uri=..., san_ip=... or san_email=...")
    Optional<String> name = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Says what cannot be asked for, before anything is.
    void check(String kind, Connection connection) {
        if ((file.isPresent() || uri.isPresent() || name.isPresent()) != kind.equals("public_key")) {
            throw Complaint.usage("--jwks-file, --jwks-uri or --certificate-name belong to a key of --kind public_key,"
                    + " and such a key needs one of them");
        }
        check(connection);
    }

    void check(Connection connection) {
        if (Stream.of(file, uri, name).filter(Optional::isPresent).count() > 1) {
            throw Complaint.usage("--jwks-file, --jwks-uri and --certificate-name exclude each other");
        }
        if (name.isPresent() && subject().isEmpty()) {
            throw Complaint.usage(
                    "--certificate-name is subject_dn, san_dns, san_uri, san_ip or san_email, = and a name"
                            + " that a certificate can bear there");
        }
        if (file.filter("-"::equals).isPresent()
                && connection.keyFile.filter("-"::equals).isPresent()) {
            throw Complaint.usage("standard input holds the API key or the JWK Set, not both");
        }
    }

    private Optional<CertificateSubject> subject() {
        return name.map(text -> PREFIX + text.replaceFirst("=", " ")).flatMap(CertificateSubject::of);
    }

    Json.Obj put(Json.Obj body) {
        if (subject().isPresent()) {
            return body.with(subject().get().name().wire(), subject().get().value());
        }
        return uri.isPresent()
                ? body.with("jwks_uri", uri.get())
                : file.map(name -> body.with("jwks", Secrets.json(Terminal.of(mixee), name)))
                        .orElse(body);
    }
}
