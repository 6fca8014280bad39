package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.secret.CertificateSubject;
import java.util.List;
import java.util.stream.Stream;

/// The name that a client's certificate bears, each kind under its name of RFC 8705 section 2.1.2.
final class CertificateNames {
    /// What they are called.
    static final List<String> ALL = Stream.of(CertificateSubject.Name.values())
            .map(CertificateSubject.Name::wire)
            .toList();

    static final Shape SHAPE = Shape.of(Stream.of(CertificateSubject.Name.values())
            .map(name -> Shape.optional(
                    name.wire(),
                    Value.text(
                            name.allowed(),
                            text -> CertificateSubject.parse(name, text).map(CertificateSubject::value))))
            .toArray(Shape.Key[]::new));

    private CertificateNames() {}

    /// How many a credential has.
    static long in(Json.Obj credential) {
        return ALL.stream().filter(name -> credential.get(name).isPresent()).count();
    }
}
