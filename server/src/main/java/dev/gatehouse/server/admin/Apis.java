package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.store.Formats;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.dialect.load.Shipped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Apis: the table of their members and the operations on them. Everybody who may read Apis sees all of them,
/// because roles and keys name them; where calls are forwarded to is for the provider, and so is writing.
final class Apis {
    private static final int MAX_HOSTS = 64;

    static final Attribute<Api, String> NAME = Attribute.of("name", Types.SLUG, Api::name);
    static final Attribute<Api, String> AUDIENCE = Attribute.of("audience", ApiTypes.AUDIENCE, Api::audience);
    static final Attribute<Api, String> ISSUER = Attribute.of("issuer", ApiTypes.ISSUER, Api::issuer);
    static final Attribute<Api, String> LISTENER = new Attribute<>(
            "listener", ApiTypes.LISTENER, (api, view) -> api.listener().filter(_ -> view.provider()));
    static final Attribute<Api, List<String>> HOSTS = Attribute.of(
            "hosts", Type.list(ApiTypes.HOST, 0, MAX_HOSTS), api -> List.copyOf(new TreeSet<>(api.hosts())));
    static final Attribute<Api, String> KEY_HEADER =
            Attribute.optional("key_header", ApiTypes.KEY_HEADER, Api::keyHeader);
    static final Attribute<Api, TokenPolicy> TOKENS = Attribute.of("tokens", ApiTypes.TOKENS, Api::tokens);
    static final Attribute<Api, URI> UPSTREAM = new Attribute<>(
            "upstream", ApiTypes.UPSTREAM, (api, view) -> api.upstream().filter(_ -> view.provider()));
    static final Attribute<Api, Catalogue> SCOPES = Attribute.of("scopes", ApiTypes.CATALOGUE, Api::catalogue);
    static final Attribute<Api, Map<String, DetailType>> DETAILS = Attribute.optional(
            DetailTypes.NAME,
            DetailTypes.ALL,
            api -> Optional.<Map<String, DetailType>>of(api.catalogue().types()).filter(types -> !types.isEmpty()));
    static final Attribute<Api, List<Routes.Written>> ROUTES = Attribute.of(
            "routes",
            Type.list(Routes.TYPE, 0, Api.MAX_ROUTES),
            api -> api.routes().stream().map(Routes::written).toList());
    static final Attribute<Api, Duration> ON_DATABASE_LOSS = Attribute.optional(
            "on_database_loss",
            ApiTypes.ON_DATABASE_LOSS,
            api -> Optional.of(api.onDatabaseLoss()).filter(age -> !age.isZero()));
    static final Attribute<Api, OriginSet> CORS = Attribute.optional(
            "cors", Pages.CORS, api -> Optional.of(api.cors()).filter(origins -> !origins.isEmpty()));
    static final Attribute<Api, Limits> LIMITS = Attribute.optional(
            "limits", Rates.LIMITS, api -> Optional.of(api.limits()).filter(limits -> !limits.equals(Limits.NONE)));
    static final Attribute<Api, String> DIALECT =
            Attribute.of("dialect", ApiTypes.DIALECT, api -> api.speech().dialect());
    static final Attribute<Api, Map<String, String>> PRODUCTS = Attribute.optional(
            "products",
            ApiTypes.PRODUCTS,
            api -> Optional.of(api.speech().products()).filter(products -> !products.isEmpty()));
    static final Attribute<Api, URI> TEST_UPSTREAM = new Attribute<>(
            "test_upstream",
            ApiTypes.UPSTREAM,
            (api, view) -> api.speech().testUpstream().filter(_ -> view.provider()));
    static final Attribute<Api, List<String>> RETURN_TO = Attribute.optional(
            "return_to",
            Type.list(ApiTypes.RETURN_TO, 0, Speech.MAX_RETURNS),
            api -> Optional.of(api.speech().returns()).filter(returns -> !returns.isEmpty()));
    static final Attribute<Api, List<CredentialKind>> REVEAL = Attribute.optional(
            "reveal",
            ApiTypes.REVEAL,
            api -> Optional.of(List.copyOf(api.speech().reveal())).filter(kinds -> !kinds.isEmpty()));
    static final Attribute<Api, SecondFactor> SECOND_FACTOR =
            Attribute.optional(SecondFactor.NAME, SecondFactor.TYPE, api -> SecondFactor.said(api.secondFactor()));
    static final Attribute<Api, Long> VERSION = Attribute.of("version", Types.COUNT, Api::version);

