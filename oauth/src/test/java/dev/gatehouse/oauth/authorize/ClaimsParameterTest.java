package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.oauth.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claims that clients ask for one by one (OpenID Connect Core section 5.5).
final class ClaimsParameterTest extends GrantFlow {
    @BeforeEach
    void known() {
        User alice = world.store.users().user(world.alice.id()).orElseThrow();
        Profile profile = Profile.NONE
                .with(ProfileClaim.NAME, "Alice Example")
                .with(ProfileClaim.NICKNAME, "Al")
                .with(ProfileClaim.EMAIL, "alice@example.com")
                .with(ProfileClaim.EMAIL_VERIFIED, "true")
                .with(ProfileClaim.PHONE_NUMBER, "+1 555 0100");
        GrantWorld.done(world.store
                .users()
                .replace(
                        alice,
                        new User(
                                alice.id(),
                                alice.organization(),
                                alice.username(),
                                profile,
                                alice.standing(),
                                alice.createdAt()),
                        world.act));
    }

    private Map<String, String> asking(String scope, String claims) {
        return asking(world.confidential, scope, claims);
    }

    private Map<String, String> asking(Application client, String scope, String claims) {
        Map<String, String> request = request(client, scope);
        request.put("claims", claims);
        return request;
    }

    private Map<String, Object> told(Reply tokens) {
        return members(userInfo(text(tokens, "access_token"), world.api));
    }

    /// As the suite's `oidcc-claims-essential` asks.
    @Test
    void whatIsAskedForByNameIsToldAndNothingElseOfItsScope() {
        Reply tokens = redeem(code(asking("openid", "{\"userinfo\":{\"name\":{\"essential\":true}}}")));
        assertThat(told(tokens)).containsOnlyKeys("sub", "name").containsEntry("name", "Alice Example");
        assertThat(claims(text(tokens, "id_token")).byName()).doesNotContainKeys("name", "email");
    }

    /// What is told comes back as a hint, whatever is known of a person.
    @Test
    void anIdTokenStaysShortEnoughForAHint() {
        User alice = world.store.users().user(world.alice.id()).orElseThrow();
        Profile profile = alice.profile();
        List<String> wanted = new ArrayList<>();
        for (ProfileClaim claim : ProfileClaim.values()) {
            if (!claim.flag()) {
                profile = profile.with(claim, "\u00e9".repeat(200) + "x".repeat(100));
            }
            if (claim.wire().indexOf('.') < 0) {
                wanted.add(
                        "\"" + claim.wire() + "\":" + (claim == ProfileClaim.LOCALE ? "{\"essential\":true}" : "null"));
            }
        }
        GrantWorld.done(world.store
                .users()
                .replace(
                        alice,
                        new User(
                                alice.id(),
                                alice.organization(),
                                alice.username(),
                                profile,
                                alice.standing(),
                                alice.createdAt()),
                        world.act));
        Map<String, String> request =
                asking("openid", "{\"id_token\":{\"address\":null," + String.join(",", wanted) + "}}");
        String idToken = text(redeem(code(request)), "id_token");
        assertThat(claims(idToken).byName()).containsKeys("locale", "name").doesNotContainKeys("website", "email");
        Map<String, String> hinted = request(world.confidential, "openid");
        hinted.put("prompt", "none");
        hinted.put("id_token_hint", idToken);
        assertThat(encoded(hinted)).hasSizeLessThan(4096);
        assertThat(answer(ask(hinted))).containsKey("code");
    }

    /// Core section 3.1.2.1: what a client knows a person by is a hint, too.
    @Test
    void aHintThatIsASubjectNamesThePerson() {
        String idToken = text(redeem(code(request(world.confidential, "openid"))), "id_token");
        Map<String, String> hinted = request(world.confidential, "openid");
        hinted.put("prompt", "none");
        hinted.put("login_hint", claims(idToken).text("sub").orElseThrow());
        assertThat(answer(ask(hinted))).containsKey("code");
        hinted.put("login_hint", new Id(Kind.USER, 7).text());
        assertThat(answer(ask(hinted))).containsEntry("error", "login_required");
        hinted.put("login_hint", "somebody");
        assertThat(answer(ask(hinted))).containsKey("code");
    }

    /// However deep it is, it is kept; what is compared with it is no claim of a person.
    @Test
    void aValueThatNothingIsTellsNothing() {
        String deep = "{\"userinfo\":{\"name\":null,\"nickname\":{\"value\":[[[[\"x\"]]]]}}}";
        assertThat(told(redeem(code(asking("openid", deep))))).containsOnlyKeys("sub", "name");
    }

