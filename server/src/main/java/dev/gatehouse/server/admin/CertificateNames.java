package dev.gatehouse.server.admin;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.CertificateSubject;
import dev.gatehouse.core.secret.PublicKeys;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The name that a client's certificate has to bear: a credential of the kind `public_key` of which an
/// authority, and not the client, says what the key is. Exactly one, each under its name of RFC 8705 section 2.1.2.
final class CertificateNames {
    private static final Map<CertificateSubject.Name, Attribute<Credential, CertificateSubject>> BY_NAME = all();

    static final List<Attribute<Credential, ?>> SHOWN = List.copyOf(BY_NAME.values());
    static final List<Form.Item> GIVEN =
            BY_NAME.values().stream().<Form.Item>map(Form::optional).toList();

    private CertificateNames() {}

    private static Map<CertificateSubject.Name, Attribute<Credential, CertificateSubject>> all() {
        Map<CertificateSubject.Name, Attribute<Credential, CertificateSubject>> all =
                new EnumMap<>(CertificateSubject.Name.class);
        Arrays.stream(CertificateSubject.Name.values())
                .forEach(name -> all.put(
                        name,
                        Attribute.optional(
                                name.wire(),
                                Type.text(
                                        name.allowed(),
                                        Schema.of("maxLength", CertificateSubject.MAX_LENGTH),
                                        text -> CertificateSubject.parse(name, text),
                                        CertificateSubject::value),
                                credential -> credential.evidence() instanceof PublicKeys keys
                                        ? keys.subject().filter(subject -> subject.name() == name)
                                        : Optional.empty())));
        return all;
    }

    /// Those that a request gives.
    static Stream<CertificateSubject> given(Given given) {
        return BY_NAME.values().stream().flatMap(attribute -> given.get(attribute).stream());
    }
}
