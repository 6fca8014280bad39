package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final Header FORM = new Header("Content-Type", "application/x-www-form-urlencoded");
    private static final String GRANT = "grant_type=client_credentials";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void start() {
        world = new World(folder);
    }

    private Reply send(HttpFacts http) {
        return send(http, world.sealed);
    }

    private Reply send(HttpFacts http, Api api) {
        Reply loading = world.endpoint.answer(http, api);
        Optional<Reply> fast = world.endpoint.tryAnswer(http, api);
        assertThat(fast.orElseThrow().status()).isEqualTo(loading.status());
        assertThat(loading.headers()).contains(new Header("Cache-Control", "no-store"));
        noLineBreaks(loading);
        return loading;
    }

    private static void noLineBreaks(Reply reply) {
        for (Header header : reply.headers()) {
            assertThat(header.name() + header.value()).doesNotContain("\r", "\n");
        }
        members(reply).values().forEach(value -> assertThat(value.toString()).doesNotContain("\r", "\n"));
    }

    private Reply post(String body) {
        return send(World.post(List.of(FORM), body));
    }

    private Reply basic(String credentials, String body) {
        return basicBytes(credentials.getBytes(StandardCharsets.UTF_8), body);
    }

    private Reply basicBytes(byte[] credentials, String body) {
        return header("Basic " + Base64.getEncoder().encodeToString(credentials), body);
    }

    private Reply header(String authorization, String body) {
        return send(World.post(List.of(FORM, new Header("Authorization", authorization)), body));
    }

    private String right() {
        return "&client_id=shop-backend&client_secret=" + world.secret.reveal();
    }

    private static Map<String, ?> members(Reply reply) {
        return ((Body.Json) reply.body()).members();
    }

    private static void refused(Reply reply, int status, String error) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(members(reply)).extractingByKey("error").isEqualTo(error);
    }

    private static Optional<String> value(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    @Test
    void aClientGetsATokenInTheBodyWayAndInTheHeaderWay() {
        for (Api api : world.apis) {
            HttpFacts inBody = World.post(List.of(FORM), GRANT + right());
            Reply reply = send(inBody, api);
            assertThat(reply.status()).as(api.name()).isEqualTo(200);
            assertThat(members(reply)).extractingByKey("token_type").isEqualTo("Bearer");
            assertThat(members(reply)).extractingByKey("expires_in").isEqualTo(900L);
            assertThat(members(reply)).extractingByKey("scope").isEqualTo("orders:read");
            Secret token = Secret.of((String) members(reply).get("access_token"));
            assertThat(world.formats.read(token, api)).isInstanceOf(Read.Proven.class);
        }
        assertThat(basic("shop-backend:" + world.secret.reveal(), GRANT).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "Basic  ", "bAsIc "})
    void c05TheSchemeIsReadWithoutCase(String scheme) {
        String pair = Base64.getEncoder()
                .encodeToString(("shop-backend:" + world.secret.reveal()).getBytes(StandardCharsets.UTF_8));
        assertThat(header(scheme + pair, GRANT).status()).isEqualTo(200);
        assertThat(header(scheme + pair.replace("=", ""), GRANT).status()).isEqualTo(200);
    }

    @Test
    void everyTokenAndEveryRefusalHasAWitness() {
        // Each request is answered from memory and with loading.
        assertThat(post(GRANT + right()).status()).isEqualTo(200);
        String issued = "issued " + world.sealed.name() + " "
                + world.members.credential().id();
        assertThat(world.witnessed).containsExactly(issued, issued);
        world.witnessed.clear();
        assertThat(basic("shop-backend:wrong-secret-of-enough-length", GRANT).status())
                .isEqualTo(401);
        String refused = "refused " + world.sealed.name() + " bad_credential";
        assertThat(world.witnessed).containsExactly(refused, refused);
    }

    @Test
    void c01NoParameterComesTwice() {
        List<String> parameters = List.of(
                GRANT,
                "client_id=shop-backend",
                "client_secret=" + world.secret.reveal(),
                "scope=orders:read",
                "unknown=1",
                "resource=x",
                "empty=");
        for (String twice : parameters) {
            String name = twice.substring(0, twice.indexOf('='));
            for (String second : List.of(twice, name + "=other", name + "=", name, name.replace("e", "%65") + "=1")) {
                String body = String.join("&", parameters) + "&" + second;
                refused(post(body), 400, "invalid_request");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type[]=client_credentials",
                "grant_type%00=client_credentials",
                "grant_type%5B0%5D=client_credentials",
                "=client_credentials",
                "%=1",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%ff",
                "a=%c0%af",
                "a=%ed%a0%80",
                "a=\u00e9",
                "a=b c",
                "a=1\n",
                "&",
                "a=1&&b=2"
            })
    void c01IllFormedParametersAreRefused(String odd) {
        refused(post(GRANT + right() + "&" + odd), 400, "invalid_request");
    }

    @Test
    void c01ManyParametersAreRefused() {
        StringBuilder body = new StringBuilder(GRANT + right());
        for (int i = 0; i < 100_000; i++) {
            body.append("&p").append(i).append("=1");
        }
        refused(post(body.toString()), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "client_id=shop-backend", "grant_type=client_credentials", "client_id=x&client_secret=CANARY"
            })
    void c02NothingIsReadFromTheQuery(String query) {
        HttpFacts http = World.http(
                "POST", Optional.of(query), List.of(FORM), (GRANT + right()).getBytes(StandardCharsets.UTF_8));
        Reply reply = send(http);
        refused(reply, 400, "invalid_request");
        assertThat(reply.toString()).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/x-www-form-urlencoded;charset=utf-16",
                "application/x-www-form-urlencoded; charset=iso-8859-1",
                "application/x-www-form-urlencoded; charset=utf-8; charset=utf-16",
                "application/x-www-form-urlencoded; x=y",
                "application/x-www-form-urlencoded, text/plain",
                "application/x-www-form-urlencodedx",
                ""
            })
    void c03OtherContentTypesAre415(String type) {
        refused(send(World.post(List.of(new Header("Content-Type", type)), GRANT + right())), 415, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "Application/X-WWW-FORM-URLENCODED",
                "application/x-www-form-urlencoded;charset=UTF-8",
                "application/x-www-form-urlencoded ; charset=\"utf-8\""
            })
    void c03TheFormsContentTypeIsRead(String type) {
        assertThat(send(World.post(List.of(new Header("content-type", type)), GRANT + right()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void c03NoTypeTwoTypesCodingsAndEmptyBodies() {
        refused(send(World.post(List.of(), GRANT + right())), 415, "invalid_request");
        refused(send(World.post(List.of(FORM, FORM), GRANT + right())), 415, "invalid_request");
        refused(
                send(World.post(List.of(FORM, new Header("Content-Encoding", "gzip")), GRANT + right())),
                415,
                "invalid_request");
        refused(
                send(World.post(List.of(FORM, new Header("Content-Encoding", "identity")), GRANT + right())),
                415,
                "invalid_request");
        refused(send(World.post(List.of(), "")), 400, "invalid_request");
        refused(send(World.post(List.of(FORM), "")), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "post", "TRACE"})
    void c03OtherMethodsAre405(String method) {
        Reply reply = send(World.http(
                method, Optional.empty(), List.of(FORM), (GRANT + right()).getBytes(StandardCharsets.UTF_8)));
        refused(reply, 405, "invalid_request");
        assertThat(value(reply, "Allow")).contains("POST");
    }

    @Test
    void c04OneClientAuthenticationOnly() {
        String pair = "shop-backend:" + world.secret.reveal();
        Header basic = new Header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        refused(basic(pair, GRANT + right()), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_secret=" + world.secret.reveal()), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_id=other"), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_assertion=x&client_assertion_type=y"), 400, "invalid_request");
        refused(post(GRANT + right() + "&client_assertion=x"), 400, "invalid_request");
        refused(send(World.post(List.of(FORM, basic, basic), GRANT)), 400, "invalid_request");
        refused(
                post(GRANT + "&client_id=shop-backend&client_assertion=x&client_assertion_type=y"),
                401,
                "invalid_client");
        assertThat(basic(pair, GRANT + "&client_id=shop-backend").status()).isEqualTo(200);
    }

    @Test
    void c05BasicThatCannotBeReadIs401WithAChallenge() {
        String pair = Base64.getEncoder()
                .encodeToString(("shop-backend:" + world.secret.reveal()).getBytes(StandardCharsets.UTF_8));
        List<String> headers = List.of(
                "Basic",
                "Basic ",
                "Basic !!!!",
                "Basic " + pair.substring(0, 5),
                "Basic " + pair.substring(0, 20) + "\r\n" + pair.substring(20),
                "Basic " + pair + " x",
                "Basic\t" + pair,
                "Basic " + pair + "====",
                "Bearer " + pair,
                "Negotiate " + pair,
                pair,
                "Basic " + Base64.getEncoder().encodeToString("no colon".getBytes(StandardCharsets.UTF_8)),
                "Basic " + Base64.getEncoder().encodeToString(":".getBytes(StandardCharsets.UTF_8)),
                "Basic " + Base64.getEncoder().encodeToString("a:b%".getBytes(StandardCharsets.UTF_8)),
                "Basic " + "A".repeat(70_000));
        for (String header : headers) {
            Reply reply = header(header, GRANT);
            refused(reply, 401, "invalid_client");
            assertThat(value(reply, "WWW-Authenticate").orElse("")).startsWith("Basic ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "50%", "a+b", "a b", "αβ123", "ß", "=&?/", "::"})
    void c05SecretsOfAnyCharactersAreReadWhenFormEncoded(String odd) {
        world.put(with(world.members, credential -> withDigest(credential, Secret.of(odd))));
        String encoded = java.net.URLEncoder.encode(odd, StandardCharsets.UTF_8);
        assertThat(basic("shop-backend:" + encoded, GRANT).status()).isEqualTo(200);
        assertThat(post(GRANT + "&client_id=shop-backend&client_secret=" + encoded)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void c05NoCharacterIsReplacedByAnother() {
        world.put(with(world.members, credential -> withDigest(credential, Secret.of("αβ123"))));
        for (String other : List.of("??123", "\uFFFD\uFFFD123", "αβ12", "ΑΒ123", "αβ123\u0000", " αβ123")) {
            refused(basic("shop-backend:" + other, GRANT), 401, "invalid_client");
        }
        refused(
                basicBytes("shop-backend:\u00e1\u00e2123".getBytes(StandardCharsets.ISO_8859_1), GRANT),
                401,
                "invalid_client");
        assertThat(basic("shop-backend:αβ123", GRANT).status()).isEqualTo(200);
    }

    @Test
    void c08NothingButTheClientIdNamesAClient() {
        List<String> names = List.of(
                world.members.application().id().text(),
                Long.toString(world.members.application().id().value()),
                world.members.credential().id().text(),
                "SHOP-BACKEND",
                "Shop-backend",
                "shop-backend%20",
                "%20shop-backend",
                "shop-backend%00",
                "shop-backend%0A",
                "shop%EF%BC%8Dbackend",
                "shop-backend%2520",
                "x".repeat(5000));
        for (String name : names) {
            refused(
                    post(GRANT + "&client_id=" + name + "&client_secret=" + world.secret.reveal()),
                    401,
                    "invalid_client");
        }
    }

    @Test
    void anUnknownClientAndAWrongSecretGetTheSameAnswer() {
        Reply unknown = post(GRANT + "&client_id=nobody&client_secret=" + world.secret.reveal());
        Reply wrong = post(GRANT + "&client_id=shop-backend&client_secret="
                + world.secret.reveal().replace('_', '-'));
        assertThat(wrong).isEqualTo(unknown);
        refused(wrong, 401, "invalid_client");
        assertThat(value(wrong, "WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "authorization_code",
                "CLIENT_CREDENTIALS",
                "client_credentials%20",
                "urn%3Ax",
                "refresh_token",
                "%00"
            })
    void otherGrantsAreUnsupported(String grant) {
        refused(post("grant_type=" + grant + right()), 400, "unsupported_grant_type");
    }

    @Test
    void withoutAGrantOrAClientTheRequestIsRefused() {
        refused(post("a=b" + right()), 400, "invalid_request");
        refused(post("grant_type=" + right()), 400, "invalid_request");
        refused(post(GRANT), 401, "invalid_client");
        refused(post(GRANT + "&client_id=shop-backend"), 401, "invalid_client");
        refused(post(GRANT + "&client_secret=" + world.secret.reveal()), 401, "invalid_client");
        refused(post(GRANT + "&client_id=shop-backend&client_secret="), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders:write",
                "orders:read+orders:write",
                "admin",
                "ORDERS:READ",
                "orders:read+orders:read",
                "orders:read++orders:read",
                "+orders:read",
                "orders:read+",
                "+",
                "orders:read%00",
                "orders:read%0d%0aX:1",
                "%22",
                "*"
            })
    void g01ScopesDoNotGrow(String scope) {
        refused(post(GRANT + right() + "&scope=" + scope), 400, "invalid_scope");
    }

    @Test
    void g01HugeScopesAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append(i == 0 ? "" : "+").append("scope").append(i);
        }
        refused(post(GRANT + right() + "&scope=" + many), 400, "invalid_scope");
        refused(post(GRANT + right() + "&scope=" + "x".repeat(1 << 20)), 400, "invalid_scope");
    }

    @Test
    void g01AnEmptyScopeCountsAsLeftOut() {
        Reply reply = post(GRANT + right() + "&scope=");
        assertThat(members(reply)).extractingByKey("scope").isEqualTo("orders:read");
    }

    @Test
    void aResourceThatIsNotTheApiIsRefused() {
        refused(post(GRANT + right() + "&resource=https://api.example.com/other"), 400, "invalid_target");
        assertThat(post(GRANT + right() + "&resource=" + world.sealed.audience())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyMemberAboveTheSecretCanStopIt() {
        Map<Standing, Integer> standings = Map.of(
                new Standing(Set.of(Hold.OWNER), false, 0, Window.ALWAYS, 1),
                401,
                new Standing(Set.of(), true, 0, Window.ALWAYS, 1),
                401,
                Standing.within(Window.until(world.now)),
                401,
                Standing.within(new Window(Optional.of(world.now.plusSeconds(1)), Optional.empty())),
                401,
                new Standing(Set.of(), false, 9, Window.ALWAYS, 1),
                200);
        standings.forEach((standing, status) -> {
            world.put(with(world.members, credential -> withStanding(credential, standing)));
            Reply reply = post(GRANT + right());
            assertThat(reply.status()).as(standing.toString()).isEqualTo(status);
        });
    }

    @Test
    void restrictionsOfTheCredentialApply() {
        world.put(with(
                world.members,
                credential -> withRestrictions(
                        credential,
                        new Restrictions(
                                Restriction.only(List.of(
                                        AddressBlock.parse("192.0.2.0/24").orElseThrow())),
                                Restriction.unrestricted()))));
        refused(post(GRANT + right()), 401, "invalid_client");
        world.put(with(
                world.members,
                credential -> withRestrictions(
                        credential,
                        new Restrictions(Restriction.unrestricted(), Restriction.only(List.of(world.id(Kind.API)))))));
        refused(post(GRANT + right()), 400, "unauthorized_client");
    }

    @Test
    void aTokenDoesNotOutliveTheWindowOfItsCredential() {
        Standing soon = Standing.within(Window.until(world.now.plusSeconds(30)));
        world.put(with(world.members, credential -> withStanding(credential, soon)));
        assertThat(members(post(GRANT + right()))).extractingByKey("expires_in").isEqualTo(30L);
    }

    @Test
    void coldFactsAskForAThreadThatMayBlock() {
        world.facts.cold = true;
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        assertThat(world.endpoint.tryAnswer(http, world.sealed)).isEmpty();
        assertThat(world.endpoint.answer(http, world.sealed).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void staleFactsAre503AtTheStartAndJustBeforeSigning(int freshFor) {
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        world.facts.freshFor = freshFor;
        Reply reply = world.endpoint.answer(http, world.sealed);
        refused(reply, 503, "temporarily_unavailable");
        assertThat(value(reply, "Retry-After")).contains("1");
        world.facts.freshFor = freshFor;
        assertThat(world.endpoint.tryAnswer(http, world.sealed).orElseThrow()).isEqualTo(reply);
        String refused = "refused " + world.sealed.name() + " unavailable";
        assertThat(world.witnessed).containsExactly(refused, refused);
    }

    @Test
    void aBrokenDatabaseIs503AndNever401() {
        world.facts.cold = true;
        world.facts.down = true;
        refused(
                world.endpoint.answer(World.post(List.of(FORM), GRANT + right()), world.sealed),
                503,
                "temporarily_unavailable");
    }

    @Test
    void anApiThatBecameAJwtApiGetsItsKeyAtTheFirstToken() {
        Api changed = World.with(world.sealed, world.eddsa.tokens());
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        assertThat(world.endpoint.tryAnswer(http, changed)).isEmpty();
        world.store.down(true);
        refused(world.endpoint.answer(http, changed), 503, "temporarily_unavailable");
        assertThat(world.witnessed).containsExactly("refused " + changed.name() + " unavailable");
        world.store.down(false);
        assertThat(world.endpoint.answer(http, changed).status()).isEqualTo(200);
        assertThat(world.endpoint.tryAnswer(http, changed).orElseThrow().status())
                .isEqualTo(200);
        assertThat(changed.tokens().life()).isEqualTo(Duration.ofMinutes(15));
    }

    private static Members with(Members members, UnaryOperator<Credential> change) {
        return new Members(change.apply(members.credential()), members.application(), members.role(), members.chain());
    }

    private Credential withDigest(Credential c, Secret secret) {
        return new Credential(
                c.id(),
                c.application(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                world.custody.pepper().digest(secret),
                c.reach(),
                c.restrictions(),
                c.standing(),
                c.createdAt());
    }

    private static Credential withStanding(Credential c, Standing standing) {
        return new Credential(
                c.id(),
                c.application(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                c.digest(),
                c.reach(),
                c.restrictions(),
                standing,
                c.createdAt());
    }

    private static Credential withRestrictions(Credential c, Restrictions restrictions) {
        return new Credential(
                c.id(),
                c.application(),
                c.organization(),
                c.kind(),
                c.name(),
                c.hint(),
                c.digest(),
                c.reach(),
                restrictions,
                c.standing(),
                c.createdAt());
    }
}
