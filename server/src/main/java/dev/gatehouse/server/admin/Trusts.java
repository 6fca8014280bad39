package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
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

    /// Keys that a request gives, as those of the issuer that it names, or that the credential before them was
    /// of: one kind of evidence does not turn into another one where it is rotated, nor one issuer's into
    /// another's.
    static Got<Proof> whose(Call call, Proof proof, Optional<Credential> before) {
        Optional<TrustedIssuer> old = before.flatMap(Trusts::of);
        Optional<String> issuer = call.given().get(ISSUER).or(() -> old.map(TrustedIssuer::issuer));
        Optional<String> subject = call.given().get(SUBJECT).or(() -> old.flatMap(TrustedIssuer::subject));
        if (before.isPresent() && !issuer.equals(old.map(TrustedIssuer::issuer))) {
            return Got.no(new Problem.InvalidField(ISSUER.name(), "left out, or that of the credential before"));
        }
        if (before.isPresent() && !subject.equals(old.flatMap(TrustedIssuer::subject))) {
            return Got.no(new Problem.InvalidField(SUBJECT.name(), "left out, or that of the credential before"));
        }
        if (issuer.isEmpty()) {
            return subject.isEmpty()
                    ? Got.of(proof)
                    : Got.no(new Problem.InvalidField(SUBJECT.name(), "left out without " + ISSUER.name()));
        }
        if (!(proof.evidence() instanceof PublicKeys keys) || keys.subject().isPresent()) {
            return Got.no(new Problem.InvalidField(ISSUER.name(), "left out with the name in a certificate"));
        }
        TrustedIssuer trusted = new TrustedIssuer(issuer.get(), subject, keys);
        String text = trusted.text();
        return text.length() > MAX_TEXT
                ? Got.no(new Problem.InvalidField(KeySets.JWKS.name(), "shorter, with the names of an issuer"))
                : mayTrust(call, Optional.of(trusted))
                        .map(_ -> new Proof(proof.kind(), new PublicKeys(text), proof.hint(), proof.shown()));
    }

    /// An issuer that is believed of whichever user is as good as the password of each, those of owners too:
    /// trusting it takes whatever may be changed here, not only credentials (GAUNTLET H04, ADR 0037).
    static Got<Optional<TrustedIssuer>> mayTrust(Call call, Optional<TrustedIssuer> issuer) {
        boolean ofUsers = issuer.filter(one -> one.subject().isEmpty()).isPresent();
        return !ofUsers || call.grants().covers(ownership(call))
                ? Got.of(issuer)
                : Got.no(
                        new Problem.Beyond("to trust an issuer in whoever it names takes all rights to change things"));
    }

    private static Rights ownership(Call call) {
        return call.view()
                .api(Api.ADMIN)
                .map(api -> Rights.at(
                        api.id(),
                        Scopes.of(api.catalogue().entries().keySet().stream()
                                .filter(scope -> scope.endsWith(":write"))
                                .toList())))
                .orElseThrow();
    }
}
