package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// RFC 8693 at the token endpoint (GAUNTLET G02). Every request is answered from memory and with loading, and
/// both must say the same.
class TokenExchangeTest {
    private static final Header FORM = new Header("Content-Type", "application/x-www-form-urlencoded");
    private static final Scopes DELEGATING = Scopes.of("orders:read", "orders:write", Subject.SCOPE);

    @TempDir
    Path folder;

    private World world;
    private Customer customer;

    @BeforeEach
    void start() {
        world = new World(folder);
        Map<Id, Scopes> rights = new HashMap<>();
        world.apis.forEach(api -> rights.put(api.id(), DELEGATING));
        Members plain = world.members;
        Role role = plain.role().orElseThrow();
        world.put(new Members(
                plain.credential(),
                plain.application(),
                Optional.of(new Role(role.id(), role.organization(), "delegate", new Rights(rights), false, 0)),
                plain.chain()));
        customer = customer(Standing.FRESH);
    }

    private Customer customer(Standing standing) {
        Customer made = new Customer(world.id(Kind.CUSTOMER), world.customer.id(), "4711", standing, world.now);
        world.facts.subjects.put(made.id(), new Subject(made, List.of(world.customer, world.root)));
        return made;
    }

    private Reply send(Api api, String form) {
        String client = "&client_id=shop-backend&client_secret=" + world.secret.reveal();
        HttpFacts http = World.post(List.of(FORM), form + client);
        Reply warm = world.endpoint.tryAnswer(http, api).orElseThrow();
        Reply loading = world.endpoint.answer(http, api);
        assertThat(loading.status()).isEqualTo(warm.status());
        assertThat(loading.headers()).contains(new Header("Cache-Control", "no-store"));
        return loading;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String exchange(String token, String type, String more) {
        return "grant_type=" + encode(TokenExchange.GRANT_TYPE) + "&subject_token=" + encode(token)
                + "&subject_token_type=" + encode(type) + more;
    }

    private Reply acting(Api api, String more) {
        return send(api, exchange(customer.id().text(), TokenExchange.CUSTOMER, more));
    }

    private Reply exchanging(Api api, String token, String more) {
        return send(api, exchange(token, TokenExchange.ACCESS_TOKEN, more));
    }

    private static Map<String, Object> members(Reply reply) {
        return Map.copyOf(((Body.Json) reply.body()).members());
    }

    private static String token(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return (String) members(reply).get("access_token");
    }

    private String own(Api api, String more) {
        return token(send(api, "grant_type=client_credentials" + more));
    }

    private Claims claims(Api api, String token) {
        assertThat(world.formats.read(Secret.of(token), api)).isInstanceOf(Read.Proven.class);
        return ((Read.Proven) world.formats.read(Secret.of(token), api)).claims();
    }

    private static void refused(Reply reply, String error) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(members(reply)).extractingByKey("error").isEqualTo(error);
    }

    @Test
    void aTokenForACustomerNamesItAsSubjectAndTheClientAsActor() throws Exception {
        for (Api api : world.started) {
            Reply reply = acting(api, "&scope=orders%3Aread");
            Claims claims = claims(api, token(reply));
            assertThat(members(reply))
                    .containsEntry("issued_token_type", "urn:ietf:params:oauth:token-type:access_token")
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("scope", "orders:read")
                    .containsEntry("expires_in", 900L);
            assertThat(claims.subject()).isEqualTo(customer.id().text());
            assertThat(claims.clientId()).isEqualTo("shop-backend");
            assertThat(claims.lineage().customer()).contains(customer.id());
        }
        var jwt = SignedJWT.parse(token(acting(world.es256, ""))).getJWTClaimsSet();
        assertThat(jwt.getSubject()).isEqualTo(customer.id().text());
        assertThat(jwt.getJSONObjectClaim("act")).isEqualTo(Map.of("sub", "shop-backend"));
        assertThat(SignedJWT.parse(own(world.es256, "")).getJWTClaimsSet().getClaim("act"))
                .isNull();
    }

    @Test
    void withoutAScopeTheCustomerGetsAllButTheRightToActForOthers() {
        assertThat(members(acting(world.sealed, ""))).containsEntry("scope", "orders:read orders:write");
        refused(acting(world.sealed, "&scope=" + encode(Subject.SCOPE)), "invalid_scope");
        refused(acting(world.sealed, "&scope=admin"), "invalid_scope");
    }

    @Test
    void anExchangedTokenIsNarrowerDescendsFromTheOtherAndEndsWithIt() {
        for (Api api : world.started) {
            String wide = own(api, "");
            world.now = world.now.plus(Duration.ofMinutes(10));
            Reply reply = exchanging(api, wide, "&scope=orders%3Aread");
            Claims claims = claims(api, token(reply));
            assertThat(members(reply)).containsEntry("scope", "orders:read").containsEntry("expires_in", 300L);
            assertThat(claims.subject()).isEqualTo("shop-backend");
            assertThat(claims.lineage().tokens())
                    .containsExactly(claims(api, wide).id());
            refused(exchanging(api, token(reply), "&scope=orders%3Awrite"), "invalid_scope");
            world.facts.dead.add(claims(api, wide).id());
            refused(exchanging(api, token(reply), ""), "invalid_request");
            refused(exchanging(api, wide, ""), "invalid_request");
        }
    }

