package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// UserInfo, the documents of an OpenID provider, and signing out.
class OpenIdTest extends GrantFlow {
    /// OpenID Connect Core sections 5.3 and 5.4.
    @Test
    void userInfoTellsWhatTheScopesGive() {
        String all = text(redeem(code(world.confidential, "openid profile email")), "access_token");
        assertThat(members(userInfo(all, world.api)))
                .containsEntry("sub", world.alice.id().text())
                .containsEntry("email", "a@b.example")
                .containsEntry("preferred_username", "alice")
                .containsKey("name");
        String less = text(redeem(code(world.confidential, "openid")), "access_token");
        assertThat(members(userInfo(less, world.api)))
                .isEqualTo(Map.of("sub", world.alice.id().text()));
    }

    @Test
    void theTokenMayBePosted() {
        String token = text(redeem(code(world.confidential, "openid")), "access_token");
        assertThat(world.userInfo
                        .answer(post("access_token=" + token), world.api)
                        .status())
                .isEqualTo(200);
        assertThat(world.userInfo
                        .answer(post("", new Header("Authorization", "bearer " + token)), world.api)
                        .status())
                .isEqualTo(200);
        Reply both = world.userInfo.answer(
                post("access_token=" + token, new Header("Authorization", "Bearer " + token)), world.api);
        assertThat(both.status()).isEqualTo(401);
        assertThat(world.userInfo
                        .answer(get("access_token=" + token), world.api)
                        .status())
                .isEqualTo(401);
    }

