package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.client.RedirectUri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// How roles, applications and credentials are written.
final class Nouns {
    static final Shape ROLE = Shape.of(Shape.optional("rights", Values.RIGHTS));

    static final Shape APPLICATION = Shape.of(
                    Shape.optional("client_id", Values.CLIENT_ID),
                    Shape.optional("token_life_seconds", Value.number(1, TokenPolicy.MAX_LIFE.toSeconds())))
            .and(ClientShape.TERMS)
            .and(Values.STANDING)
            .leaving("role", "credentials");

    /// An organization without what belongs to it.
    static final Shape ORGANIZATION = Shape.of(Shape.optional(
                    "first_key",
                    Shape.of(
                            Shape.required("kind", Value.word(List.of("api_key", "secret"))),
                            Shape.required("role", Values.SLUG))))
            .and(Shape.of(Shape.optional(AccessShape.ACCESS, AccessShape.LIST)))
            .and(DefaultRoleShape.SAID)
            .and(Shape.of(Shape.optional("second_factor", Value.word(List.of("required")))))
            .and(Values.STANDING);

    /// A user without its username; claims of its profile under the names that OpenID Connect gives them.
    static final Shape USER = Shape.of(Shape.optional("profile", Values.PROFILE))
            .and(Values.STANDING)
            .leaving("password-file", "password-env", "password-argon2id");

    /// A membership without its role and its user.
    static final Shape MEMBER = Values.STANDING.leaving("role", "home", "credentials");

    static final Shape CREDENTIAL = Shape.of(
                    Shape.required(
                            "kind",
                            Value.word(List.of(
                                    "api_key", "secret", "user_secret", "domain_key", "public_key", "signing_key"))),
                    Shape.optional("environment", Value.word(List.of("live", "test"))),
                    Shape.optional("jwks", JwksValue.SET),
                    Shape.optional(
                            JwksValue.URI,
                            Value.text(
                                    "an https URL",
                                    text -> RedirectUri.parse(text)
                                            .filter(RedirectUri::claimed)
                                            .map(RedirectUri::text))),
                    Shape.optional(TrustValue.ISSUER, TrustValue.NAME),
                    Shape.optional(TrustValue.SUBJECT, TrustValue.NAME),
                    Shape.optional("scopes", Nouns::reach),
                    Shape.optional("addresses", Values.ADDRESSES),
                    Shape.optional("apis", Values.APIS),
                    Shape.optional("origins", Values.ORIGINS),
                    Shape.optional("rate", RateValue.RATE))
            .and(CertificateNames.SHAPE)
            .and(Values.STANDING)
            .leaving("secret-file", "secret-env", "secret-sha256", JwksValue.FILE);

    private static final Shape ROLE_NAME =
            Shape.of(Shape.required("name", Values.SLUG), Shape.required("organization", Values.PATH));

    private Nouns() {}

    /// `live` goes without saying.
    static Json.Obj settled(Json.Obj credential) {
        return credential.text("environment").equals(Optional.of("live"))
                ? credential.without("environment")
                : credential;
    }

    /// The value of a key, when the node is a mapping that has it.
    static Optional<Node> child(Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? Optional.ofNullable(mapping.entries().get(key)).map(Node.Entry::value)
                : Optional.empty();
    }

    /// The role of an application or a member: a name, or a name and its organization.
    static Optional<Wanted.RoleName> role(Node node, Mistakes mistakes) {
        if (node instanceof Node.Mapping) {
            return ROLE_NAME
                    .object(node, mistakes)
                    .flatMap(read -> read.text("name")
                            .map(name -> new Wanted.RoleName(
                                    node.place(), read.text("organization").flatMap(OrganizationPath::parse), name)));
        }
        return Values.SLUG
                .read(node, mistakes)
                .flatMap(read -> read instanceof Json.Str(String name)
                        ? Optional.of(new Wanted.RoleName(node.place(), Optional.empty(), name))
                        : Optional.empty());
    }

    /// `role`, all that the role gives, now and later; or scopes by Api.
    private static Optional<Json> reach(Node node, Mistakes mistakes) {
        if (node instanceof Node.Text(Place place, String text)) {
            if (!text.equals("role")) {
                mistakes.wrong(place, "must be role, or scopes by Api such as {orders: [\"orders:read\"]}");
                return Optional.empty();
            }
            return Optional.of(new Json.Str(text));
        }
        return Values.RIGHTS.read(node, mistakes);
    }

    /// Where a secret comes from: a file beside the one that names it, a variable of the environment, or another
    /// system that kept its hash.
    static Optional<Wanted.GivenSecret> secret(Node credential, Mistakes mistakes) {
        return given(credential, "secret", "secret-sha256", mistakes);
    }

    /// The same for the password of a user.
    static Optional<Wanted.GivenSecret> password(Node user, Mistakes mistakes) {
        return given(user, "password", "password-argon2id", mistakes);
    }

    private static Optional<Wanted.GivenSecret> given(Node node, String what, String hashed, Mistakes mistakes) {
        List<Wanted.GivenSecret> given = new ArrayList<>();
        text(
                node,
                what + "-file",
                mistakes,
                (place, path) -> given.add(new Wanted.GivenSecret.InFile(
                        place, Path.of(place.file()).resolveSibling(path))));
        text(node, what + "-env", mistakes, (place, name) -> given.add(new Wanted.GivenSecret.InVariable(place, name)));
        text(node, hashed, mistakes, (place, hash) -> given.add(new Wanted.GivenSecret.Hashed(place, hash)));
        if (given.size() > 1) {
            mistakes.add(
                    given.getLast().place(), what + "-file, " + what + "-env and " + hashed + " exclude each other");
        }
        return given.stream().findFirst();
    }

    private static void text(Node node, String key, Mistakes mistakes, BiConsumer<Place, String> use) {
        child(node, key).ifPresent(value -> {
            if (value instanceof Node.Text(Place place, String text) && !text.isBlank() && text.indexOf('\0') < 0) {
                use.accept(place, text);
            } else {
                mistakes.add(value.place(), key + " must be text");
            }
        });
    }
}
