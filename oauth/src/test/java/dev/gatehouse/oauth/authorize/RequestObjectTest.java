package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Authorization requests that clients sign (RFC 9101), at the authorization endpoint and pushed.
final class RequestObjectTest extends GrantFlow {
    private static final Optional<String> TYPE = Optional.of("oauth-authz-req+jwt");

    private SigningClient client;

    @BeforeEach
    void register() {
        client = new SigningClient(world, "signer", terms(Set.of(), Optional.empty()));
    }

    private static ClientTerms terms(Set<ClientRule> rules, Optional<RequestAlgorithm> algorithm) {
        ClientTerms plain = GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true);
        return new ClientTerms(
                plain.method(),
                plain.grants(),
                plain.redirects(),
                plain.afterLogout(),
                true,
                rules,
                new ClientMessages(Map.of(), algorithm));
    }

    private Map<String, String> request() {
        return request(client.application, "orders:read");
    }

    private JWTClaimsSet.Builder object() {
        return client.object(request());
    }

    private static Map<String, String> bringing(SigningClient client, String object) {
        Map<String, String> outer = new LinkedHashMap<>();
        outer.put("client_id", client.application.clientId());
        outer.put("request", object);
        return outer;
    }

    private AuthorizeStep bring(String object) {
        return ask(bringing(client, object));
    }

    private Reply push(String object) {
        return push(bringing(client, object), client);
    }

    private Reply push(Map<String, String> outer, SigningClient by) {
        return world.pushed.answer(post(encoded(outer) + by.assertion()), world.api);
    }

    private AuthorizeStep allowed(AuthorizeStep step) {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) step;
        return world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""));
    }

    /// Without anything that says where errors may go they are shown to the person.
    private static void refused(AuthorizeStep step) {
        assertThat(step).isInstanceOf(AuthorizeStep.Refused.class);
        assertThat(((AuthorizeStep.Refused) step).error()).isEqualTo("invalid_request_object");
    }

    /// Sections 4, 5, 6.
    @Test
    void whatIsSignedIsAnswered() {
        Map<String, String> answer = answer(allowed(bring(client.signed(object().build()))));
        assertThat(answer).containsEntry("state", "af0ifjsldkj");
        assertThat(token(redeemingWith(answer.get("code")) + client.assertion()).status())
                .isEqualTo(200);
    }

    /// Section 6.3: nothing beside the object counts (GAUNTLET B07).
    @Test
    void whatStandsBesideItIsPassedOver() {
        Map<String, String> outer = bringing(client, client.signed(object().build()));
        outer.put("scope", "orders:delete");
        outer.put("redirect_uri", "https://evil.test/");
        outer.put("state", "other");
        outer.put("response_mode", "form_post");
        outer.put("code_challenge", "");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(outer);
        assertThat(consent.scopes()).extracting(ScopeText::scope).containsExactly("orders:read");
        assertThat(answer(allowed(consent))).containsEntry("state", "af0ifjsldkj");
    }

    /// Nor does anything that is not in it (section 6.3).
    @Test
    void whatIsNotInItIsNotThere() {
        Map<String, String> less = request();
        less.put("code_challenge", "");
        less.put("code_challenge_method", "");
        Map<String, String> outer =
                bringing(client, client.signed(client.object(less).build()));
        outer.put("code_challenge", CHALLENGE);
        outer.put("code_challenge_method", "S256");
        assertThat(answer(ask(outer))).containsEntry("error", "invalid_request");
    }

    /// While the person takes its time the object may end: what it said is sealed.
    @Test
    void thePersonMayTakeLongerThanTheObjectLives() {
        String object = client.signed(object().build());
        AuthorizeStep step = world.authorize.ask(get(encoded(bringing(client, object))), world.api, Optional.empty());
        AuthorizeStep.SignIn signIn = (AuthorizeStep.SignIn) step;
        world.clock.advance(Duration.ofMinutes(30));
        refused(bring(object));
        SignedIn now = world.signIn();
        AuthorizeStep.Consent back =
                (AuthorizeStep.Consent) world.authorize.ask(get("ask=" + signIn.ask()), world.api, Optional.of(now));
        assertThat(answer(world.authorize.allowed(back.ask(), world.api, now, get(""))))
                .containsKey("code");
    }

    /// RFC 9126 section 3.
    @Test
    void anObjectIsPushedAndTheBrowserComesWithItsName() {
        Reply pushed = push(client.signed(object().build()));
        assertThat(pushed.status()).isEqualTo(201);
        Map<String, String> named = new LinkedHashMap<>();
        named.put("client_id", "signer");
        named.put("request_uri", text(pushed, "request_uri"));
        AuthorizeStep.Onwards onwards = (AuthorizeStep.Onwards) ask(named);
        AuthorizeStep step = world.authorize.ask(get("ask=" + onwards.ask()), world.api, Optional.of(world.signedIn));
        assertThat(answer(allowed(step))).containsEntry("state", "af0ifjsldkj").containsKey("code");
    }

    @Test
    void aPushNeedsNoClientIdBesideTheObjectAndNoOther() {
        Map<String, String> outer = bringing(client, client.signed(object().build()));
        outer.put("client_id", "");
        assertThat(push(outer, client).status()).isEqualTo(201);
        outer.put("request_uri", "urn:ietf:params:oauth:request_uri:a");
        refused(push(outer, client), 400, "invalid_request");
        SigningClient other = new SigningClient(world, "other", terms(Set.of(), Optional.empty()));
        Map<String, String> foreign = bringing(other, client.signed(object().build()));
        refused(push(foreign, other), 400, "invalid_request_object");
    }

    record Bad(String name, UnaryOperator<JWTClaimsSet.Builder> claims) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bad bad(String name, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return new Bad(name, claims);
    }

    private static Date at(JWTClaimsSet.Builder claims, int seconds) {
        return Date.from(claims.build().getNotBeforeTime().toInstant().plusSeconds(seconds));
    }

    static Stream<Bad> bad() {
        return Stream.of(
                bad("no iss", claims -> claims.issuer(null)),
                bad("iss of another", claims -> claims.issuer("conf")),
                bad("no client_id", claims -> claims.claim("client_id", null)),
                bad("client_id of another", claims -> claims.claim("client_id", "conf")),
                bad("no aud", claims -> claims.audience((String) null)),
                bad("aud elsewhere", claims -> claims.audience("https://evil.test")),
                bad("aud with a tail", claims -> claims.audience("https://login.example.com/accounts/")),
                bad("aud of another Api", claims -> claims.audience("https://login.example.com/sealed")),
                bad("no nbf", claims -> claims.notBeforeTime(null)),
                bad("nbf ahead", claims -> claims.notBeforeTime(at(claims, 61)).expirationTime(at(claims, 120))),
                bad("nbf too old", claims -> claims.notBeforeTime(at(claims, -3601))),
                bad("no exp", claims -> claims.expirationTime(null)),
                bad("exp over", claims -> claims.expirationTime(at(claims, 0))),
                bad("exp far ahead", claims -> claims.expirationTime(at(claims, 3601))),
                bad("exp text", claims -> claims.claim("exp", "soon")),
                bad("iat ahead", claims -> claims.issueTime(at(claims, 61))),
                bad("an assertion", claims -> claims.subject("signer")),
                bad("request inside", claims -> claims.claim("request", "e30.e30.e30")),
                bad("request_uri inside", claims -> claims.claim("request_uri", "https://evil.test/")),
                bad("a list", claims -> claims.claim("scope", List.of("orders:read"))),
                bad("a flag", claims -> claims.claim("state", true)));
    }

    /// Sections 4, 6.1, 10.8; FAPI 2.0 Message Signing section 5.3.1; the same wherever it is sent to.
    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNotForHereAndNowIsRefused(Bad bad) {
        String object = client.signed(bad.claims().apply(object()).build());
        refused(bring(object));
        refused(push(object), 400, "invalid_request_object");
    }

    @ParameterizedTest
    @CsvSource({"-3600, -1", "-3599, 1", "0, 3600", "10, 3610", "30, 60"})
    void clocksMayDiffer(int begin, int end) {
        JWTClaimsSet.Builder claims = object();
        Date from = at(claims, begin);
        Date until = at(claims, end);
        AuthorizeStep step = bring(
                client.signed(claims.notBeforeTime(from).expirationTime(until).build()));
        if (end <= 0) {
            refused(step);
        } else {
            assertThat(step).isInstanceOf(AuthorizeStep.Consent.class);
        }
    }

    @Test
    void aListOfAudiencesMayNameUs() {
        String object = client.signed(object().audience(List.of("https://other.test", world.api.issuer()))
                .build());
        assertThat(bring(object)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// Section 4: numbers and objects are parameters too.
    @Test
    void numbersAndObjectsAreTakenAsTheyAre() {
        JWTClaimsSet claims = object().claim("max_age", 600)
                .claim("claims", Map.of("userinfo", Map.of("email", Map.of("essential", true))))
                .claim("resource", List.of(world.api.audience()))
                .build();
        assertThat(bring(client.signed(claims))).isInstanceOf(AuthorizeStep.Consent.class);
        world.clock.advance(Duration.ofSeconds(601));
        String again = client.signed(object().claim("max_age", 600).build());
        assertThat(bring(again)).as("signed in too long ago").isInstanceOf(AuthorizeStep.SignIn.class);
    }

    /// Section 10.2, GAUNTLET E01, E03: what nobody signed.
    @Test
    void whatIsNotSignedIsRefused() {
        String plain = new PlainJWT(object().build()).serialize();
        String good = client.signed(object().build());
        String[] parts = good.split("\\.", -1);
        for (String object : List.of(
                plain,
                plain + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                good + ".x",
                good + "=",
                "x".repeat(9000))) {
            refused(bring(object));
            refused(push(object), 400, "invalid_request_object");
        }
        SigningClient other = new SigningClient(world, "other", terms(Set.of(), Optional.empty()));
        refused(bring(other.signed(object().build())));
        assertThat(bring(good)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// GAUNTLET E06: JWTs of another kind.
    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "dpop+jwt", "client-authentication+jwt", "logout+jwt", "jwt+x"})
    void anotherTypeIsRefused(String type) {
        refused(bring(client.signed(object().build(), JWSAlgorithm.ES256, Optional.of(type))));
    }

    @Test
    void theTypeMayBeOldOrLeftOut() {
        for (Optional<String> type : List.of(TYPE, Optional.of("JWT"), Optional.<String>empty())) {
            assertThat(bring(client.signed(object().build(), JWSAlgorithm.ES256, type)))
                    .isInstanceOf(AuthorizeStep.Consent.class);
        }
    }

    /// Section 4; OpenID Connect Registration section 2: `request_object_signing_alg`.
    @Test
    void aClientMayBeHeldToOneAlgorithm() {
        for (JWSAlgorithm one : List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256)) {
            assertThat(bring(client.signed(object().build(), one, TYPE))).isInstanceOf(AuthorizeStep.Consent.class);
        }
        for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.PS512)) {
            refused(bring(client.signed(object().build(), other, TYPE)));
        }
        SigningClient held = new SigningClient(world, "held", terms(Set.of(), Optional.of(RequestAlgorithm.PS256)));
        Map<String, String> request = request(held.application, "orders:read");
        assertThat(ask(bringing(held, held.signed(held.object(request).build(), JWSAlgorithm.PS256, TYPE))))
                .isInstanceOf(AuthorizeStep.Consent.class);
        refused(ask(bringing(held, held.signed(held.object(request).build()))));
    }

    /// Section 10.5.
    @Test
    void whoHasToSignComesWithNothingElse() {
        SigningClient strict = new SigningClient(world, "strict", terms(Set.of(ClientRule.SIGNED), Optional.empty()));
        Map<String, String> request = request(strict.application, "orders:read");
        assertThat(answer(ask(request))).containsEntry("error", "invalid_request");
        refused(push(request, strict), 400, "invalid_request");
        String object = strict.signed(strict.object(request).build());
        assertThat(push(bringing(strict, object), strict).status()).isEqualTo(201);
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(bringing(strict, object));
        assertThat(answer(allowed(consent)))
                .as("it was signed when it comes back")
                .containsKey("code");
    }

    /// Nobody makes what was not signed pass for what was.
    @Test
    void aMarkOfOursIsNoParameter() {
        SigningClient strict = new SigningClient(world, "strict", terms(Set.of(ClientRule.SIGNED), Optional.empty()));
        String request = encoded(request(strict.application, "orders:read"));
        for (String forged : List.of("signed ", "signed+", "signed%20", "!&", "signed=1&")) {
            AuthorizeStep step = world.authorize.ask(get(forged + request), world.api, Optional.of(world.signedIn));
            assertThat(step)
                    .as(forged)
                    .isNotInstanceOf(AuthorizeStep.Consent.class)
                    .isNotInstanceOf(AuthorizeStep.SignIn.class);
            Reply pushed = world.pushed.answer(post(forged + request + strict.assertion()), world.api);
            assertThat(pushed.status()).as(forged).isEqualTo(400);
        }
    }

    /// What is wrong with an object is told to the client where the request says that it may be (section 7).
    @Test
    void aClientLearnsWhatIsWrongWhereItsAddressIsSure() {
        Map<String, String> outer = request();
        outer.put("request", new PlainJWT(object().build()).serialize());
        assertThat(answer(ask(outer)))
                .containsEntry("error", "invalid_request_object")
                .containsEntry("state", "af0ifjsldkj");
        outer.put("redirect_uri", "https://evil.test/");
        refused(ask(outer));
    }

    /// GAUNTLET R1: the key, the client and all above them count when the object is looked at.
    @Test
    void aClientThatIsHeldSignsNothing() {
        String object = client.signed(object().build());
        for (Id above : List.of(client.application.id(), client.application.organization())) {
            if (world.store.members().hold(above, Hold.PROVIDER, world.act) instanceof Stored.Done<?>) {
                assertThat(bring(object)).isInstanceOf(AuthorizeStep.Refused.class);
                GrantWorld.done(world.store.members().lift(above, Hold.PROVIDER, world.act));
            }
        }
        assertThat(bring(object)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// An object is no assertion, and an assertion no object (section 10.8, GAUNTLET E06).
    @Test
    void anObjectProvesNoClient() {
        String object = client.signed(object().jwtID("1").build(), JWSAlgorithm.ES256, Optional.empty());
        Reply reply = world.pushed.answer(
                post(encoded(request())
                        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_assertion=" + object),
                world.api);
        refused(reply, 401, "invalid_client");
        String assertion = client.assertion().replaceAll(".*client_assertion=", "");
        refused(bring(assertion));
    }

    @Test
    void parametersOfAnObjectAreCheckedLikeAllOthers() {
        Map<String, String> request = request();
        request.put("scope", "a  b");
        refused(push(client.signed(client.object(request).build())), 400, "invalid_scope");
        request.put("scope", "orders:read");
        request.put("redirect_uri", "https://evil.test/");
        refused(push(client.signed(client.object(request).build())), 400, "invalid_request");
        request.put("redirect_uri", GrantWorld.CALLBACK);
        request.put("claims", "{\"x\":\"" + "y".repeat(4096) + "\"}");
        refused(push(client.signed(client.object(request).build())), 400, "invalid_request");
    }
}