    static final Noun<Api> NOUN = new Noun<>(
            "api",
            concat(
                    List.of(
                            Attribute.of("id", Types.id(Kind.API), Api::id),
                            NAME,
                            AUDIENCE,
                            ISSUER,
                            LISTENER,
                            HOSTS,
                            KEY_HEADER,
                            TOKENS,
                            UPSTREAM,
                            SCOPES,
                            DETAILS,
                            ROUTES,
                            ON_DATABASE_LOSS,
                            CORS,
                            LIMITS,
                            DIALECT,
                            PRODUCTS,
                            TEST_UPSTREAM,
                            RETURN_TO,
                            REVEAL,
                            SECOND_FACTOR,
                            VERSION),
                    ClientRuleAttributes.OF_APIS));

    private static final List<Form.Item> WRITTEN = concat(
            List.of(
                    Form.required(ISSUER),
                    Form.optional(AUDIENCE),
                    Form.optional(LISTENER),
                    Form.optional(HOSTS),
                    Form.optional(KEY_HEADER),
                    Form.optional(TOKENS),
                    Form.optional(UPSTREAM),
                    Form.optional(SCOPES),
                    Form.optional(DETAILS),
                    Form.optional(ROUTES),
                    Form.optional(ON_DATABASE_LOSS),
                    Form.optional(CORS),
                    Form.optional(LIMITS),
                    Form.optional(DIALECT),
                    Form.optional(PRODUCTS),
                    Form.optional(TEST_UPSTREAM),
                    Form.optional(RETURN_TO),
                    Form.optional(REVEAL),
                    Form.optional(SECOND_FACTOR)),
            ClientRuleAttributes.WRITTEN);

    static final Form CREATE = Form.of(Form.required(NAME)).and(WRITTEN);
    static final Form REPLACE = Form.of(Form.required(VERSION)).and(WRITTEN);

    private Apis() {}

    private static <V> List<V> concat(List<? extends V> first, List<? extends V> last) {
        return Stream.<V>concat(first.stream(), last.stream()).toList();
    }

    static Got<Reply> get(Call call) {
        return named(call).map(api -> Replies.shown(200, NOUN, api, call));
    }

    /// In the order of names; `after` is an Api's id as in every list.
    static Got<Reply> list(Call call) {
        return call.query().slice(Kind.API).then(slice -> {
            List<Api> all = call.desk().store().apis().apis();
            List<Id> ids = all.stream().map(Api::id).toList();
            int behind = slice.after().map(id -> ids.indexOf(id) + 1).orElse(0);
            if (slice.after().isPresent() && behind == 0) {
                return Got.no(new Problem.InvalidParameter("after", "the `next` of the page before"));
            }
            Predicate<Api> named = api -> slice.name().map(api.name()::equals).orElse(true);
            List<Api> found = all.stream()
                    .skip(behind)
                    .filter(named)
                    .skip(slice.skip())
                    .limit(slice.limit() + 1L)
                    .toList();
            Page<Api> page = Page.cut(found, slice.limit());
            Page<Api> shown =
                    slice.counted() ? page.of(all.stream().filter(named).count()) : page;
            return Got.of(Replies.page(NOUN, shown, Api::id, call));
        });
    }

    static Got<Reply> create(Call call) {
        return providerOnly(call)
                .then(call::unmatched)
                .then(_ -> api(
                        call,
                        Id.random(Kind.API, call.desk().random()),
                        call.caller().organization().id(),
                        call.given().need(NAME),
                        0))
                .then(api -> Registration.covered(call, Optional.empty(), api))
                .then(api -> call.write(
                        call.act().known(Formats.of(Optional.empty(), api)),
                        act -> call.desk().store().apis().add(api, act),
                        added -> Replies.created("/v1/apis/" + added.id(), NOUN, added, call)))
                .map(reply -> begun(reply, call));
    }