    @Test
    void aCustomersTokenIsExchangedForTheCustomersOnly() {
        String wide = token(acting(world.es256, ""));
        Claims narrow = claims(world.es256, token(exchanging(world.es256, wide, "&scope=orders%3Aread")));
        assertThat(narrow.subject()).isEqualTo(customer.id().text());
        assertThat(narrow.lineage().customer()).contains(customer.id());
        assertThat(narrow.lineage().tokens()).hasSize(1);
    }

    @Test
    void depthTwentyIsNotReached() {
        for (Api api : world.started) {
            String token = own(api, "");
            int depth = 0;
            Reply reply = exchanging(api, token, "");
            while (reply.status() == 200 && depth < 20) {
                token = token(reply);
                depth++;
                assertThat(claims(api, token).lineage().tokens()).hasSize(depth);
                reply = exchanging(api, token, "");
            }
            assertThat(depth).isEqualTo(4);
            refused(reply, "invalid_request");
        }
    }

    @Test
    void aCustomersTokenEndsWithTheCustomersWindow() {
        customer = customer(Standing.within(Window.until(world.now.plusSeconds(60))));
        assertThat(members(acting(world.sealed, ""))).containsEntry("expires_in", 60L);
    }

    @Test
    void aDeepTokenForACustomerFitsIntoAHeader() {
        String token = token(acting(world.es256, ""));
        assertThat(token).hasSizeLessThan(750);
        for (int i = 0; i < 4; i++) {
            token = token(exchanging(world.es256, token, ""));
        }
        assertThat(token).hasSizeLessThan(850);
    }

    /// What is no subject of this client's, whatever the reason: one answer.
    @Test
    void strangersCustomersAreNotThere() {
        Customer stranger = new Customer(world.id(Kind.CUSTOMER), world.root.id(), "x", Standing.FRESH, world.now);
        world.facts.subjects.put(stranger.id(), new Subject(stranger, List.of(world.root)));
        Stream<String> none = Stream.of(
                stranger.id().text(),
                world.id(Kind.CUSTOMER).text(),
                world.members.application().id().text(),
                world.root.id().text(),
                "cust_",
                "4711",
                "null",
                " ");
        List<Object> answers = none.map(id ->
                        (Object) members(send(world.sealed, exchange(id, TokenExchange.CUSTOMER, ""))))
                .distinct()
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().toString()).contains("invalid_request");
    }

    @Test
    void whatIsNoLiveTokenOfTheClientIsNotExchanged() {
        String expired = own(world.sealed, "");
        world.now = world.now.plus(Duration.ofMinutes(16));
        Stream<String> none = Stream.of(
                expired,
                own(world.es256, ""),
                world.text(world.eddsa),
                world.secret.reveal(),
                customer.id().text(),
                "gts_1",
                "x",
                "x".repeat(8000));
        List<Object> answers = none.map(text -> (Object) members(exchanging(world.sealed, text, "")))
                .distinct()
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().toString()).contains("invalid_request");
    }

    static final List<String> BROKEN = List.of(
            "&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER",
            "&subject_token=CUSTOMER&subject_token_type=",
            "&subject_token=CUSTOMER&subject_token_type=urn:ietf:params:oauth:token-type:id_token",
            "&subject_token=CUSTOMER&subject_token_type=urn:ietf:params:oauth:token-type:refresh_token",
            "&subject_token=CUSTOMER&subject_token_type=urn:ietf:params:oauth:token-type:jwt",
            "&subject_token=CUSTOMER&subject_token_type=URN:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer&actor_token=x",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer"
                    + "&actor_token_type=urn:ietf:params:oauth:token-type:access_token",
            "&subject_token=CUSTOMER&subject_token_type=urn:gatehouse:token-type:customer"
                    + "&requested_token_type=urn:ietf:params:oauth:token-type:refresh_token");

    @ParameterizedTest
    @FieldSource("BROKEN")
    void whatIsMissingTwiceThereOrOfAnotherTypeIsNeverPassedOver(String form) {
        String grant = "grant_type=" + encode(TokenExchange.GRANT_TYPE);
        refused(
                send(
                        world.sealed,
                        grant + form.replace("CUSTOMER", customer.id().text())),
                "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "audience, https://api.example.com/es256",
        "resource, https://api.example.com/es256",
        "audience, urn:gatehouse:admin",
        "resource, https://api.example.com/sealed/"
    })
    void anotherAudienceIsNoTarget(String parameter, String value) {
        String more = "&" + parameter + "=" + encode(value);
        refused(acting(world.sealed, more), "invalid_target");
        refused(exchanging(world.sealed, own(world.sealed, ""), more), "invalid_target");
        String right = "&" + parameter + "=" + encode(world.sealed.audience());
        assertThat(acting(world.sealed, right).status()).isEqualTo(200);
    }

    @Test
    void whoMayNotDelegateIsUnauthorized() {
        world.put(world.members);
        refused(acting(world.sealed, "&scope=orders%3Aread"), "unauthorized_client");
    }

    @Test
    void aClientThatDoesNotProveItselfLearnsNothingOfCustomers() {
        Customer gone = new Customer(world.id(Kind.CUSTOMER), world.customer.id(), "x", Standing.FRESH, world.now);
        for (Id id : List.of(customer.id(), gone.id())) {
            String form = exchange(id.text(), TokenExchange.CUSTOMER, "&client_id=shop-backend&client_secret=wrong");
            Reply reply = world.endpoint.answer(World.post(List.of(FORM), form), world.sealed);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(members(reply)).extractingByKey("error").isEqualTo("invalid_client");
        }
    }
}
