package dev.gatehouse.server.admin;

import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The public keys that a credential of that kind is: taken as a JWK Set, shown as one with their thumbprints.
final class KeySets {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The public key of RFC 7517 appendix A.1.
    private static final Map<String, Object> EXAMPLE = Schema.of(
            "kty", "EC",
            "crv", "P-256",
            "x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
            "kid", "1");

    private static final Type<ClientKeys> SET = new Type<>() {
        @Override
        public String allowed() {
            return "a JWK Set (RFC 7517), {\"keys\": [...]}, of 1 to " + ClientKeys.MAX_KEYS
                    + " public keys for signatures, each with a kid of its own: RSA of 2048 to 4096 bits, EC on P-256,"
                    + " P-384 or P-521, or OKP on Ed25519";
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> key = Schema.of("type", "object", "required", List.of("kty", "kid"));
            Map<String, Object> keys =
                    Schema.of("type", "array", "items", key, "minItems", 1, "maxItems", ClientKeys.MAX_KEYS);
            return Schema.of(
                    "type",
                    "object",
                    "description",
                    allowed(),
                    "properties",
                    Schema.of("keys", keys),
                    "required",
                    List.of("keys"),
                    "additionalProperties",
                    true, // RFC 7517 section 5: what is not understood is ignored
                    "examples",
                    List.of(Schema.of("keys", List.of(EXAMPLE))));
        }

        @Override
        public Got<ClientKeys> read(String at, Object json) {
            return switch (ClientKeys.read(JSON.writeValueAsString(json))) {
                case ClientKeys.Read.Good(ClientKeys keys) -> Got.of(keys);
                case ClientKeys.Read.Wrong(String why) -> Got.no(new Problem.InvalidField(at, allowed() + "; " + why));
            };
        }

        @Override
        public Object write(ClientKeys keys) {
            return Map.of("keys", keys.members());
        }
    };

    /// Given as a whole; those of a credential never change, others take their place.
    static final Attribute<Credential, ClientKeys> JWKS = Attribute.optional("jwks", SET, KeySets::of);

    /// Where the client keeps them itself, in place of a set that is kept here (OpenID Connect Registration
    /// section 2).
    static final Attribute<Credential, String> URI = Attribute.optional(
            "jwks_uri",
            Type.text(
                    "an https URL of a host name, without fragment, user or dot segment",
                    Schema.of("maxLength", RedirectUri.MAX_LENGTH, "examples", List.of("https://app.example.com/jwks")),
                    text -> RedirectUri.parse(text).filter(RedirectUri::claimed).map(RedirectUri::text),
                    Function.identity()),
            credential -> Trusts.keys(credential).flatMap(PublicKeys::uri));

    /// What a credential of that kind is given as.
    static final List<Form.Item> GIVEN = Stream.of(
                    List.of(Form.optional(JWKS), Form.optional(URI)), Trusts.GIVEN, CertificateNames.GIVEN)
            .flatMap(List::stream)
            .toList();

    static final Attribute<Credential, List<String>> THUMBPRINTS = Attribute.optional(
            "thumbprints",
            Type.list(
                    Type.text(
                            "the SHA-256 thumbprint of a key (RFC 7638)",
                            Schema.pattern("[A-Za-z0-9_-]{43}", "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
                            Optional::of,
                            Function.identity()),
                    1,
                    ClientKeys.MAX_KEYS),
            credential -> of(credential).map(ClientKeys::thumbprints));

    private KeySets() {}

    private static Optional<ClientKeys> of(Credential credential) {
        return Trusts.keys(credential)
                .flatMap(keys -> ClientKeys.read(keys.jwks()) instanceof ClientKeys.Read.Good(ClientKeys read)
                        ? Optional.of(read)
                        : Optional.empty());
    }
}