    static Got<Reply> replace(Call call) {
        return own(call)
                .then(api -> call.asRead(VERSION, api, api.version()))
                .then(before -> api(
                                call,
                                before.id(),
                                before.organization(),
                                before.name(),
                                call.given().need(VERSION))
                        .then(after -> Registration.covered(call, Optional.of(before), after))
                        .then(after -> call.write(
                                call.act().known(Formats.of(Optional.of(before), after)),
                                act -> call.desk().store().apis().replace(after, act),
                                replaced -> Replies.shown(200, NOUN, replaced, call))))
                .map(reply -> begun(reply, call));
    }

    /// The keys that the Apis of now need are there with the reply, so that verifiers know them before a token is
    /// made under them.
    private static Reply begun(Reply reply, Call call) {
        call.desk().keys().begin(call.desk().store().facts().apis());
        return reply;
    }

    static Got<Reply> delete(Call call) {
        return own(call)
                .then(api -> call.write(
                        call.act(),
                        act -> call.desk().store().apis().delete(api, act),
                        _ -> Reply.json(200, Map.of())));
    }

    /// An Api of the provider's that is as the caller's preconditions say.
    private static Got<Api> own(Call call) {
        return providerOnly(call)
                .then(_ -> named(call))
                .then(api -> api.name().equals(Api.ADMIN)
                        ? Got.<Api>no(new Problem.Conflict("the Api gatehouse is kept by Gatehouse itself"))
                        : Got.of(api))
                .then(api -> call.matched(NOUN, api));
    }

    private static Got<Boolean> providerOnly(Call call) {
        return call.provider() ? Got.of(true) : Got.no(new Problem.Beyond("Apis are written by the provider"));
    }

    /// By id or by name; no name has the form of an id.
    static Got<Api> named(Call call) {
        String asked = call.path().getOrDefault("api", "");
        return call.desk().store().apis().apis().stream()
                .filter(api -> api.id().text().equals(asked) || api.name().equals(asked))
                .findFirst()
                .<Got<Api>>map(Got::of)
                .orElseGet(() -> Got.no(Problem.NOT_FOUND));
    }

    private static Got<Api> api(Call call, Id id, Id organization, String name, long version) {
        Given given = call.given();
        return DetailTypes.in(
                        given.get(SCOPES).orElse(Catalogue.EMPTY),
                        given.get(DETAILS).orElse(Map.of()))
                .then(catalogue -> api(call, id, organization, name, version, catalogue));
    }

    private static Got<Api> api(Call call, Id id, Id organization, String name, long version, Catalogue catalogue) {
        Given given = call.given();
        String issuer = given.need(ISSUER);
        Speech speech = new Speech(
                given.get(DIALECT).orElse(Speech.STANDARD),
                given.get(PRODUCTS).orElse(Map.of()),
                given.get(TEST_UPSTREAM),
                given.get(RETURN_TO).orElse(List.of()),
                Set.copyOf(given.get(REVEAL).orElse(List.of())));
        return Routes.routes(
                        given.get(ROUTES).orElse(List.of()),
                        catalogue,
                        call.desk().random())
                .then(routes -> ApiChecks.signable(routes, speech))
                .map((List<Route> routes) -> new Api(
                        id,
                        organization,
                        name,
                        given.get(AUDIENCE).orElse(issuer),
                        issuer,
                        given.get(LISTENER),
                        Set.copyOf(given.get(HOSTS).orElse(List.of())),
                        given.get(KEY_HEADER),
                        given.get(TOKENS).orElseGet(() -> Shipped.tokens(speech.dialect())),
                        given.get(UPSTREAM),
                        catalogue,
                        routes,
                        RouteTable.of(routes),
                        given.get(ON_DATABASE_LOSS).orElse(Duration.ZERO),
                        given.get(CORS).orElse(OriginSet.NONE),
                        given.get(LIMITS).orElse(Limits.NONE),
                        speech,
                        ClientRuleAttributes.of(given),
                        given.get(SECOND_FACTOR).isPresent(),
                        version))
                .then(ApiChecks::fitting);
    }
}
