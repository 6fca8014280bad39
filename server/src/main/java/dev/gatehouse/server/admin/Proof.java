package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.CertificateSubject;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SecretHash;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What will prove a new credential: drawn here and shown once; given, whole or as a hash, and never shown; or
/// public keys. What requests are signed with is encrypted rather than digested, and no more shown than the others.
///
/// @param evidence what is kept of it
/// @param hint what lists show of it
record Proof(CredentialKind kind, Evidence evidence, String hint, Optional<Secret> shown) {
    static final Attribute<Void, Secret> GIVEN = Attribute.in(
            "secret",
            Type.text(
                    "16 to 255 visible ASCII characters that do not begin like a secret of ours",
                    Schema.of("minLength", 16, "maxLength", 255),
                    Proof::given,
                    _ -> "[redacted]"));

    static final Attribute<Void, SecretHash> GIVEN_HASH = Attribute.in(
            "secret_sha256",
            Type.text(
                    "the SHA-256 of a secret's UTF-8 bytes as 64 hexadecimal digits",
                    Schema.pattern("^[0-9A-Fa-f]{64}$", "0".repeat(64)),
                    SecretHash::parse,
                    _ -> "[redacted]"));

    static final Attribute<Proof, String> SHOWN = Attribute.optional(
            "secret",
            Type.text(
                    "the string that proves it, shown this once, unless it was given",
                    Schema.of("minLength", 1),
                    Optional::of,
                    Function.identity()),
            proof -> proof.shown().map(Secret::reveal));

    private static final String NO_KEYS = "left out: it is for credentials of the kind public_key";

    private static final String GIVEN_HINT = "given";

    private static Optional<Secret> given(String text) {
        Secret secret = Secret.of(text);
        return text.matches("[!-~]{16,255}") && !KeyString.formed(secret) ? Optional.of(secret) : Optional.empty();
    }

    /// What a request asks for. API keys name their credential and are always drawn.
    static Got<Proof> asked(Call call, Owner owner, Id credential) {
        CredentialKind kind = Credentials.asked(call);
        if (kind == CredentialKind.PUBLIC_KEY) {
            return keysAlone(call);
        }
        Optional<Problem> misplaced = misplaced(call);
        if (misplaced.isPresent()) {
            return Got.no(misplaced.get());
        }
        Optional<String> environment = call.given().get(Credentials.ENVIRONMENT);
        Optional<Secret> whole = call.given().get(GIVEN);
        Optional<SecretHash> given =
                whole.map(SecretHash::of).or(() -> call.given().get(GIVEN_HASH));
        if (given.isEmpty()) {
            return Got.of(drawn(call, kind, environment.orElse("live"), owner, credential));
        }
        if (whole.isPresent() && call.given().get(GIVEN_HASH).isPresent()) {
            return Got.no(new Problem.InvalidField("secret_sha256", "left out with a given secret"));
        }
        boolean signing = kind == CredentialKind.SIGNING_KEY && whole.isPresent();
        if (kind != CredentialKind.SECRET && !signing) {
            return Got.no(new Problem.InvalidField(
                    whole.isPresent() ? "secret" : "secret_sha256", "left out: keys of this kind are drawn"));
        }
        if (environment.isPresent()) {
            return Got.no(new Problem.InvalidField("environment", "left out with a given secret"));
        }
        Evidence evidence = signing
                ? call.desk().sealed().seal(owner.organization(), credential, whole.get())
                : call.desk().pepper().digest(given.get());
        return Got.of(new Proof(kind, evidence, GIVEN_HINT, Optional.empty()));
    }

    static Proof drawn(Call call, CredentialKind kind, String environment, Owner owner, Id credential) {
        KeyString key = KeyString.draw(
                kind,
                environment,
                credential,
                call.desk().checkKeys(),
                call.desk().random());
        Evidence evidence = kind == CredentialKind.SIGNING_KEY
                ? call.desk().sealed().seal(owner.organization(), credential, key.text())
                : call.desk().pepper().digest(key.text());
        return new Proof(kind, evidence, key.hint(), Optional.of(key.text()));
    }

    /// Nothing else proves what public keys do.
    private static Got<Proof> keysAlone(Call call) {
        for (Attribute<Void, ?> drawn : List.of(GIVEN, GIVEN_HASH, Credentials.ENVIRONMENT)) {
            if (call.given().get(drawn).isPresent()) {
                return Got.no(new Problem.InvalidField(drawn.name(), "left out with public keys"));
            }
        }
        return keys(call, Optional.empty());
    }

    /// What only public keys are given as, in a request for a credential of another kind.
    static Optional<Problem> misplaced(Call call) {
        return Stream.concat(
                        Stream.of(KeySets.JWKS, KeySets.URI, Trusts.ISSUER, Trusts.SUBJECT)
                                .filter(attribute -> call.given().get(attribute).isPresent())
                                .map(Attribute::name),
                        CertificateNames.given(call.given())
                                .map(subject -> subject.name().wire()))
                .findFirst()
                .map(name -> new Problem.InvalidField(name, NO_KEYS));
    }

    /// The public keys that a request gives, or where they are, or the name in a certificate of one; the
    /// client's own or an issuer's.
    ///
    /// @param before the credential whose place they take
    static Got<Proof> keys(Call call, Optional<Credential> before) {
        return keys(call).then(proof -> Trusts.whose(call, proof, before));
    }

    private static Got<Proof> keys(Call call) {
        Optional<ClientKeys> set = call.given().get(KeySets.JWKS);
        Optional<String> uri = call.given().get(KeySets.URI);
        List<CertificateSubject> subjects = CertificateNames.given(call.given()).toList();
        if (set.isPresent() && uri.isPresent()) {
            return Got.no(new Problem.InvalidField(KeySets.URI.name(), "left out with " + KeySets.JWKS.name()));
        }
        if (subjects.size() > 1 || (!subjects.isEmpty() && (set.isPresent() || uri.isPresent()))) {
            return Got.no(new Problem.InvalidField(
                    subjects.getLast().name().wire(), "left out with public keys, or with another name"));
        }
        return set.map(keys -> of(keys.text(), hint(keys)))
                .or(() -> uri.map(at -> of(at, GIVEN_HINT)))
                .or(() -> subjects.stream().findFirst().map(subject -> of(subject.text(), GIVEN_HINT)))
                .<Got<Proof>>map(Got::of)
                .orElseGet(() -> Got.no(new Problem.MissingField(KeySets.JWKS.name())));
    }

    private static Proof of(String keys, String hint) {
        return new Proof(CredentialKind.PUBLIC_KEY, new PublicKeys(keys), hint, Optional.empty());
    }

    private static String hint(ClientKeys keys) {
        List<String> thumbprints = keys.thumbprints();
        return thumbprints.size() == 1
                ? thumbprints.getFirst()
                : thumbprints.getFirst() + " +" + (thumbprints.size() - 1);
    }
}
