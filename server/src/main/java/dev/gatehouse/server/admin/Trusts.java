package dev.gatehouse.server.admin;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.TrustedIssuer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whose keys a credential of public keys has, where they are not the application's own: an issuer by whose
/// assertions tokens are had (RFC 7523 section 2.1).
final class Trusts {
    private static final int MAX_TEXT = 16_384;

    static final Attribute<Credential, String> ISSUER = name(
            "assertion_issuer",
            "the `iss` of the assertions of an issuer whose keys these are",
            "https://ci.example.com",
            credential -> of(credential).map(TrustedIssuer::issuer));

    static final Attribute<Credential, String> SUBJECT = name(
            "assertion_subject",
            "the `sub` of them that stands for the application; without one, each is the username of a user",
            "repo:acme/shop",
            credential -> of(credential).flatMap(TrustedIssuer::subject));

    static final List<Form.Item> GIVEN = List.of(Form.optional(ISSUER), Form.optional(SUBJECT));

    private Trusts() {}

    private static Attribute<Credential, String> name(
            String name, String allowed, String example, Function<Credential, Optional<String>> get) {
        return Attribute.optional(
                name,
                Type.text(
                        allowed + "; 1 to " + TrustedIssuer.MAX_LENGTH + " characters",
                        Schema.of("minLength", 1, "maxLength", TrustedIssuer.MAX_LENGTH, "examples", List.of(example)),
                        TrustedIssuer::name,
                        Function.identity()),
                get);
    }

    /// The issuer that a credential is of.
    static Optional<TrustedIssuer> of(Credential credential) {
        return credential.evidence() instanceof PublicKeys keys ? keys.trusted() : Optional.empty();
    }

    /// The keys that a credential has, its own or its issuer's.
    static Optional<PublicKeys> keys(Credential credential) {
        return credential.evidence() instanceof PublicKeys keys
                ? Optional.of(keys.trusted().map(TrustedIssuer::keys).orElse(keys))
                : Optional.empty();
    }

    /// Keys that a request gives, as those of the issuer that it names, or that the credential before them was of.
    static Got<Proof> whose(Call call, Proof proof, Optional<Credential> before) {
        Optional<TrustedIssuer> old = before.flatMap(Trusts::of);
        Optional<String> issuer = call.given().get(ISSUER).or(() -> old.map(TrustedIssuer::issuer));
        Optional<String> subject = call.given().get(SUBJECT).or(() -> old.flatMap(TrustedIssuer::subject));
        if (issuer.isEmpty()) {
            return subject.isEmpty()
                    ? Got.of(proof)
                    : Got.no(new Problem.InvalidField(SUBJECT.name(), "left out without " + ISSUER.name()));
        }
        if (!(proof.evidence() instanceof PublicKeys keys) || keys.subject().isPresent()) {
            return Got.no(new Problem.InvalidField(ISSUER.name(), "left out with the name in a certificate"));
        }
        String text = new TrustedIssuer(issuer.get(), subject, keys).text();
        return text.length() > MAX_TEXT
                ? Got.no(new Problem.InvalidField(KeySets.JWKS.name(), "shorter, with the names of an issuer"))
                : Got.of(new Proof(proof.kind(), new PublicKeys(text), proof.hint(), proof.shown()));
    }
}