    /// What is not known any more, or was written by something else, tells who the user is and nothing besides.
    @Test
    void whatCannotBeReadTellsNothing() {
        Reply tokens = redeem(code(asking("openid email", "{\"userinfo\":{\"name\":null}}")));
        for (Optional<GrantStore.Asked> kept : List.<Optional<GrantStore.Asked>>of(
                Optional.empty(),
                Optional.of(new GrantStore.Asked(Optional.of("{"))),
                Optional.of(new GrantStore.Asked(Optional.of("{\"userinfo\":{\"name\":null}}"))))) {
            world.asked = _ -> kept;
            assertThat(told(tokens)).as(kept.toString()).containsOnlyKeys("sub");
        }
        world.asked = _ -> Optional.of(new GrantStore.Asked(Optional.empty()));
        assertThat(told(tokens)).containsKeys("sub", "name", "nickname", "email");
    }

    @Test
    void thePersonIsAskedForTheScopeThatItIsIn() {
        AuthorizeStep.Consent consent =
                (AuthorizeStep.Consent) ask(asking("openid", "{\"userinfo\":{\"email\":null}}"));
        assertThat(consent.scopes()).extracting(ScopeText::scope).containsExactlyInAnyOrder("openid", "email");
        AuthorizeStep.Consent inIdToken =
                (AuthorizeStep.Consent) ask(asking("openid", "{\"id_token\":{\"nickname\":null}}"));
        assertThat(inIdToken.scopes()).extracting(ScopeText::scope).containsExactlyInAnyOrder("openid", "profile");
    }

    @Test
    void idTokensTellWhatWasAskedForThereAlsoWhenRefreshed() {
        Reply tokens = redeem(code(asking(
                "openid offline_access",
                "{\"id_token\":{\"email\":{\"essential\":true},\"email_verified\":null,\"phone_number\":null}}")));
        Json.Members first = claims(text(tokens, "id_token"));
        assertThat(first.text("email")).contains("alice@example.com");
        assertThat(first.byName()).containsEntry("email_verified", new Json.Bool(true));
        assertThat(first.byName()).doesNotContainKeys("phone_number", "name");
        assertThat(told(tokens)).containsOnlyKeys("sub");
        Reply refreshed = refresh(text(tokens, "refresh_token"));
        assertThat(claims(text(refreshed, "id_token")).text("email")).contains("alice@example.com");
        assertThat(told(refreshed)).containsOnlyKeys("sub");
    }

    /// The application's role is the most that it may ask for: `phone` is not in it.
    @Test
    void whatTheClientMayNotReadIsNotTold() {
        Reply tokens = redeem(code(asking("openid", "{\"userinfo\":{\"phone_number\":{\"essential\":true}}}")));
        assertThat(told(tokens)).containsOnlyKeys("sub");
    }

    @Test
    void aScopeThatWasAskedForIsToldWhole() {
        Reply tokens = redeem(code(asking("openid email", "{\"userinfo\":{\"email\":null,\"nickname\":null}}")));
        assertThat(told(tokens)).containsOnlyKeys("sub", "email", "email_verified", "nickname");
    }

    /// Section 5.5.1.
    @Test
    void aValueThatItHasToHave() {
        Reply other = redeem(code(asking("openid", "{\"userinfo\":{\"nickname\":{\"value\":\"Bob\"}}}")));
        assertThat(told(other)).doesNotContainKey("nickname");
        Reply own = redeem(code(asking("openid", "{\"userinfo\":{\"nickname\":{\"values\":[\"Bob\",\"Al\"]}}}")));
        assertThat(told(own)).containsEntry("nickname", "Al");
    }

    /// Section 5.5.1: nobody but that user.
    @Test
    void aSubjectThatItHasToBe() {
        String own = "{\"id_token\":{\"sub\":{\"value\":\"" + world.alice.id().text() + "\"}}}";
        assertThat(code(asking("openid", own))).isNotEmpty();
        Map<String, String> other = asking("openid", "{\"id_token\":{\"sub\":{\"value\":\"usr_other\"}}}");
        assertThat(ask(other)).isInstanceOf(AuthorizeStep.SignIn.class);
        other.put("prompt", "none");
        assertThat(answer(ask(other))).containsEntry("error", "login_required");
        Map<String, String> ofUserInfo = asking("openid", "{\"userinfo\":{\"sub\":{\"value\":\"usr_other\"}}}");
        ofUserInfo.put("prompt", "none");
        assertThat(answer(ask(ofUserInfo))).containsEntry("error", "login_required");
    }

