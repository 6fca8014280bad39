package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.assertion.Assertions;
import dev.gatehouse.oauth.endpoint.GrantLives;
import dev.gatehouse.oauth.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Codes at the token endpoint.
class CodeFlowTest extends GrantFlow {
    private static final String REDIRECT = "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb";

    @Test
    void aCodeGivesATokenOfTheUserForTheClient() {
        Reply reply = redeem(code(world.confidential, "orders:read"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(members(reply))
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 900L)
                .containsEntry("scope", "orders:read")
                .containsKey("refresh_token")
                .doesNotContainKey("id_token");
        Json.Members claims = claims(text(reply, "access_token"));
        assertThat(claims.text("sub")).contains(world.alice.id().text());
        assertThat(claims.text("client_id")).contains("conf");
        assertThat(claims.text("aud")).contains(world.api.audience());
    }

    @Test
    void aSealedTokenSaysTheSame() {
        Map<String, String> request = request(world.confidential, "openid orders:read");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent)
                world.authorize.ask(get(encoded(request)), world.sealed, Optional.of(world.signedIn));
        String code = Optional.ofNullable(
                        answer(world.authorize.allowed(consent.ask(), world.sealed, world.signedIn, get("")))
                                .get("code"))
                .orElseThrow();
        Reply reply = world.tokens.answer(
                post("grant_type=authorization_code&code=" + code + REDIRECT + "&code_verifier=" + VERIFIER + conf()),
                world.sealed);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply, "access_token")).startsWith("gts_");
        assertThat(members(userInfo(text(reply, "access_token"), world.sealed)).get("sub"))
                .isEqualTo(world.alice.id().text());
        assertThat(userInfo(text(reply, "access_token"), world.api).status()).isEqualTo(401);
    }

    /// GAUNTLET B01: the second use ends what came of the first.
    @Test
    void aCodeThatIsUsedAgainEndsEverything() {
        String code = code(world.confidential, "offline_access openid");
        Reply first = redeem(code);
        assertThat(counts(text(first, "access_token"))).isTrue();
        refused(redeem(code), 400, "invalid_grant");
        assertThat(counts(text(first, "access_token"))).isFalse();
        refused(refresh(text(first, "refresh_token")), 400, "invalid_grant");
        assertThat(world.refused).contains("grant_revoked");
    }

    /// GAUNTLET B03: another client burns it and gets nothing.
    @Test
    void aCodeOfAnotherClientIsBurnt() {
        String code = code(world.confidential, "orders:read");
        Reply stolen = token(
                "grant_type=authorization_code&client_id=open&code=" + code + REDIRECT + "&code_verifier=" + VERIFIER);
        refused(stolen, 400, "invalid_grant");
        refused(redeem(code), 400, "invalid_grant");
    }

    /// GAUNTLET B05, B06: after the first wrong verifier the code is dead.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX",
                "DBJFTJEZ4CVP-MB92K27UHBUJU1P1R_WW1GFWFOEJXK",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk%3D",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX%D0%BA",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            })
    void aWrongVerifierKillsTheCode(String verifier) {
        String code = code(world.confidential, "orders:read");
        Reply wrong =
                token("grant_type=authorization_code&code=" + code + REDIRECT + "&code_verifier=" + verifier + conf());
        refused(wrong, 400, "invalid_grant");
        refused(redeem(code), 400, "invalid_grant");
    }

    /// GAUNTLET B05 (b), RFC 9700 section 4.8.2.
    @Test
    void aVerifierWithoutAChallengeIsNoGood() {
        Map<String, String> request = request(world.lenient, "orders:read");
        request.put("code_challenge", "");
        request.put("code_challenge_method", "");
        Header basic = new Header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("lenient:" + world.lenientSecret.reveal()).getBytes(StandardCharsets.UTF_8)));
        String body = "grant_type=authorization_code" + REDIRECT + "&code=";
        refused(token(body + code(request) + "&code_verifier=" + VERIFIER, basic), 400, "invalid_grant");
        assertThat(token(body + code(request), basic).status()).isEqualTo(200);
        assertThat(token("grant_type=authorization_code&code=" + code(request), basic)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theRedirectUriIsTheOneThatWasSent() {
        String body = "grant_type=authorization_code&code_verifier=" + VERIFIER + conf() + "&code=";
        refused(
                token(body + code(world.confidential, "orders:read") + "&redirect_uri=com.example.app%3A%2Fcb"),
                400,
                "invalid_grant");
        assertThat(token(body + code(world.confidential, "orders:read")).status())
                .isEqualTo(200);
    }

    @Test
    void aCodeIsForAMinute() {
        String code = code(world.confidential, "orders:read");
        world.clock.advance(GrantLives.CODE.minusMillis(1));
        String late = code(world.confidential, "orders:read");
        assertThat(redeem(code).status()).isEqualTo(200);
        world.clock.advance(GrantLives.CODE);
        refused(redeem(late), 400, "invalid_grant");
    }

    /// GAUNTLET B04: nothing else is a code, and trying it harms nothing.
    @Test
    void otherHandlesAreNoCodes() {
        Reply tokens = redeem(code(world.confidential, "offline_access openid"));
        AuthorizeStep.SignIn waiting = (AuthorizeStep.SignIn)
                world.authorize.ask(get(encoded(request(world.open, "openid"))), world.api, Optional.empty());
        for (String handle : List.of(
                text(tokens, "access_token"),
                text(tokens, "refresh_token"),
                text(tokens, "id_token"),
                waiting.ask(),
                world.signedIn.session().text(),
                "x")) {
            refused(redeem(handle), 400, "invalid_grant");
        }
        assertThat(counts(text(tokens, "access_token"))).isTrue();
        assertThat(refresh(text(tokens, "refresh_token")).status()).isEqualTo(200);
    }

    /// GAUNTLET C04, C07: who does not prove itself, or proves itself otherwise, burns nothing.
    @Test
    void theClientProvesItselfInItsOneWay() {
        String code = code(world.confidential, "orders:read");
        String body = "grant_type=authorization_code&code=" + code + REDIRECT + "&code_verifier=" + VERIFIER;
        Header basic = new Header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(("conf:" + world.secret.reveal()).getBytes(StandardCharsets.UTF_8)));
        refused(token(body + "&client_id=conf"), 401, "invalid_client");
        refused(token(body, basic), 401, "invalid_client");
        refused(token(body + "&client_id=conf&client_secret=wrong"), 401, "invalid_client");
        refused(token(body + "&client_id=nobody"), 401, "invalid_client");
        refused(token("grant_type=client_credentials" + conf()), 400, "unauthorized_client");
        refused(token(body + "&resource=https%3A%2F%2Fevil.test" + conf()), 400, "invalid_target");
        refused(token("grant_type=authorization_code" + conf()), 400, "invalid_request");
        assertThat(token(body + conf()).status()).isEqualTo(200);
    }

    @Test
    void aPublicClientHasItsCodeAndPkceAndNothingElse() {
        String body =
                "grant_type=authorization_code&client_id=open" + REDIRECT + "&code_verifier=" + VERIFIER + "&code=";
        Reply reply = token(body + code(world.open, "orders:read"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(claims(text(reply, "access_token")).text("client_id")).contains("open");
    }

    /// OpenID Connect Core sections 2 and 3.1.3.6.
    @Test
    void anIdTokenSaysWhoSignedInWhenAndHow() {
        world.clock.advance(Duration.ofMinutes(5));
        Reply reply = redeem(code(world.confidential, "openid"));
        Json.Members claims = claims(text(reply, "id_token"));
        long now = world.clock.instant().getEpochSecond();
        assertThat(claims.text("iss")).contains(world.api.issuer());
        assertThat(claims.text("sub")).contains(world.alice.id().text());
        assertThat(claims.text("aud")).contains("conf");
        assertThat(claims.text("nonce")).contains("n-0S6_WzA2Mj");
        assertThat(claims.text("sid")).contains(world.signedIn.session().text());
        assertThat(claims.whole("iat")).contains(now);
        assertThat(claims.whole("exp")).contains(now + 900);
        assertThat(claims.whole("auth_time")).contains(now - 300);
        assertThat(claims.text("acr")).contains("1");
        assertThat(claims.byName().get("amr")).isEqualTo(new Json.Items(List.of(new Json.Text("pwd"))));
        assertThat(claims.text("at_hash")).contains(half(text(reply, "access_token")));
        assertThat(members(reply)).doesNotContainKey("refresh_token");
    }

    private static String half(String token) {
        String whole = challenge(token);
        byte[] bytes = Base64.getUrlDecoder().decode(whole);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, 16));
    }

    @Test
    void upstreamsAreToldOfTheUserAndOfTheApplication() {
        Secret token = Secret.of(text(redeem(code(world.confidential, "orders:read")), "access_token"));
        Ask ask = new Ask.Call(new Need.AnyOf(Scopes.of("orders:read")), InetAddress.getLoopbackAddress());
        Checked.Known checked = world.verifier.verifyLoading(new Presented.Token(token), world.api, ask, 0);
        Verdict.Allowed allowed = ((Checked.Allowed) checked).verdict();
        assertThat(allowed.lineage().granted().orElseThrow().application()).isEqualTo(world.confidential.id());
        String assertion = new Assertions(world.keys, world.clock, 10)
                .sign(allowed, "https://upstream.example", "GET", "/orders")
                .orElseThrow();
        Json.Members claims = claims(assertion);
        assertThat(claims.text("sub")).contains(world.alice.id().text());
        assertThat(claims.text("client_id")).contains("conf");
        assertThat(claims.byName().get("act")).isEqualTo(new Json.Members(Map.of("sub", new Json.Text("conf"))));
    }

    /// GAUNTLET E06.
    @Test
    void anIdTokenOpensNothing() {
        String idToken = text(redeem(code(world.confidential, "openid")), "id_token");
        assertThat(counts(idToken)).isFalse();
    }
}
