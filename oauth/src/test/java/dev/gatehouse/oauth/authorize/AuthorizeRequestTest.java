package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests at the authorization endpoint: who is told of what is wrong with one, and where.
class AuthorizeRequestTest extends GrantFlow {
    private void shownToThePerson(AuthorizeStep step, String error) {
        assertThat(step).isInstanceOf(AuthorizeStep.Refused.class);
        assertThat(((AuthorizeStep.Refused) step).status()).isEqualTo(400);
        assertThat(((AuthorizeStep.Refused) step).error()).isEqualTo(error);
    }

    /// GAUNTLET A01, A02, A03: no redirect to anything but what is registered, character by character.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://app.example.com/cb",
                "https://APP.example.com/cb",
                "https://app.example.com/cb/",
                "https://app.example.com/cb?x=1",
                "https://app.example.com/cb#f",
                "https://app.example.com:443/cb",
                "https://app.example.com/./cb",
                "https://app.example.com/%63b",
                "https://app.example.com./cb",
                " https://app.example.com/cb",
                "https://app.example.com/cb ",
                "https://app.example.com/cb\n",
                "https://app.example.com@@evil.test/cb",
                "https://evil.test\\@app.example.com/cb",
                "https://app.example.com\0.evil.test/cb",
                "https:evil.test/cb",
                "https:///evil.test/cb",
                "https://app.example.com/cb/..;/open?u=//evil.test",
                "https://app.example.com/cb/%2e%2e/x",
                "https://app.example.com/cb\\..\\x",
                "https://app.example.com/cb//../x",
                "https://app.example.com.evil.test/cb",
                "http://localhost:9/cb",
                "http://127.0.0.1.evil.test/cb",
                "http://127.1/cb",
                "http://[::1]/cb",
                "https://127.0.0.1/cb",
                "http://127.0.0.1:9/other",
                "http://127.0.0.1:0/cb",
                "http://127.0.0.1:65536/cb",
                "com.example.app:/other",
                "com.example.app://cb"
            })
    void anotherRedirectUriIsShownToThePersonAndNobodyElse(String uri) {
        Map<String, String> request = request(world.open, "orders:read");
        request.put("redirect_uri", uri);
        shownToThePerson(ask(request), "invalid_request");
    }

    /// GAUNTLET A05, RFC 8252 sections 7.1 and 7.3.
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", "com.example.app:/cb"})
    void nativeAppsComeBackToTheirOwnDevice(String uri) {
        Map<String, String> request = request(world.open, "orders:read");
        request.put("redirect_uri", uri);
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// GAUNTLET A07.
    @Test
    void oneOfSeveralRedirectUrisIsNamedOnce() {
        Map<String, String> request = request(world.open, "orders:read");
        request.put("redirect_uri", "");
        shownToThePerson(ask(request), "invalid_request");
        String twice = encoded(request(world.open, "orders:read")) + "&redirect_uri=https%3A%2F%2Fevil.test";
        shownToThePerson(world.authorize.ask(get(twice), world.api, Optional.empty()), "invalid_request");
        String clients = encoded(request(world.open, "orders:read")) + "&client_id=conf";
        shownToThePerson(world.authorize.ask(get(clients), world.api, Optional.empty()), "invalid_request");
    }

    @Test
    void whoeverIsNoClientIsAnsweredNowhere() {
        for (String client :
                new String[] {"nobody", "OPEN", "open ", world.open.id().text(), "bootstrap"}) {
            Map<String, String> request = request(world.open, "orders:read");
            request.put("client_id", client);
            shownToThePerson(ask(request), "unauthorized_client");
        }
        Map<String, String> none = request(world.open, "orders:read");
        none.put("client_id", "");
        shownToThePerson(ask(none), "invalid_request");
        GrantWorld.done(world.store.members().revoke(world.open.id(), world.act));
        shownToThePerson(ask(request(world.open, "orders:read")), "unauthorized_client");
    }

    /// GAUNTLET A08, B05, RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6.
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "response_type,         '',                 invalid_request",
                "response_type,         token,              unsupported_response_type",
                "response_type,         id_token token,     unsupported_response_type",
                "response_type,         code token,         unsupported_response_type",
                "response_mode,         fragment,           invalid_request",
                "code_challenge,        '',                 invalid_request",
                "code_challenge,        short,              invalid_request",
                "code_challenge_method, plain,              invalid_request",
                "code_challenge_method, '',                 invalid_request",
                "scope,                 a  b,               invalid_scope",
                "scope,                 unknown,            invalid_scope",
                "resource,              https://evil.test,  invalid_target",
                "prompt,                none login,         invalid_request",
                "prompt,                create,             invalid_request",
                "max_age,               -1,                 invalid_request",
                "max_age,               1e3,                invalid_request",
                "claims,                [],                 invalid_request",
                "nonce,                 a\u0000b,          invalid_request",
                "nonce,                 a\u0085b,          invalid_request",
                "request,               e30.e30.,           invalid_request_object",
                "request_uri,           https://evil.test,  invalid_request_uri",
                "registration,          {},                 registration_not_supported"
            })
    void whatElseIsWrongIsToldToTheClient(String parameter, String value, String error) {
        Map<String, String> request = request(world.open, "openid");
        request.put(parameter, value);
        Map<String, String> answer = answer(ask(request));
        assertThat(answer)
                .containsEntry("error", error)
                .containsEntry("state", "af0ifjsldkj")
                .containsEntry("iss", world.api.issuer())
                .doesNotContainKey("code");
    }

    /// GAUNTLET B05 for a client that may leave PKCE out: what it sends is still all checked.
    @Test
    void whereItIsOptionalPkceIsNotHalfThere() {
        Map<String, String> request = request(world.lenient, "orders:read");
        request.put("code_challenge", "");
        assertThat(answer(ask(request))).containsEntry("error", "invalid_request");
        request.put("code_challenge_method", "");
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// GAUNTLET A09, RFC 9207.
    @Test
    void anAnswerSaysWhoAnswersAndLeavesNoTrace() {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(world.open, "orders:read"));
        AuthorizeStep step = world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""));
        assertThat(answer(step))
                .containsKey("code")
                .containsEntry("state", "af0ifjsldkj")
                .containsEntry("iss", world.api.issuer());
        assertThat(((AuthorizeStep.Answer) step).reply().headers())
                .contains(new Header("Cache-Control", "no-store"), new Header("Referrer-Policy", "no-referrer"));
    }

    @Test
    void aQueryThatIsRegisteredIsKept() {
        assertThat(location(Answers.redirect("https://app.example.com/cb?x=1", Map.of("code", "a b"))))
                .isEqualTo("https://app.example.com/cb?x=1&code=a+b");
    }

    /// OAuth 2.0 Form Post Response Mode.
    @Test
    void anAnswerThatIsPostedIsAFormWithNothingElseInIt() {
        Map<String, String> request = request(world.open, "orders:read");
        request.put("response_mode", "form_post");
        request.put("state", "\"><script>alert(1)</script>");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request);
        AuthorizeStep step = world.authorize.denied(consent.ask(), world.api, world.signedIn, get(""));
        Reply reply = ((AuthorizeStep.Answer) step).reply();
        assertThat(reply.status()).isEqualTo(200);
        String page = ((Body.Text) reply.body()).text();
        assertThat(page)
                .contains("method=\"post\" action=\"https://app.example.com/cb\"")
                .contains("name=\"error\" value=\"access_denied\"")
                .contains("&quot;&gt;&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
        assertThat(reply.headers())
                .anyMatch(header -> header.name().equals("Content-Security-Policy")
                        && header.value().contains("frame-ancestors 'none'"));
    }

    @Test
    void aRequestMayBePosted() {
        AuthorizeStep step = world.authorize.ask(
                post(encoded(request(world.open, "orders:read"))), world.api, Optional.of(world.signedIn));
        assertThat(step).isInstanceOf(AuthorizeStep.Consent.class);
    }

    @Test
    void anApiThatIsNoOpenIdProviderHasNoSuchEndpoint() {
        Api admin = world.store.facts().apis().stream()
                .filter(one -> !one.openId())
                .findFirst()
                .orElseThrow();
        AuthorizeStep step = world.authorize.ask(
                get(encoded(request(world.open, "orders:read"))), admin, Optional.of(world.signedIn));
        assertThat(((AuthorizeStep.Refused) step).status()).isEqualTo(404);
        assertThat(((LogoutStep.Refused) world.logout.ask(get(""), admin)).status())
                .isEqualTo(404);
        assertThat(userInfo("x", admin).status()).isEqualTo(404);
    }
}