    /// Section 5.5.1.1.
    @Test
    void howThePersonHasToHaveProvenItself() {
        String two = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"2\"]}}}";
        Map<String, String> wanted = asking("openid", two);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(ask(wanted)).isInstanceOf(AuthorizeStep.SignIn.class);
        AuthorizeStep.SignIn signIn =
                (AuthorizeStep.SignIn) world.authorize.ask(get(encoded(wanted)), world.api, Optional.empty());
        SignedIn once = world.signIn();
        assertThat(answer(world.authorize.ask(get("ask=" + signIn.ask()), world.api, Optional.of(once))))
                .containsEntry("error", "unmet_authentication_requirements");
        SignedIn twice = new SignedIn(once.user(), once.session(), once.authenticated(), List.of("pwd", "otp", "mfa"));
        assertThat(world.authorize.ask(get("ask=" + signIn.ask()), world.api, Optional.of(twice)))
                .isInstanceOf(AuthorizeStep.Consent.class);

        world.able = false;
        for (String prompt : List.of("", "none")) {
            wanted.put("prompt", prompt);
            assertThat(answer(ask(wanted)))
                    .as("nothing would come of asking")
                    .containsEntry("error", "unmet_authentication_requirements");
        }
        Reply liked = redeem(code(asking("openid", "{\"id_token\":{\"acr\":{\"values\":[\"2\"]}}}")));
        assertThat(claims(text(liked, "id_token")).text("acr")).contains("1");
    }

    @Test
    void theyMayBePushed() {
        Map<String, String> request = asking("openid", "{\"userinfo\":{\"name\":null}}");
        Reply pushed =
                world.pushed.answer(post(encoded(request) + "&client_secret=" + world.secret.reveal()), world.api);
        AuthorizeStep.Onwards onwards =
                (AuthorizeStep.Onwards) ask(Map.of("client_id", "conf", "request_uri", text(pushed, "request_uri")));
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent)
                world.authorize.ask(get("ask=" + onwards.ask()), world.api, Optional.of(world.signedIn));
        String code = answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get("")))
                .get("code");
        assertThat(told(redeem(code))).containsOnlyKeys("sub", "name");
    }

    /// What is no OpenID request has no user to tell of.
    @Test
    void withoutOpenIdTheyAskForNothing() {
        AuthorizeStep.Consent consent =
                (AuthorizeStep.Consent) ask(asking("orders:read", "{\"userinfo\":{\"name\":null}}"));
        assertThat(consent.scopes()).extracting(ScopeText::scope).containsExactly("orders:read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"name\"",
                "{\"userinfo\":[]}",
                "{\"userinfo\":\"name\"}",
                "{\"id_token\":{\"name\":true}}",
                "{\"id_token\":{\"name\":{\"essential\":\"yes\"}}}",
                "{\"id_token\":{\"name\":{\"values\":\"x\"}}}",
                "{\"id_token\":{\"name\":{\"values\":[]}}}",
                "{\"id_token\":{\"name\":{\"value\":\"x\",\"values\":[\"x\"]}}}",
                "{\"userinfo\":{\"name\":null,\"name\":null}}"
            })
    void whatIsNoneIsRefused(String claims) {
        assertThat(answer(ask(asking("openid", claims)))).containsEntry("error", "invalid_request");
    }

    @Test
    void whatIsNotKnownIsPassedOver() {
        String claims = "{\"userinfo\":{\"http://example.com/shoe\":{\"essential\":true,\"how\":1},\"name\":null},"
                + "\"other\":[1]}";
        assertThat(told(redeem(code(asking("openid", claims))))).containsOnlyKeys("sub", "name");
    }

    /// No more than so many.
    @Test
    void onlySoManyAreAskedFor() {
        String[] many = new String[65];
        Arrays.setAll(many, i -> "\"c" + i + "\":null");
        assertThat(answer(ask(asking("openid", "{\"userinfo\":{" + String.join(",", many) + "}}"))))
                .containsEntry("error", "invalid_request");
    }

    /// Registration section 2.
    @Test
    void theUsualAgeOfASignIn() {
        ClientTerms terms = world.confidential.terms();
        Application aged = world.application(
                "aged",
                world.confidential.organization(),
                world.apps,
                terms.saying(new OpenIdTerms(false, Optional.empty(), List.of(), Optional.of(60L), List.of())));
        assertThat(ask(request(aged, "openid"))).isInstanceOf(AuthorizeStep.Consent.class);
        world.clock.advance(Duration.ofSeconds(61));
        assertThat(ask(request(aged, "openid"))).isInstanceOf(AuthorizeStep.SignIn.class);
        Map<String, String> longer = request(aged, "openid");
        longer.put("max_age", "600");
        assertThat(ask(longer)).isInstanceOf(AuthorizeStep.Consent.class);
    }
}
