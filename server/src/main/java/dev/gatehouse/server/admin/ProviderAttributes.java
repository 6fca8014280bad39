package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.server.federation.FederationPaths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The attributes of an identity provider.
final class ProviderAttributes {
    private static final Type<String> VISIBLE =
            Types.matching("1 to 500 printable ASCII characters without blanks", "[!-~]{1,500}", "gatehouse");
    static final Attribute<Held, String> NAME = Attribute.of(
            "name",
            Types.matching("a name of a-z, 0-9 and `-`, at most 40", "[a-z0-9][a-z0-9-]{0,39}", "acme"),
            held -> held.provider().name());
    static final Attribute<Held, String> TITLE =
            Attribute.of("title", Types.NAME, held -> held.provider().title());
    static final Attribute<Held, String> ISSUER = Attribute.of(
            "issuer",
            Type.text(
                    "an https address without query (http where the operator opened it for requests), at most "
                            + IdentityProvider.MAX_TEXT + " characters",
                    Schema.of("maxLength", IdentityProvider.MAX_TEXT, "examples", List.of("https://login.example.com")),
                    text -> text.length() <= IdentityProvider.MAX_TEXT && ProviderMetadata.isIssuer(text)
                            ? Optional.of(text)
                            : Optional.empty(),
                    Function.identity()),
            held -> held.provider().issuer());
    static final Attribute<Held, String> CLIENT_ID =
            Attribute.of("client_id", VISIBLE, held -> held.provider().clientId());
    static final Attribute<Held, ProviderMethod> METHOD = Attribute.of(
            "token_endpoint_auth_method",
            Types.word(ProviderMethod.values(), ProviderMethod::wire),
            held -> held.provider().method());
    static final Attribute<Void, Secret> SECRET = Attribute.in(
            "client_secret",
            Types.described(
                    Type.text(
                            "1 to 500 printable ASCII characters",
                            Schema.of("minLength", 1, "maxLength", 500, "writeOnly", true),
                            text -> text.matches("[ -~]{1,500}") ? Optional.of(Secret.of(text)) : Optional.empty(),
                            _ -> "[redacted]"),
                    Schema.of("description", "what the identity provider gave; never shown again")));
    static final Attribute<Held, List<String>> SCOPES = Attribute.of(
            "scopes",
            Type.list(Types.SCOPE, 0, IdentityProvider.MAX_LISTED),
            held -> held.provider().scopes());
    static final Attribute<Held, List<String>> APIS = Attribute.viewed(
            "apis",
            Type.list(Types.SLUG, 0, IdentityProvider.MAX_LISTED),
            (held, view) -> apis(held, view).stream().map(Api::name).toList());
    static final Attribute<Held, List<Id>> ORGANIZATIONS = Attribute.of(
            "organizations",
            Type.list(Types.id(Kind.ORGANIZATION), 0, IdentityProvider.MAX_LISTED),
            held -> held.provider().organizations().listed());
    private static final Attribute<Void, Id> AT = Attribute.in("organization", Types.id(Kind.ORGANIZATION));
    private static final Attribute<Void, Id> AS = Attribute.in("role", Types.id(Kind.ROLE));
    private static final Type<IdentityProvider.Joining> JOINS = Type.object(
            Form.of(Form.required(AT), Form.required(AS)),
            given -> Got.of(new IdentityProvider.Joining(given.need(AT), given.need(AS))),
            joining -> Map.of(
                    AT.name(),
                    joining.organization().text(),
                    AS.name(),
                    joining.role().text()));
    static final Attribute<Held, IdentityProvider.Joining> JOINING =
            Attribute.optional("joining", JOINS, held -> held.provider().joining());
    static final Attribute<Void, Optional<IdentityProvider.Joining>> NEW_JOINING =
            Attribute.in("joining", Type.nullable(JOINS));
    static final Attribute<Held, List<String>> TRUSTED = Attribute.of(
            "trusted",
            Type.list(VISIBLE, 0, IdentityProvider.MAX_LISTED),
            held -> held.provider().trusted().stream().sorted().toList());
    static final Attribute<Held, Boolean> ACTIVE =
            Attribute.of("active", Type.flag(), held -> held.provider().active());
    static final Attribute<Held, Long> VERSION =
            Attribute.of("version", Types.COUNT, held -> held.provider().version());

    static final Noun<Held> NOUN = new Noun<>(
            "identity_provider",
            List.of(
                    Attribute.of(
                            "id",
                            Types.id(Kind.IDENTITY_PROVIDER),
                            held -> held.provider().id()),
                    NAME,
                    TITLE,
                    ISSUER,
                    CLIENT_ID,
                    METHOD,
                    SCOPES,
                    APIS,
                    ORGANIZATIONS,
                    JOINING,
                    TRUSTED,
                    ACTIVE,
                    Attribute.viewed(
                            "redirect_uris",
                            Type.list(VISIBLE, 0, IdentityProvider.MAX_LISTED),
                            (held, view) -> apis(held, view).stream()
                                    .map(api -> FederationPaths.redirect(api, held.provider()))
                                    .toList()),
                    Attribute.of(
                            "created_at", Types.TIME, held -> held.provider().createdAt()),
                    VERSION));

    static final Form CREATE = Form.of(
            Form.required(NAME),
            Form.optional(TITLE),
            Form.required(ISSUER),
            Form.required(CLIENT_ID),
            Form.optional(METHOD),
            Form.optional(SECRET),
            Form.optional(SCOPES),
            Form.required(APIS),
            Form.optional(ORGANIZATIONS),
            Form.optional(JOINING),
            Form.optional(TRUSTED),
            Form.optional(ACTIVE));

    static final Form PATCH = Form.of(
            Form.optional(TITLE),
            Form.optional(CLIENT_ID),
            Form.optional(METHOD),
            Form.optional(SECRET),
            Form.optional(SCOPES),
            Form.optional(APIS),
            Form.optional(ORGANIZATIONS),
            Form.optional(NEW_JOINING),
            Form.optional(TRUSTED),
            Form.optional(ACTIVE),
            Form.optional(VERSION));

    private ProviderAttributes() {}

    private static List<Api> apis(Held held, View view) {
        return view.apis().stream()
                .filter(api -> held.provider().apis().contains(api.id()))
                .toList();
    }
}