    /// RFC 6750 section 3.
    @Test
    void whoMayNotKnowIsChallenged() {
        Reply nothing = world.userInfo.answer(get(""), world.api);
        assertThat(nothing.headers()).contains(new Header("WWW-Authenticate", "Bearer"));
        assertThat(userInfo("x", world.api).headers())
                .contains(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        String without = text(redeem(code(world.confidential, "orders:read")), "access_token");
        Reply insufficient = userInfo(without, world.api);
        assertThat(insufficient.status()).isEqualTo(403);
        assertThat(insufficient.headers())
                .contains(new Header("WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
    }

    @Test
    void theDocumentsSayWhatThereIs() {
        Map<String, Object> openId = members(Metadata.openId(get(""), world.api));
        assertThat(openId).isEqualTo(members(Metadata.answer(get(""), world.api)));
        assertThat(openId.get("authorization_endpoint")).isEqualTo(world.api.issuer() + "/oauth2/authorize");
        assertThat(openId.get("response_types_supported")).isEqualTo(List.of("code"));
        assertThat(openId.get("code_challenge_methods_supported")).isEqualTo(List.of("S256"));
        assertThat(openId.get("authorization_response_iss_parameter_supported")).isEqualTo(true);
        assertThat(openId.get("request_uri_parameter_supported")).isEqualTo(true);
        assertThat(openId)
                .containsEntry("issuer", world.api.issuer())
                .containsEntry("token_endpoint", world.api.issuer() + "/oauth2/token")
                .containsEntry("userinfo_endpoint", world.api.issuer() + "/oauth2/userinfo")
                .containsEntry("end_session_endpoint", world.api.issuer() + "/oauth2/logout")
                .containsEntry("jwks_uri", world.api.issuer() + "/oauth2/jwks")
                .containsEntry("backchannel_logout_supported", true)
                .containsEntry("backchannel_logout_session_supported", true)
                .containsEntry("frontchannel_logout_supported", true)
                .containsEntry("frontchannel_logout_session_supported", true)
                .containsEntry("subject_types_supported", List.of("public", "pairwise"))
                .containsEntry("claims_parameter_supported", true)
                .containsEntry("require_request_uri_registration", true)
                .containsEntry("acr_values_supported", List.of("1", "2"))
                .containsEntry("response_modes_supported", ResponseMode.names(false))
                .containsEntry("id_token_signing_alg_values_supported", List.of("RS256", "ES256", "PS256"))
                .containsEntry("introspection_signing_alg_values_supported", List.of("RS256", "ES256", "PS256"))
                .containsEntry("userinfo_signing_alg_values_supported", List.of("RS256", "ES256", "PS256"))
                .containsEntry("authorization_signing_alg_values_supported", List.of("RS256", "ES256", "PS256"));
        assertThat((List<?>) openId.get("token_endpoint_auth_methods_supported"))
                .anyMatch("none"::equals)
                .anyMatch("client_secret_basic"::equals);
    }

    /// OpenID Connect Core section 15.1, Discovery section 3: by RS256, whatever access tokens are signed with.
    @Test
    void anIdTokenIsSignedAsEveryClientCanCheckItAndPassesForNothingElse() {
        Reply tokens = redeem(code(world.confidential, "openid"));
        String idToken = text(tokens, "id_token");
        Json.Members header = StrictJson.object(
                        Base64Url.decode(idToken.split("\\.", -1)[0]).orElseThrow())
                .orElseThrow();
        assertThat(header.text("alg")).contains("RS256");
        assertThat(world.keys.ring().published(world.api.id(), world.clock.instant()))
                .extracting(jwk -> jwk.keyId())
                .contains(header.text("kid").orElseThrow());
        assertThat(userInfo(idToken, world.api).status()).isEqualTo(401);
        assertThat(hintOf(text(tokens, "access_token"))).isInstanceOf(LogoutStep.Refused.class);
    }

    private LogoutStep hintOf(String token) {
        return logout("id_token_hint=" + token);
    }

    /// What was signed before the keys changed is a hint for as long as a login may be open.
    @Test
    void aHintIsGoodAfterItsKeyHasRetired() {
        String hint = hint();
        GrantWorld.done(world.keys.rotateIdentifying(world.api, SigningAlgorithm.RS256, world.act));
        world.clock.advance(Duration.ofDays(7));
        assertThat(logout(hint)).isInstanceOf(LogoutStep.Question.class);
        world.clock.advance(Duration.ofDays(1));
        assertThat(logout(hint)).isInstanceOf(LogoutStep.Refused.class);
    }

    @Test
    void anApiWithoutPeopleSaysNothingOfThem() {
        Api admin = world.store.facts().apis().stream()
                .filter(one -> !one.openId())
                .findFirst()
                .orElseThrow();
        assertThat(Metadata.openId(get(""), admin).status()).isEqualTo(404);
        assertThat(members(Metadata.answer(get(""), admin)))
                .doesNotContainKeys("authorization_endpoint", "userinfo_endpoint", "end_session_endpoint");
    }

    private LogoutStep logout(String query) {
        return world.logout.ask(get(query), world.api);
    }

    private String hint() {
        return "id_token_hint=" + text(redeem(code(world.confidential, "openid")), "id_token");
    }

    /// OpenID Connect RP-Initiated Logout 1.0 sections 2 and 3.
    @Test
    void afterwardsTheBrowserGoesWhereTheClientRegistered() {
        String query = hint() + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fbye&state=s1";
        LogoutStep.Question question = (LogoutStep.Question) logout(query);
        assertThat(question.client().orElseThrow().clientId()).isEqualTo("conf");
        LogoutStep.Answer answer = (LogoutStep.Answer) world.logout.signedOut(question.ask(), world.api);
        assertThat(location(answer.reply())).isEqualTo(GrantWorld.BYE + "?state=s1");
    }

    @Test
    void thePersonIsAskedEvenWhenNobodySaysWhoAsks() {
        for (String query : List.of("", "state=s1", hint(), hint() + "&client_id=conf")) {
            LogoutStep.Question question = (LogoutStep.Question) logout(query);
            assertThat(world.logout.signedOut(question.ask(), world.api)).isInstanceOf(LogoutStep.SignedOut.class);
        }
        assertThat(world.logout.signedOut("nonsense", world.api)).isInstanceOf(LogoutStep.SignedOut.class);
    }

    /// Section 2: the client may name itself where it has no ID token any more.
    @Test
    void aClientThatIsOnlyNamedIsAnsweredWhereItRegistered() {
        String bye = "post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fbye&state=s1";
        LogoutStep.Question question =
                (LogoutStep.Question) logout(bye + "&client_id=conf&logout_hint=alice&ui_locales=de%20en");
        assertThat(question.client().orElseThrow().clientId()).isEqualTo("conf");
        assertThat(question.locales()).contains("de en");
        LogoutStep.Answer answer = (LogoutStep.Answer) world.logout.signedOut(question.ask(), world.api);
        assertThat(location(answer.reply())).isEqualTo(GrantWorld.BYE + "?state=s1");
        assertThat(world.logout.resume(question.ask(), world.api)).isEqualTo(question);
    }

    @Test
    void anIdTokenWhoseTimeIsOverIsAHint() {
        String hint = hint();
        world.clock.advance(Duration.ofDays(2));
        assertThat(logout(hint + "&client_id=conf")).isInstanceOf(LogoutStep.Question.class);
    }

    @Test
    void aRequestMayBePosted() {
        String body = hint() + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fbye";
        LogoutStep.Question question = (LogoutStep.Question) world.logout.ask(post(body), world.api);
        assertThat(world.logout.signedOut(question.ask(), world.api)).isInstanceOf(LogoutStep.Answer.class);
    }

    @Test
    void nowhereElse() {
        String bye = "post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fbye";
        for (String query : List.of(
                bye,
                bye + "%2F&client_id=conf",
                bye + "%3Fmore=1&client_id=conf",
                bye + "&client_id=nobody",
                "client_id=nobody",
                hint() + "&client_id=open",
                hint() + "&post_logout_redirect_uri=https%3A%2F%2Fevil.test%2F",
                hint().substring(0, 60) + "&" + bye,
                hint().substring(0, 60) + "&client_id=conf&" + bye,
                "id_token_hint=x",
                "state=a&state=b")) {
            assertThat(logout(query)).as(query).isInstanceOf(LogoutStep.Refused.class);
        }
    }
}
