package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The steps that need the person: signing in, and saying yes or no.
class InteractionTest extends GrantFlow {
    private AuthorizeStep ask(Map<String, String> parameters, Optional<SignedIn> who) {
        return world.authorize.ask(get(encoded(parameters)), world.api, who);
    }

    private AuthorizeStep back(String sealed, SignedIn who) {
        return world.authorize.ask(get("ask=" + sealed), world.api, Optional.of(who));
    }

    @Test
    void whoIsNotSignedInSignsInAndTheRequestGoesOn() {
        Map<String, String> request = request(world.confidential, "openid orders:read");
        request.put("login_hint", "alice");
        AuthorizeStep.SignIn signIn = (AuthorizeStep.SignIn) ask(request, Optional.empty());
        assertThat(signIn.loginHint()).contains("alice");
        assertThat(signIn.client().name()).isEqualTo("App conf");
        assertThat(signIn.ask()).matches("[A-Za-z0-9_-]+").doesNotContain("alice");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) back(signIn.ask(), world.signIn());
        assertThat(consent.scopes())
                .containsExactly(
                        new ScopeText("openid", "what openid says"),
                        new ScopeText("orders:read", "what orders:read says"));
    }

    /// GAUNTLET A08, B05: what waits cannot be changed, kept, or used for something else.
    @Test
    void whatWaitsIsSealed() {
        AuthorizeStep.SignIn signIn = (AuthorizeStep.SignIn) ask(request(world.open, "openid"), Optional.empty());
        String altered = signIn.ask().substring(0, signIn.ask().length() - 2) + "AA";
        for (String sealed : List.of(altered, "x", signIn.ask().substring(1), signIn.ask() + "A")) {
            assertThat(back(sealed, world.signedIn)).isInstanceOf(AuthorizeStep.Refused.class);
        }
        assertThat(world.authorize.allowed(signIn.ask(), world.api, world.signedIn, get("")))
                .isInstanceOf(AuthorizeStep.Refused.class);
        assertThat(world.authorize.ask(get("ask=" + signIn.ask()), world.sealed, Optional.of(world.signedIn)))
                .isInstanceOf(AuthorizeStep.Refused.class);
    }

    /// However often it is shown again: the page of a wrong password has the same time as the first one.
    @Test
    void whoeverSignsInHasTwoHoursAndNoMore() {
        AuthorizeStep.SignIn first = (AuthorizeStep.SignIn) ask(request(world.open, "openid"), Optional.empty());
        world.clock.advance(AskSeal.SIGN_IN_LIFE.minusSeconds(1));
        AuthorizeStep.SignIn again = (AuthorizeStep.SignIn) world.authorize.resume(first.ask(), world.api, get(""));
        assertThat(back(again.ask(), world.signIn())).isInstanceOf(AuthorizeStep.Consent.class);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(back(again.ask(), world.signIn())).isInstanceOf(AuthorizeStep.Refused.class);
    }

    @Test
    void whoeverIsAskedHasTenMinutes() {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(world.open, "orders:read"));
        world.clock.advance(AskSeal.LIFE);
        assertThat(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get("")))
                .isInstanceOf(AuthorizeStep.Refused.class);
    }

    @Test
    void whatIsAllowedOnceIsNotAskedAgain() {
        assertThat(code(world.confidential, "openid orders:read")).isNotEmpty();
        assertThat(ask(request(world.confidential, "orders:read"))).isInstanceOf(AuthorizeStep.Answer.class);
        assertThat(ask(request(world.confidential, "email openid"))).isInstanceOf(AuthorizeStep.Consent.class);
        Map<String, String> again = request(world.confidential, "orders:read");
        again.put("prompt", "consent");
        assertThat(ask(again)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// RFC 8252 section 8.6: another program can pass itself off as a public client there.
    @Test
    void aNativeAppIsAskedForEachTime() {
        Map<String, String> request = request(world.open, "orders:read");
        assertThat(code(request)).isNotEmpty();
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.Answer.class);
        request.put("redirect_uri", "http://127.0.0.1:4711/cb");
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.Consent.class);
    }

    /// However it comes to it, nothing rests on a consent that is not there any more.
    @Test
    void whatIsTakenBackIsAskedForAgain() {
        code(world.confidential, "orders:read");
        GrantWorld.done(world.store.grants().withdraw(world.alice.id(), world.confidential.id(), world.act));
        assertThat(ask(request(world.confidential, "orders:read"))).isInstanceOf(AuthorizeStep.Consent.class);
    }

    @Test
    void whoSaysNoGivesNothing() {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(world.open, "orders:read"));
        AuthorizeStep step = world.authorize.denied(consent.ask(), world.api, world.signedIn, get(""));
        assertThat(answer(step)).containsEntry("error", "access_denied").containsEntry("state", "af0ifjsldkj");
        assertThat(world.store.grants().consents(world.alice.id())).isEmpty();
    }

    /// GAUNTLET J02: what one login was asked, another does not answer.
    @Test
    void anotherLoginCannotSayYes() {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(world.open, "orders:read"));
        assertThat(world.authorize.allowed(consent.ask(), world.api, world.signIn(), get("")))
                .isInstanceOf(AuthorizeStep.Refused.class);
    }

    /// OpenID Connect Core section 3.1.2.6.
    @Test
    void whoMustNotBeAskedIsNotAsked() {
        Map<String, String> request = request(world.confidential, "openid");
        request.put("prompt", "none");
        assertThat(answer(ask(request, Optional.empty()))).containsEntry("error", "login_required");
        assertThat(answer(ask(request))).containsEntry("error", "consent_required");
        code(world.confidential, "openid");
        assertThat(answer(ask(request))).containsKey("code");
    }

    @Test
    void aFreshSignInIsOneAfterTheRequestWasBegun() {
        for (Map<String, String> wanted : List.of(
                Map.of("prompt", "login"),
                Map.of("prompt", "select_account"),
                Map.of("max_age", "0"),
                Map.of("acr_values", "2"))) {
            Map<String, String> request = request(world.confidential, "openid");
            request.putAll(wanted);
            world.clock.advance(Duration.ofSeconds(1));
            AuthorizeStep.SignIn signIn = (AuthorizeStep.SignIn) ask(request);
            assertThat(back(signIn.ask(), world.signedIn)).isInstanceOf(AuthorizeStep.SignIn.class);
            assertThat(back(signIn.ask(), world.signIn())).isInstanceOf(AuthorizeStep.Consent.class);
        }
        Map<String, String> young = request(world.confidential, "openid");
        young.put("max_age", "60");
        assertThat(ask(young)).isInstanceOf(AuthorizeStep.Consent.class);
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(ask(young)).isInstanceOf(AuthorizeStep.SignIn.class);
    }

    /// OpenID Connect Core section 3.1.2.1: it is a wish. Whoever has no more to show is not asked for it at each
    /// request, and not at all with `prompt=none`.
    @Test
    void nobodyIsAskedForWhatItDoesNotHave() {
        world.able = false;
        Map<String, String> request = request(world.confidential, "openid");
        request.put("acr_values", "2");
        world.clock.advance(Duration.ofSeconds(1));
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request);
        String code = answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get("")))
                .get("code");
        assertThat(claims(text(redeem(code), "id_token")).text("acr")).contains("1");
        request.put("prompt", "none");
        assertThat(answer(ask(request))).containsKey("code");
        world.able = true;
        assertThat(answer(ask(request))).containsEntry("error", "login_required");
    }

    @Test
    void aHintThatNamesAnotherPersonAsksForThat() {
        String idToken = text(redeem(code(world.confidential, "openid")), "id_token");
        Map<String, String> request = request(world.confidential, "openid");
        request.put("id_token_hint", idToken);
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.Answer.class);
        request.put("id_token_hint", idToken.substring(0, idToken.length() - 8) + "AAAAAAAA");
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.SignIn.class);
    }

    /// The part of the request that user and application may have is granted, and the client is told.
    @Test
    void noMoreIsGrantedThanBothMayHave() {
        String code = code(world.confidential, "orders:read orders:write orders:delete openid unknown:scope");
        assertThat(text(redeem(code), "scope")).isEqualTo("openid orders:read");
    }

    @Test
    void anApplicationActsForNobodyOutsideOfItsOrganization() {
        assertThat(answer(ask(request(world.foreign, "orders:read")))).containsEntry("error", "access_denied");
    }

    @Test
    void whoDoesNotStandGrantsNothing() {
        GrantWorld.done(world.store.members().hold(world.alice.id(), Hold.PROVIDER, world.act));
        assertThat(answer(ask(request(world.open, "orders:read")))).containsEntry("error", "access_denied");
        GrantWorld.done(world.store.members().lift(world.alice.id(), Hold.PROVIDER, world.act));
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(world.open, "orders:read"));
        GrantWorld.done(world.store.sessions().end(world.signedIn.session(), world.act));
        assertThat(answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""))))
                .containsEntry("error", "access_denied");
    }
}
