package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers about tokens (RFC 9701) and about people (OpenID Connect Core section 5.3.2) as JWTs.
final class SignedTokenAnswerTest extends GrantFlow {
    private static final String TYPE = "token-introspection+jwt";
    private static final Header WANTED = new Header("Accept", "application/" + TYPE);

    private Reply ask(String token, String client, Header... headers) {
        return world.introspection.answer(post("token=" + token + client, headers), world.api);
    }

    private Map<String, Object> said(Reply reply, String algorithm) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).contains(new Header("Cache-Control", "no-store"));
        Body.Text body = (Body.Text) reply.body();
        assertThat(body.mediaType()).isEqualTo("application/" + TYPE);
        return SigningClient.checked(world, body.text(), algorithm, TYPE);
    }

    private String token() {
        return text(redeem(code(world.confidential, "openid orders:read")), "access_token");
    }

    /// RFC 9701 sections 4, 5.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/token-introspection+jwt",
                "application/json;q=0.5, Application/Token-Introspection+JWT;q=1"
            })
    void whoWantsAJwtGetsWhatItWouldHaveGotInOne(String accept) {
        String token = token();
        Map<String, Object> said = said(ask(token, conf(), new Header("Accept", accept)), "RS256");
        assertThat(said).containsOnlyKeys("iss", "aud", "iat", "token_introspection");
        assertThat(said).containsEntry("iss", world.api.issuer()).containsEntry("aud", "conf");
        Map<String, Object> plain = members(ask(token, conf()));
        assertThat(said.get("token_introspection").toString()).contains("active=true", "client_id=conf");
        assertThat(((Map<?, ?>) said.get("token_introspection")).keySet()).isEqualTo(plain.keySet());
    }

    /// GAUNTLET G03: not one member more, in any format.
    @Test
    void ofATokenThatDoesNotCountNothingElseIsSaid() {
        String token = token();
        String stranger = "&client_id=lenient&client_secret=x";
        for (String other : List.of("nothing", token + "x")) {
            Map<String, Object> said = said(ask(other, conf(), WANTED), "RS256");
            assertThat(said.get("token_introspection")).isEqualTo(Map.of("active", false));
            assertThat(said).containsOnlyKeys("iss", "aud", "iat", "token_introspection");
        }
        refused(ask(token, stranger, WANTED), 401, "invalid_client");
        SigningClient other = client(Optional.empty(), Map.of());
        Map<String, Object> foreign = said(ask(token, other.assertion(), WANTED), "RS256");
        assertThat(foreign.get("token_introspection")).isEqualTo(Map.of("active", false));
    }

    /// Never from the threads that may not wait: a key may have to be drawn.
    @Test
    void aJwtIsMadeWhereWaitingIsAllowed() {
        String token = token();
        assertThat(world.introspection.tryAnswer(post("token=" + token + conf(), WANTED), world.api))
                .isEmpty();
        Reply plain = ask(token, conf(), new Header("Accept", "application/json"));
        assertThat(plain.body()).isInstanceOf(Body.Json.class);
    }

    private SigningClient client(Optional<ClientProfile> profile, Map<SignedAnswer, SigningAlgorithm> answers) {
        return new SigningClient(
                world,
                "reader",
                new ClientTerms(
                        ClientMethod.PRIVATE_KEY_JWT,
                        Set.of(GrantType.AUTHORIZATION_CODE),
                        List.of(GrantWorld.uri(GrantWorld.CALLBACK)),
                        List.of(),
                        true,
                        Set.of(),
                        new ClientMessages(profile, answers, Optional.empty())));
    }

    /// FAPI 2.0 Message Signing section 5.5, RFC 9701 section 6.
    @Test
    void aClientOfMessageSigningGetsNoOthers() {
        SigningClient reader = client(Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING), Map.of());
        Map<String, Object> said = said(ask(token(), reader.assertion()), "ES256");
        assertThat(said).containsEntry("aud", "reader");
    }

    @Test
    void aClientChoosesAnAlgorithm() {
        SigningClient reader = client(Optional.empty(), Map.of(SignedAnswer.INTROSPECTION, SigningAlgorithm.ES256));
        said(ask(token(), reader.assertion(), WANTED), "ES256");
        assertThat(ask(token(), reader.assertion()).body()).isInstanceOf(Body.Json.class);
    }

    /// OpenID Connect Core section 5.3.2.
    @Test
    void userInfoIsAJwtForClientsThatChoseIt() {
        SigningClient reader = client(Optional.empty(), Map.of(SignedAnswer.USERINFO, SigningAlgorithm.ES256));
        String code = code(request(reader.application, "openid email"));
        String token = text(token(redeemingWith(code) + reader.assertion()), "access_token");
        Reply reply = userInfo(token, world.api);
        assertThat(reply.status()).isEqualTo(200);
        Body.Text body = (Body.Text) reply.body();
        assertThat(body.mediaType()).isEqualTo("application/jwt");
        assertThat(SigningClient.checked(world, body.text(), "ES256", "JWT"))
                .containsEntry("iss", world.api.issuer())
                .containsEntry("aud", "reader")
                .containsEntry("sub", world.alice.id().text())
                .containsKey("email");
        assertThat(userInfo(token(), world.api).body()).isInstanceOf(Body.Json.class);
    }

    /// GAUNTLET E06: what is said of a person is no ID token.
    @Test
    void userInfoIsNoHint() {
        SigningClient reader = client(Optional.empty(), Map.of(SignedAnswer.USERINFO, SigningAlgorithm.ES256));
        String code = code(request(reader.application, "openid"));
        String token = text(token(redeemingWith(code) + reader.assertion()), "access_token");
        Map<String, String> request = request(reader.application, "openid");
        request.put("id_token_hint", ((Body.Text) userInfo(token, world.api).body()).text());
        assertThat(ask(request)).isInstanceOf(AuthorizeStep.SignIn.class);
    }
}
