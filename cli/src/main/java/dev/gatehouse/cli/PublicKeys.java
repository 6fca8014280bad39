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

    @Option(
            names = "--assertion-issuer",
            paramLabel = "ISS",
            description = "kind public_key: the keys are this issuer's, whose assertions the application is believed by"
                    + " (grant_types with jwt-bearer)")
    Optional<String> issuer = Optional.empty();

    @Option(
            names = "--assertion-subject",
            paramLabel = "SUB",
            description = "with --assertion-issuer: the subject that stands for the application; without it, each is"
                    + " the username of a user")
    Optional<String> about = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Says what cannot be asked for, before anything is.
    void check(String kind, Connection connection) {
        if (issuer.isPresent() && !kind.equals("public_key")) {
            throw Complaint.usage("--assertion-issuer belongs to a key of --kind public_key");
        }
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
        if (about.isPresent() && issuer.isEmpty() && file.isEmpty() && uri.isEmpty()) {
            throw Complaint.usage("--assertion-subject belongs to --assertion-issuer");
        }
        if (issuer.isPresent() && name.isPresent()) {
            throw Complaint.usage("--assertion-issuer and --certificate-name exclude each other");
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
        Json.Obj whose = issuer.map(iss -> body.with("assertion_issuer", iss)).orElse(body);
        Json.Obj of = about.map(sub -> whose.with("assertion_subject", sub)).orElse(whose);
        return uri.isPresent()
                ? of.with("jwks_uri", uri.get())
                : file.map(name -> of.with("jwks", Secrets.json(Terminal.of(mixee), name)))
                        .orElse(of);
    }
}
