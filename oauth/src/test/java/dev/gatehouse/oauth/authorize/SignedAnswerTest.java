package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are one JWT (JARM), and other answers that are signed as the client chose.
final class SignedAnswerTest extends GrantFlow {
    private static final Pattern FIELD = Pattern.compile("name=\"response\" value=\"([^\"]+)\"");

    private Map<String, String> request(String mode) {
        Map<String, String> request = request(world.confidential, "openid orders:read");
        request.put("response_mode", mode);
        return request;
    }

    private Map<String, Object> said(Map<String, String> answer) {
        assertThat(answer).containsOnlyKeys("response");
        Map<String, Object> said = SigningClient.checked(world, answer.get("response"), "RS256", "JWT");
        long ends = ((Number) said.get("exp")).longValue();
        assertThat(said)
                .containsEntry("iss", world.api.issuer())
                .containsEntry("aud", "conf")
                .containsEntry("state", "af0ifjsldkj");
        assertThat(ends - world.clock.instant().getEpochSecond()).isBetween(1L, 600L);
        return said;
    }

    /// JARM sections 2.1, 2.3.1, 2.3.4.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "query.jwt"})
    void aCodeComesInOneJwtInTheQuery(String mode) {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request(mode));
        Map<String, Object> said =
                said(answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""))));
        assertThat(said).containsOnlyKeys("iss", "aud", "exp", "state", "code");
        assertThat(redeem(said.get("code").toString()).status()).isEqualTo(200);
    }

    /// JARM section 2.3.3.
    @Test
    void itIsPostedWhereTheClientWantsThat() {
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request("form_post.jwt"));
        AuthorizeStep step = world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""));
        Reply reply = ((AuthorizeStep.Answer) step).reply();
        assertThat(reply.status()).isEqualTo(200);
        Matcher field = FIELD.matcher(((Body.Text) reply.body()).text());
        assertThat(field.find()).isTrue();
        assertThat(said(Map.of("response", field.group(1)))).containsKey("code");
    }

    /// JARM section 2.1: errors too, whoever says no.
    @Test
    void errorsAreSignedAsWell() {
        Map<String, String> wrong = request("jwt");
        wrong.put("scope", "a  b");
        assertThat(said(answer(ask(wrong))))
                .containsEntry("error", "invalid_scope")
                .doesNotContainKey("code");
        Map<String, String> quiet = request("query.jwt");
        quiet.put("prompt", "none");
        assertThat(said(answer(ask(quiet)))).containsEntry("error", "consent_required");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request("jwt"));
        AuthorizeStep denied = world.authorize.denied(consent.ask(), world.api, world.signedIn, get(""));
        assertThat(said(answer(denied))).containsEntry("error", "access_denied");
    }

    /// Nothing is ever in a fragment (GAUNTLET A08).
    @ParameterizedTest
    @ValueSource(strings = {"fragment.jwt", "fragment", "JWT", "jwt.jwt", "query.jwt "})
    void otherModesAreRefused(String mode) {
        assertThat(answer(ask(request(mode)))).containsEntry("error", "invalid_request");
    }

    /// What is quoted in an answer stays what it was (GAUNTLET M01).
    @Test
    void aStateCannotBecomeAnotherMember() {
        Map<String, String> request = request("jwt");
        request.put("state", "x\",\"code\":\"stolen");
        request.put("scope", "a  b");
        Map<String, Object> said =
                SigningClient.checked(world, answer(ask(request)).get("response"), "RS256", "JWT");
        assertThat(said).containsEntry("state", "x\",\"code\":\"stolen").doesNotContainKey("code");
    }

    /// JARM section 3, OpenID Connect Registration section 2.
    @Test
    void aClientChoosesAnAlgorithm() {
        Map<SignedAnswer, SigningAlgorithm> all = new EnumMap<>(SignedAnswer.class);
        Arrays.stream(SignedAnswer.values()).forEach(one -> all.put(one, SigningAlgorithm.ES256));
        ClientTerms plain = GrantWorld.terms(ClientMethod.PRIVATE_KEY_JWT, true);
        SigningClient client = new SigningClient(
                world,
                "elliptic",
                new ClientTerms(
                        plain.method(),
                        plain.grants(),
                        plain.redirects(),
                        plain.afterLogout(),
                        true,
                        Set.of(),
                        new ClientMessages(all, Optional.empty())));
        Application application = client.application;
        Map<String, String> request = request(application, "openid orders:read");
        request.put("response_mode", "jwt");
        AuthorizeStep.Consent consent = (AuthorizeStep.Consent) ask(request);
        Map<String, String> answer = answer(world.authorize.allowed(consent.ask(), world.api, world.signedIn, get("")));
        Map<String, Object> said = SigningClient.checked(world, answer.get("response"), "ES256", "JWT");
        assertThat(said).containsEntry("aud", "elliptic");
        Reply tokens = token(redeemingWith(said.get("code").toString()) + client.assertion());
        assertThat(tokens.status()).isEqualTo(200);
        String idToken = text(tokens, "id_token");
        assertThat(SigningClient.checked(world, idToken, "ES256", "JWT")).containsEntry("aud", "elliptic");
        // it comes back as a hint like any other
        request.put("id_token_hint", idToken);
        request.put("prompt", "none");
        request.remove("response_mode");
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(answer(ask(request))).containsKey("code");
    }

    /// GAUNTLET E06: signed answers are no ID tokens, though the keys are the same.
    @Test
    void anAnswerIsNoHint() {
        Map<String, String> wrong = request("jwt");
        wrong.put("scope", "a  b");
        Map<String, String> request = request(world.confidential, "openid");
        request.put("id_token_hint", answer(ask(wrong)).get("response"));
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.SignIn.class);
    }
}
