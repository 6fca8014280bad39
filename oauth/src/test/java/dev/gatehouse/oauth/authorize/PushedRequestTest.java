package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Hold;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pushed authorization requests (RFC 9126).
final class PushedRequestTest extends GrantFlow {
    private static final String URN = "urn:ietf:params:oauth:request_uri:";

    private Reply push(String body, Header... headers) {
        Reply reply = world.pushed.answer(post(body, headers), world.api);
        assertThat(reply.headers()).contains(new Header("Cache-Control", "no-store"));
        return reply;
    }

    private String pushed(Map<String, String> parameters) {
        Reply reply = push(encoded(parameters) + secret(parameters.get("client_id")));
        assertThat(reply.status()).isEqualTo(201);
        return text(reply, "request_uri");
    }

    private String secret(String clientId) {
        return clientId.equals("conf") ? "&client_secret=" + world.secret.reveal() : "";
    }

    private static String named(String clientId, String uri) {
        return "client_id=" + clientId + "&request_uri=" + URLEncoder.encode(uri, StandardCharsets.UTF_8);
    }

    private AuthorizeStep come(String clientId, String uri) {
        return world.authorize.ask(get(named(clientId, uri)), world.api, Optional.of(world.signedIn));
    }

    private AuthorizeStep onwards(AuthorizeStep step) {
        assertThat(step).isInstanceOf(AuthorizeStep.Onwards.class);
        return world.authorize.ask(
                get("ask=" + ((AuthorizeStep.Onwards) step).ask()), world.api, Optional.of(world.signedIn));
    }

