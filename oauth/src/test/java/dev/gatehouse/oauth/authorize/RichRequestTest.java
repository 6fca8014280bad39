package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.right.DetailMember;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.testkit.Payments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Authorization details (RFC 9396) that a client asks a person for: at the authorization endpoint, pushed,
/// signed; and what becomes of them in tokens of both formats.
final class RichRequestTest extends RichFlow {
    private Api api(String format) {
        return format.equals("jwt") ? world.api : world.sealed;
    }

    /// Sections 5, 7, 9.1, 9.2.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void whatIsAllowedIsGrantedAndTold(String format) {
        Api api = api(format);
        AuthorizeStep step = ask(asking(BOTH), api);
        assertThat(consent(step).details())
                .extracting(RichFlow::sentence)
                .containsExactly("Pay 123.50 EUR to Merchant");
        assertThat(consent(step).details().getFirst().besides("en")).containsEntry("actions", "initiate, status");
        Reply tokens = token(redeeming(allowed(step, api)), api);
        assertThat(told(tokens)).isEqualTo(of("123.50", "initiate", "status"));
        assertThat(told(introspect(text(tokens, "access_token"), api))).isEqualTo(of("123.50", "initiate", "status"));
        assertThat(told(introspect(text(tokens, "refresh_token"), api))).isEqualTo(of("123.50", "initiate", "status"));
        if (format.equals("jwt")) {
            assertThat(claims(text(tokens, "access_token")).byName()).containsKey("authorization_details");
        }
    }

    /// As in the examples of the RFC, pushed or not, where a grant has details and nothing besides.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void whoAsksForDetailsAloneGetsThemAlone(String format) {
        Api api = api(format);
        Map<String, String> request = asking(BOTH);
        request.remove("scope");
        AuthorizeStep step = ask(request, api);
        assertThat(consent(step).scopes()).isEmpty();
        Reply tokens = token(redeeming(allowed(step, api)), api);
        assertThat(told(tokens)).isEqualTo(of("123.50", "initiate", "status"));
        assertThat(members(tokens)).containsKey("refresh_token").doesNotContainKeys("scope", "id_token");
        Reply next = refresh(text(tokens, "refresh_token"), details(ONE), api);
        assertThat(told(next)).isEqualTo(of("123.50", "status"));
        Reply asked = introspect(text(next, "access_token"), api);
        assertThat(told(asked)).isEqualTo(of("123.50", "status"));
        assertThat(members(asked)).containsEntry("active", true).doesNotContainKey("scope");
        assertThat(told(introspect(text(next, "refresh_token"), api))).isEqualTo(of("123.50", "initiate", "status"));
        refused(refresh(text(next, "refresh_token"), "&scope=orders%3Aread", api), 400, "invalid_scope");
        refused(refresh(text(next, "refresh_token"), details("[]"), api), 400, "invalid_scope");

        Api gone = without(api, Payments.TYPE);
        assertThat(members(introspect(text(next, "access_token"), gone))).containsEntry("active", false);
        request.put("scope", "orders:gone");
        assertThat(answer(ask(request, api))).containsEntry("error", "invalid_scope");
    }

    /// Section 6, with a code and with a refresh token: what is asked for is less, and of the next token all of it
    /// again.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void tokensAreNarrowedAndTheGrantStaysAsItIs(String format) {
        Api api = api(format);
        Reply first = token(redeeming(allowed(ask(asking(BOTH), api), api)) + details(ONE), api);
        assertThat(told(first)).isEqualTo(of("123.50", "status"));
        Reply second = refresh(text(first, "refresh_token"), "", api);
        assertThat(told(second)).isEqualTo(of("123.50", "initiate", "status"));
        Reply third = refresh(text(second, "refresh_token"), details(ONE), api);
        assertThat(told(third)).isEqualTo(of("123.50", "status"));
    }

    /// A token for a weaker service need not carry the payment.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void detailsCanBePutDown(String format) {
        Api api = api(format);
        Reply first = token(redeeming(allowed(ask(asking(BOTH), api), api)) + details("[]"), api);
        assertThat(told(first)).isNull();
        assertThat(told(introspect(text(first, "access_token"), api))).isNull();
        Reply second = refresh(text(first, "refresh_token"), details("[]"), api);
        assertThat(told(second)).isNull();
        assertThat(told(introspect(text(second, "access_token"), api))).isNull();
        assertThat(told(refresh(text(second, "refresh_token"), "", api))).isEqualTo(of("123.50", "initiate", "status"));
    }

    /// Nobody gets more than the person allowed, and asking for it costs nothing.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void tokensNeverGetMore(String format) {
        Api api = api(format);
        String code = allowed(ask(asking(ONE), api), api);
        refused(token(redeeming(code) + details(BOTH), api), 400, ERROR);
        Reply tokens = token(redeeming(code), api);
        String refresh = text(tokens, "refresh_token");
        for (String more :
                List.of(BOTH, MORE, ONE.replace("status", "cancel"), "[{\"type\":\"payment_initiation\"}]")) {
            refused(refresh(refresh, details(more), api), 400, ERROR);
        }
        assertThat(told(refresh(refresh, "", api))).isEqualTo(of("123.50", "status"));
        String plain = answer(ask(request(world.confidential, "openid orders:read"), api))
                .get("code");
        refused(token(redeeming(plain) + details(ONE), api), 400, ERROR);
    }

    /// What counts is what the Api has now: a type that is gone is gone from what was issued, too, and one that
    /// admits less admits less.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void aTypeThatIsTakenAwayNoLongerCounts(String format) {
        Api api = api(format);
        Reply tokens = token(redeeming(allowed(ask(asking(BOTH), api), api)), api);
        Api gone = without(api, Payments.TYPE);
        assertThat(told(introspect(text(tokens, "access_token"), gone))).isNull();
        Map<String, DetailMember> members =
                new TreeMap<>(Payments.type(Optional.empty()).members());
        members.put("actions", new DetailMember(DetailMember.Kind.TEXTS, true, List.of("status")));
        DetailType less = new DetailType("Pay", Map.of(), Optional.empty(), new TreeMap<>(members));
        assertThat(told(introspect(text(tokens, "access_token"), with(api, Map.of(Payments.TYPE, less)))))
                .isNull();
        Reply refreshed = refresh(text(tokens, "refresh_token"), "", gone);
        assertThat(told(refreshed)).isNull();
        refused(refresh(text(refreshed, "refresh_token"), details(ONE), gone), 400, ERROR);
        assertThat(told(introspect(text(tokens, "access_token"), api))).isNotNull();
    }

    /// What was allowed once is not asked again, nor is less; anything else is (OpenID Connect Core section
    /// 3.1.2.4).
    @Test
    void whatWasAllowedCountsForItselfAndForLessWhereItsTypeIsRemembered() {
        Api api = stored(with(world.api, Map.of(Payments.TYPE, Payments.remembered(Optional.empty()))));
        allowed(ask(asking(BOTH), api), api);
        assertThat(answer(ask(asking(BOTH), api))).containsKey("code");
        assertThat(answer(ask(asking(ONE), api))).containsKey("code");
        assertThat(ask(asking(MORE), api)).isInstanceOf(AuthorizeStep.Consent.class);
        Map<String, String> silent = asking(MORE);
        silent.put("prompt", "none");
        assertThat(answer(ask(silent, api))).containsEntry("error", "consent_required");
        silent.put("authorization_details", ONE);
        assertThat(answer(ask(silent, api))).containsKey("code");
        assertThat(answer(ask(silent, world.api))).containsEntry("error", "consent_required");
    }

    /// Yes to one payment is not yes to the same once more.
    @Test
    void anyOtherIsAskedForEachTime() {
        allowed(ask(asking(BOTH)), world.api);
        assertThat(ask(asking(BOTH))).isInstanceOf(AuthorizeStep.Consent.class);
        Map<String, String> silent = asking(BOTH);
        silent.put("prompt", "none");
        assertThat(answer(ask(silent))).containsEntry("error", "consent_required");
        silent.remove("authorization_details");
        assertThat(answer(ask(silent))).containsKey("code");
    }

    /// Both have to hold the scope of a type.
    @Test
    void whatThePersonMayNotDoItDoesNotAllow() {
        assertThat(answer(ask(asking(BOTH.replace(Payments.TYPE, "erasure"))))).containsEntry("error", ERROR);
    }

    /// Section 10.
    @Test
    void aClientAsksForItsTypesOnly() {
        SigningClient bound = new SigningClient(
                world,
                "bound",
                GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true).detailing(Restriction.only(List.of("erasure"))));
        Map<String, String> request = request(bound.application, "orders:read");
        request.put("authorization_details", ONE);
        assertThat(answer(ask(request))).containsEntry("error", ERROR);
    }

    static List<String> wrong() {
        String deep = "[".repeat(5) + "]".repeat(5);
        String payment = ONE.substring(1, ONE.length() - 1);
        return List.of(
                "nonsense",
                "{}",
                "[]",
                "null",
                payment,
                ONE + " x",
                "[1]",
                "[{}]",
                "[{\"type\":1}]",
                "[{\"type\":\"unknown\"}]",
                "[{\"type\":\"payment_initiation\"}]",
                ONE.replace("{\"type\"", "{\"type\":\"erasure\",\"type\""),
                ONE.replace("\"value\"", "\"currency\":\"USD\",\"value\""),
                ONE.replace("\"creditor\"", "\"more\":1,\"creditor\""),
                ONE.replace("\"Merchant\"", "1"),
                ONE.replace("\"Merchant\"", "null"),
                ONE.replace("Merchant", "Mer\\u202echant"),
                ONE.replace("Merchant", "\\ud800"),
                ONE.replace("Merchant", "Mer\\u00a0chant"),
                ONE.replace("Merchant", "Mer\\u3164chant"),
                ONE.replace("\"123.50\"", "1e400"),
                ONE.replace("\"123.50\"", deep),
                ONE.replace("[\"status\"]", "[]"),
                ONE.replace("[\"status\"]", "\"status\""),
                ONE.replace("[\"status\"]", "[\"status\",\"status\"]"),
                ONE.replace("[\"status\"]", "[\"steal\"]"),
                ONE.replace("\"actions\"", "\"locations\":[\"https://other.example\"],\"actions\""),
                ONE.replace("Merchant", "m".repeat(2000)),
                "[" + (payment + ",").repeat(10) + payment + "]");
    }

    /// Sections 2 and 5, at the authorization endpoint and pushed.
    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsRefused(String details) {
        assertThat(answer(ask(asking(details)))).containsEntry("error", ERROR).containsEntry("state", "af0ifjsldkj");
        Reply pushed = world.pushed.answer(
                post(encoded(asking(details)) + "&client_secret=" + world.secret.reveal()), world.api);
        refused(pushed, 400, ERROR);
    }

    /// Once more would be one too many to say which counts.
    @Test
    void itIsThereOnce() {
        AuthorizeStep step =
                world.authorize.ask(get(encoded(asking(ONE)) + details(MORE)), world.api, Optional.of(world.signedIn));
        assertThat(step).isInstanceOf(AuthorizeStep.Refused.class);
    }

    /// RFC 9126.
    @Test
    void whatIsPushedIsAsked() {
        Reply pushed =
                world.pushed.answer(post(encoded(asking(BOTH)) + "&client_secret=" + world.secret.reveal()), world.api);
        assertThat(pushed.status()).isEqualTo(201);
        Map<String, String> brought = new LinkedHashMap<>();
        brought.put("client_id", "conf");
        brought.put("request_uri", text(pushed, "request_uri"));
        brought.put("authorization_details", MORE);
        AuthorizeStep step = ask(brought);
        assertThat(step).isInstanceOf(AuthorizeStep.Onwards.class);
        String ask = ((AuthorizeStep.Onwards) step).ask();
        AuthorizeStep again = world.authorize.ask(get("ask=" + ask), world.api, Optional.of(world.signedIn));
        assertThat(told(token(redeeming(allowed(again, world.api)), world.api)))
                .isEqualTo(of("123.50", "initiate", "status"));
    }

    /// RFC 9101: what is signed counts, as an array; what stands beside it does not.
    @Test
    void whatIsSignedIsAskedAndNothingBesideIt() {
        SigningClient client = new SigningClient(world, "signer", GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true));
        Map<String, String> request = request(client.application, "orders:read");
        String object = client.signed(client.object(request)
                .claim(
                        "authorization_details",
                        Payments.of("123.50", "Merchant", "status").plain())
                .build());
        Map<String, String> outer = new LinkedHashMap<>();
        outer.put("client_id", client.application.clientId());
        outer.put("request", object);
        outer.put("authorization_details", MORE);
        AuthorizeStep step = ask(outer);
        assertThat(consent(step).details())
                .extracting(RichFlow::sentence)
                .containsExactly("Pay 123.50 EUR to Merchant");
        Reply tokens = token(redeemingWith(allowed(step, world.api)) + client.assertion(), world.api);
        assertThat(told(tokens)).isEqualTo(of("123.50", "status"));

        String plain = client.signed(client.object(request).build());
        outer.put("request", plain);
        assertThat(answer(ask(outer))).containsKey("code");
        String text = client.signed(
                client.object(request).claim("authorization_details", ONE).build());
        outer.put("request", text);
        assertThat(ask(outer)).isInstanceOf(AuthorizeStep.Refused.class);
    }
}
