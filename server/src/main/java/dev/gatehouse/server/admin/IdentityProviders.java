package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.server.federation.FederationPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Servers of others that say who people are. For the provider only: whoever says where people are proven says who
/// they are.
final class IdentityProviders {
    private static final Type<String> VISIBLE =
            Types.matching("1 to 500 printable ASCII characters without blanks", "[!-~]{1,500}", "gatehouse");
    private static final Attribute<Held, String> NAME = Attribute.of(
            "name",
            Types.matching("a name of a-z, 0-9 and `-`, at most 40", "[a-z0-9][a-z0-9-]{0,39}", "acme"),
            held -> held.provider().name());
    private static final Attribute<Held, String> TITLE =
            Attribute.of("title", Types.NAME, held -> held.provider().title());
    private static final Attribute<Held, String> ISSUER = Attribute.of(
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
    private static final Attribute<Held, String> CLIENT_ID =
            Attribute.of("client_id", VISIBLE, held -> held.provider().clientId());
    private static final Attribute<Held, ProviderMethod> METHOD = Attribute.of(
            "token_endpoint_auth_method",
            Types.word(ProviderMethod.values(), ProviderMethod::wire),
            held -> held.provider().method());
    private static final Attribute<Void, Secret> SECRET = Attribute.in(
            "client_secret",
            Types.described(
                    Type.text(
                            "1 to 500 printable ASCII characters",
                            Schema.of("minLength", 1, "maxLength", 500, "writeOnly", true),
                            text -> text.matches("[ -~]{1,500}") ? Optional.of(Secret.of(text)) : Optional.empty(),
                            _ -> "[redacted]"),
                    Schema.of("description", "what the identity provider gave; never shown again")));
    private static final Attribute<Held, List<String>> SCOPES = Attribute.of(
            "scopes",
            Type.list(Types.SCOPE, 0, IdentityProvider.MAX_LISTED),
            held -> held.provider().scopes());
    private static final Attribute<Held, List<String>> APIS = Attribute.viewed(
            "apis",
            Type.list(Types.SLUG, 0, IdentityProvider.MAX_LISTED),
            (held, view) -> apis(held, view).stream().map(Api::name).toList());
    private static final Attribute<Held, List<Id>> ORGANIZATIONS = Attribute.of(
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
    private static final Attribute<Held, IdentityProvider.Joining> JOINING =
            Attribute.optional("joining", JOINS, held -> held.provider().joining());
    private static final Attribute<Void, Optional<IdentityProvider.Joining>> NEW_JOINING =
            Attribute.in("joining", Type.nullable(JOINS));
    private static final Attribute<Held, List<String>> TRUSTED = Attribute.of(
            "trusted",
            Type.list(VISIBLE, 0, IdentityProvider.MAX_LISTED),
            held -> held.provider().trusted().stream().sorted().toList());
    private static final Attribute<Held, Boolean> ACTIVE =
            Attribute.of("active", Type.flag(), held -> held.provider().active());
    private static final Attribute<Held, Long> VERSION =
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

    private IdentityProviders() {}

    private static List<Api> apis(Held held, View view) {
        return view.apis().stream()
                .filter(api -> held.provider().apis().contains(api.id()))
                .toList();
    }

    private static Got<Call> own(Call call) {
        return call.provider()
                ? Got.of(call)
                : Got.no(new Problem.Beyond("who says who people are is for the provider"));
    }

    private static Got<Held> named(Call call) {
        return Optional.ofNullable(call.path().get("identity_provider"))
                .flatMap(text -> Id.parse(Kind.IDENTITY_PROVIDER, text))
                .filter(_ -> call.provider())
                .flatMap(call.desk().store().identities()::provider)
                .<Got<Held>>map(Got::of)
                .orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    static Got<Reply> list(Call call) {
        return own(call)
                .map(_ -> Reply.json(
                        200,
                        Map.of(
                                "items",
                                call.desk().store().identities().providers().stream()
                                        .map(held -> NOUN.show(held, call.view()))
                                        .toList())));
    }

    static Got<Reply> get(Call call) {
        return named(call).map(held -> Replies.shown(200, NOUN, held, call));
    }

    static Got<Reply> create(Call call) {
        Given given = call.given();
        return own(call)
                .then(call::unmatched)
                .then(_ -> written(
                        call,
                        new IdentityProvider(
                                Id.random(Kind.IDENTITY_PROVIDER, call.desk().random()),
                                given.need(NAME),
                                given.get(TITLE).orElse(given.need(NAME)),
                                given.need(ISSUER),
                                given.need(CLIENT_ID),
                                given.get(METHOD)
                                        .orElse(
                                                given.get(SECRET).isPresent()
                                                        ? ProviderMethod.SECRET_BASIC
                                                        : ProviderMethod.PRIVATE_KEY_JWT),
                                List.of(),
                                Set.of(),
                                Restriction.unrestricted(),
                                Optional.empty(),
                                Set.of(),
                                true,
                                call.now(),
                                0),
                        given.get(JOINING)))
                .then(provider -> sealed(call, provider, Optional.empty()))
                .then(held -> call.write(
                        call.whenAllKnow(NodeStatus.IDENTITIES),
                        act -> call.desk().store().identities().add(held, act),
                        added -> Replies.created(
                                "/v1/identity-providers/" + added.provider().id(), NOUN, added, call)));
    }

    /// What is left out stays. Whoever is switched off lets nobody in, and what was opened by it ends.
    static Got<Reply> patch(Call call) {
        Given given = call.given();
        return named(call)
                .then(held -> call.matched(NOUN, held))
                .then(held -> call.asRead(VERSION, held, held.provider().version()))
                .then(before -> {
                    IdentityProvider it = before.provider();
                    IdentityProvider named = new IdentityProvider(
                            it.id(),
                            it.name(),
                            given.get(TITLE).orElse(it.title()),
                            it.issuer(),
                            given.get(CLIENT_ID).orElse(it.clientId()),
                            given.get(METHOD).orElse(it.method()),
                            it.scopes(),
                            it.apis(),
                            it.organizations(),
                            it.joining(),
                            it.trusted(),
                            it.active(),
                            it.createdAt(),
                            it.version());
                    return written(call, named, given.get(NEW_JOINING).orElse(it.joining()))
                            .then(provider -> sealed(call, provider, Optional.of(before)))
                            .then(after -> call.write(
                                    call.act(),
                                    act -> call.desk().store().identities().replace(before, after, act),
                                    done -> Replies.shown(200, NOUN, done, call)));
                });
    }

    static Got<Reply> delete(Call call) {
        return named(call)
                .then(held -> call.matched(NOUN, held))
                .then(held -> call.write(
                        call.act(),
                        act -> call.desk().store().identities().remove(held, act),
                        gone -> Replies.shown(200, NOUN, gone, call)));
    }

    /// The lists, each of what is there and what the caller may hand out.
    private static Got<IdentityProvider> written(
            Call call, IdentityProvider it, Optional<IdentityProvider.Joining> joins) {
        Given given = call.given();
        Got<Set<Id>> apis = given.get(APIS).map(names -> apis(call, names)).orElseGet(() -> Got.of(it.apis()));
        return apis.then(serving -> joining(call, it, joins)
                        .then(joining -> organizations(call, it)
                                .map(organizations -> new IdentityProvider(
                                        it.id(),
                                        it.name(),
                                        it.title(),
                                        it.issuer(),
                                        it.clientId(),
                                        it.method(),
                                        given.get(SCOPES).orElse(it.scopes()),
                                        serving,
                                        organizations,
                                        joining,
                                        given.get(TRUSTED)
                                                .<Set<String>>map(HashSet::new)
                                                .orElse(it.trusted()),
                                        given.get(ACTIVE).orElse(it.active()),
                                        it.createdAt(),
                                        it.version()))))
                .then(after -> consistent(call, after))
                .then(after -> IdentityRights.believed(call, it, after));
    }

    /// Nobody is made a user whom the provider then does not let in.
    private static Got<IdentityProvider> consistent(Call call, IdentityProvider it) {
        boolean shut = it.joining()
                .filter(joining -> !IdentityRights.admits(call, it, joining.organization()))
                .isPresent();
        return shut
                ? Got.no(new Problem.InvalidField(
                        "joining.organization",
                        "one of `organizations`, or below one of them; all when these are empty"))
                : Got.of(it);
    }

    private static Got<Set<Id>> apis(Call call, List<String> names) {
        Set<Id> ids = new HashSet<>();
        for (String name : names) {
            Optional<Api> api = call.view().api(name);
            if (api.isEmpty()) {
                return Got.no(new Problem.InvalidField("apis", "names of Apis; " + name + " is none"));
            }
            ids.add(api.get().id());
        }
        return Got.of(ids);
    }

    private static Got<Restriction<Id>> organizations(Call call, IdentityProvider it) {
        Optional<List<Id>> asked = call.given().get(ORGANIZATIONS);
        List<Id> ids = new ArrayList<>(asked.orElse(it.organizations().listed()));
        Optional<Id> lost = ids.stream()
                .filter(id -> call.desk().store().members().organization(id).isEmpty())
                .findFirst();
        return asked.isPresent() && lost.isPresent()
                ? Got.no(new Problem.InvalidField(
                        "organizations", "organizations that are there; " + lost.get() + " is not"))
                : Got.of(Restriction.ofListed(ids));
    }

    /// Nobody lets others have what it does not hold itself.
    private static Got<Optional<IdentityProvider.Joining>> joining(
            Call call, IdentityProvider it, Optional<IdentityProvider.Joining> asked) {
        if (asked.isEmpty() || asked.equals(it.joining())) {
            return Got.of(asked);
        }
        Id home = asked.get().organization();
        if (call.desk().store().members().organization(home).isEmpty()) {
            return Got.no(new Problem.InvalidField("joining.organization", "an organization that is there"));
        }
        return IdentityRights.users(call, home)
                .then(_ -> Applications.role(call, home, Optional.of(asked.get().role())))
                .then(role -> role.filter(Role::builtIn).isPresent()
                        ? Got.no(new Problem.InvalidField(
                                "joining.role", "a role that is not built in: no owner is made so"))
                        : Got.of(asked));
    }

    /// A secret is for the issuer and its number; the method says whether there is one.
    private static Got<Held> sealed(Call call, IdentityProvider provider, Optional<Held> before) {
        Optional<Secret> given = call.given().get(SECRET);
        if (!provider.method().secret()) {
            return given.isPresent()
                    ? Got.no(new Problem.InvalidField(SECRET.name(), "left out: the method is private_key_jwt"))
                    : Got.of(new Held(
                            provider, Optional.empty(), before.map(Held::number).orElse(0L)));
        }
        long number = before.map(Held::number).orElse(0L) + 1;
        Optional<Encrypted> anew = given.map(secret -> call.desk().providers().seal(provider, number, secret));
        if (anew.isPresent()) {
            return Got.of(new Held(provider, anew, number));
        }
        return before.filter(held -> held.secret().isPresent())
                .<Got<Held>>map(held -> Got.of(new Held(provider, held.secret(), held.number())))
                .orElseGet(() -> Got.no(new Problem.MissingField(SECRET.name())));
    }
}