    private AuthorizeStep allowed(AuthorizeStep step) {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) step;
        return world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""));
    }

    private static void over(AuthorizeStep step) {
        assertThat(step).isInstanceOf(AuthorizeStep.Refused.class);
        assertThat(((AuthorizeStep.Refused) step).status()).isEqualTo(400);
    }

    /// Sections 2.2, 4.
    @Test
    void aRequestIsPushedAndAnsweredWithACode() {
        Reply reply = push(encoded(request(world.confidential, "orders:read")) + secret("conf"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(text(reply, "request_uri")).startsWith(URN).hasSizeGreaterThan(URN.length() + 43);
        assertThat(members(reply)).containsEntry("expires_in", 60L);
        Map<String, String> answer = answer(allowed(onwards(come("conf", text(reply, "request_uri")))));
        assertThat(answer).containsEntry("state", "af0ifjsldkj").containsEntry("iss", world.api.issuer());
        assertThat(redeem(answer.get("code")).status()).isEqualTo(200);
    }

    @Test
    void aPublicClientPushesByNameAndOneThatIsKnownIsNotAskedAgain() {
        code(world.open, "orders:read");
        String uri = pushed(request(world.open, "orders:read"));
        assertThat(answer(come("open", uri))).containsKey("code");
        over(come("open", uri));
    }

    /// Section 4: the person may reload, and take longer than the request lives; the answer is one.
    @Test
    void whileThePersonSignsInItIsGoodAndOnceAnsweredItIsNot() {
        String uri = pushed(request(world.confidential, "orders:read"));
        AuthorizeStep first = come("conf", uri);
        assertThat(come("conf", uri)).as("reloaded").isInstanceOf(AuthorizeStep.Onwards.class);
        world.clock.advance(Duration.ofMinutes(20));
        over(come("conf", uri));
        AuthorizeStep again = onwards(first);
        AuthorizeStep other = onwards(first);
        assertThat(answer(allowed(again))).containsKey("code");
        over(allowed(other));
        over(onwards(first));
    }

    @Test
    void nobodySignedInComesToAnAddressThatLasts() {
        String uri = pushed(request(world.confidential, "openid"));
        AuthorizeStep step = world.authorize.ask(get(named("conf", uri)), world.api, Optional.empty());
        String ask = ((AuthorizeStep.Onwards) step).ask();
        world.clock.advance(Duration.ofMinutes(100));
        for (int reload = 0; reload < 2; reload++) {
            assertThat(world.authorize.ask(get("ask=" + ask), world.api, Optional.empty()))
                    .isInstanceOf(AuthorizeStep.SignIn.class);
        }
    }

    /// GAUNTLET B07: used again, expired, another client's, overridden, another Api's.
    @Test
    void whatStandsBesideItIsPassedOver() {
        String uri = pushed(request(world.confidential, "orders:read"));
        String more = "&scope=orders:delete&redirect_uri=https%3A%2F%2Fevil.test%2F&state=x&response_type=token";
        AuthorizeStep step =
                world.authorize.ask(get(named("conf", uri) + more), world.api, Optional.of(world.signedIn));
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) onwards(step);
        assertThat(consent.scopes()).extracting(ScopeText::scope).containsExactly("orders:read");
        Map<String, String> answer = answer(allowed(consent));
        assertThat(answer).containsEntry("state", "af0ifjsldkj").containsKey("code");
    }

    @Test
    void itIsItsClientsAndItsApisAndForAMoment() {
        String uri = pushed(request(world.confidential, "orders:read"));
        over(come("open", uri));
        over(world.authorize.ask(get(named("conf", uri)), world.sealed, Optional.of(world.signedIn)));
        over(world.authorize.ask(
                get("request_uri=" + URLEncoder.encode(uri, StandardCharsets.UTF_8)),
                world.api,
                Optional.of(world.signedIn)));
        world.clock.advance(Duration.ofSeconds(59));
        assertThat(come("conf", uri)).isInstanceOf(AuthorizeStep.Onwards.class);
        world.clock.advance(Duration.ofSeconds(1));
        over(come("conf", uri));
    }

    /// GAUNTLET B04: nothing that was made up, and no handle of another kind.
    @Test
    void whatNobodyPushedIsNothing() {
        String uri = pushed(request(world.confidential, "orders:read"));
        String code = code(world.open, "orders:read");
        char last = uri.charAt(uri.length() - 1);
        for (String other : new String[] {
            URN,
            URN + "a".repeat(55),
            URN + code,
            uri + "a",
            uri.substring(0, uri.length() - 1) + (last == 'A' ? 'B' : 'A')
        }) {
            over(come("conf", other));
        }
        refused(
                token("grant_type=authorization_code&code=" + uri + "&code_verifier=" + VERIFIER + conf()),
                400,
                "invalid_grant");
        assertThat(come("conf", uri)).isInstanceOf(AuthorizeStep.Onwards.class);
    }

    /// Sections 2.1, 2.3.
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "request_uri,    urn:ietf:params:oauth:request_uri:a, invalid_request",
                "request_uri,    https://evil.test/,                  invalid_request",
                "redirect_uri,   https://evil.test/,                  invalid_request",
                "redirect_uri,   '',                                  invalid_request",
                "client_id,      open,                                invalid_client",
                "response_type,  token,                               unsupported_response_type",
                "code_challenge, '',                                  invalid_request",
                "code_challenge_method, plain,                        invalid_request",
                "resource,       https://evil.test,                   invalid_target",
                "scope,          a  b,                                invalid_scope",
                "request,        e30.e30.,                            invalid_request_object"
            })
    void whatWouldBeRefusedOfABrowserIsRefusedOfTheClient(String parameter, String value, String error) {
        Map<String, String> request = request(world.confidential, "orders:read");
        request.put(parameter, value);
        Reply reply = push(encoded(request) + secret("conf"));
        assertThat(reply.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(members(reply)).containsEntry("error", error);
    }

    /// Section 2: as at the token endpoint.
    @Test
    void theClientProvesItself() {
        String request = encoded(request(world.confidential, "orders:read"));
        refused(push(request), 401, "invalid_client");
        refused(push(request + "&client_secret=wrong"), 401, "invalid_client");
        String basic = Base64.getEncoder()
                .encodeToString(("lenient:" + world.lenientSecret.reveal()).getBytes(StandardCharsets.UTF_8));
        Header header = new Header("Authorization", "Basic " + basic);
        refused(push(request, header), 400, "invalid_request");
        Map<String, String> own = request(world.lenient, "orders:read");
        assertThat(push(encoded(own), header).status()).isEqualTo(201);
        own.put("client_id", "");
        refused(push(encoded(own), header), 400, "invalid_request");
        assertThat(world.pushed.answer(get(request), world.api).status()).isEqualTo(405);
        Map<String, String> longer = request(world.confidential, "orders:read");
        longer.put("claims", "{\"x\":\"" + "y".repeat(4096) + "\"}");
        refused(push(encoded(longer) + secret("conf")), 400, "invalid_request");
    }

    /// Section 6.
    @Test
    void whoHasToPushComesWithNothingElse() {
        Application strict = strict(world.confidential);
        assertThat(answer(ask(request(strict, "orders:read"))))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "af0ifjsldkj");
        assertThat(come("conf", pushed(request(strict, "orders:read")))).isInstanceOf(AuthorizeStep.Onwards.class);
    }

    private Application strict(Application before) {
        ClientTerms terms = before.terms();
        ClientTerms stricter = new ClientTerms(
                ClientMethod.SECRET_POST,
                terms.grants(),
                terms.redirects(),
                terms.afterLogout(),
                true,
                Set.of(ClientRule.PUSHED));
        Application after = new Application(
                before.id(),
                before.organization(),
                before.clientId(),
                before.name(),
                before.role(),
                stricter,
                before.tokenLife(),
                before.standing(),
                before.createdAt());
        return GrantWorld.done(world.store.members().replace(before, after, world.act));
    }

    /// As at the authorization endpoint: nothing is kept that nobody may answer.
    @Test
    void aPublicClientThatIsHeldPushesNothing() {
        String request = encoded(request(world.open, "orders:read"));
        for (Id above : List.of(world.open.id(), world.shop.id())) {
            GrantWorld.done(world.store.members().hold(above, Hold.PROVIDER, world.act));
            refused(push(request), 401, "invalid_client");
            GrantWorld.done(world.store.members().lift(above, Hold.PROVIDER, world.act));
            assertThat(push(request).status()).isEqualTo(201);
        }
    }

    /// Anybody can say the name of a public client: one address neither writes without end nor takes the room
    /// of all.
    @Test
    void anAddressPushesInTheNameOfAPublicClientSoOften() {
        String request = encoded(request(world.open, "orders:read"));
        Map<String, String> wrong = request(world.open, "orders:read");
        wrong.put("scope", "a  b");
        refused(push(encoded(wrong)), 400, "invalid_scope");
        for (int pushed = 0; pushed < 60; pushed++) {
            assertThat(push(request).status()).as("%d", pushed).isEqualTo(201);
        }
        Reply over = push(request);
        refused(over, 429, "temporarily_unavailable");
        assertThat(over.headers()).extracting(Header::name).contains("Retry-After");
        String proven = encoded(request(world.confidential, "orders:read")) + secret("conf");
        for (int pushed = 0; pushed < 70; pushed++) {
            assertThat(push(proven).status()).as("whoever proves itself").isEqualTo(201);
        }
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(push(request).status()).isEqualTo(201);
        assertThat(push(request).status()).isEqualTo(429);
    }

    /// What is kept tells nobody what proves the client.
    @Test
    void nothingThatProvesTheClientIsKept() {
        Map<String, String> parameters = new LinkedHashMap<>(request(world.confidential, "orders:read"));
        String uri = pushed(parameters);
        RequestUris uris = new RequestUris(world.custody.pepper(), world.random);
        String kept = world.store
                .pushedRequests()
                .waiting(uris.digests(uri, world.api).orElseThrow(), world.api.id(), world.clock.instant())
                .orElseThrow()
                .parameters();
        assertThat(kept).contains("client_id=conf").doesNotContain("secret").doesNotContain(world.secret.reveal());
    }
}
