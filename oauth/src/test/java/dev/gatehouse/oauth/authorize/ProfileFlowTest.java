package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.Metadata;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// FAPI 2.0 Security Profile and Message Signing, said of a client or of an Api.
final class ProfileFlowTest extends GrantFlow {
    private static final String BASE = "https://login.example.com/accounts/oauth2/";

    private final ECKey key = draw();
    private SigningClient client;

    private static ECKey draw() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void register() {
        client = client("fapi", Optional.of(ClientProfile.FAPI2));
    }

    private SigningClient client(String name, Optional<ClientProfile> profile) {
        return new SigningClient(
                world,
                name,
                new ClientTerms(
                        ClientMethod.PRIVATE_KEY_JWT,
                        Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS),
                        List.of(GrantWorld.uri(GrantWorld.CALLBACK)),
                        List.of(),
                        true,
                        Set.of(),
                        new ClientMessages(profile, Map.of(), Optional.empty())));
    }

    private Header proof(String endpoint) {
        return proof(endpoint, JWSAlgorithm.ES256, key);
    }

    private Header proof(String endpoint, JWSAlgorithm algorithm, JWK by) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(world.clock.instant()))
                .claim("htm", "POST")
                .claim("htu", BASE + endpoint)
                .build();
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(by.toPublicJWK())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(by instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) by));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return new Header("DPoP", jwt.serialize());
    }

    private Reply push(SigningClient by, Api api, Map<String, String> request) {
        return world.pushed.answer(post(encoded(request) + by.assertion(), proof("par")), api);
    }

    private Reply push(Map<String, String> request) {
        return push(client, world.api, request);
    }

    /// What a client of Message Signing sends.
    private Map<String, String> signed(SigningClient by, Map<String, String> request) {
        Map<String, String> outer = new LinkedHashMap<>();
        outer.put("client_id", by.application.clientId());
        outer.put("request", by.signed(by.object(request).build()));
        return outer;
    }

    private Map<String, String> answered(SigningClient by, Api api, Reply pushed) {
        assertThat(pushed.status()).isEqualTo(201);
        Map<String, String> named = new LinkedHashMap<>();
        named.put("client_id", by.application.clientId());
        named.put("request_uri", text(pushed, "request_uri"));
        AuthorizeStep step = world.authorize.ask(get(encoded(named)), api, Optional.of(world.signedIn));
        step = world.authorize.ask(
                get("ask=" + ((AuthorizeStep.Onwards) step).ask()), api, Optional.of(world.signedIn));
        return answer(world.authorize.allowed(((AuthorizeStep.Consent) step).ask(), api, world.signedIn, get("")));
    }

    private Reply token(SigningClient by, Api api, String body) {
        return world.tokens.answer(post(body + by.assertion(), proof("token")), api);
    }

    private Map<String, String> request() {
        return request(client.application, "openid offline_access orders:read");
    }

    /// Security Profile sections 5.3.2.1, 5.3.2.2, 5.4.1.
    @Test
    void aClientOfTheSecurityProfileGetsWhatItWants() {
        Map<String, String> answer = answered(client, world.api, push(request()));
        assertThat(answer).containsEntry("iss", world.api.issuer()).containsEntry("state", "af0ifjsldkj");
        Reply tokens = token(client, world.api, redeemingWith(answer.get("code")));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(members(tokens)).containsEntry("token_type", "DPoP");
        assertThat(SigningClient.checked(world, text(tokens, "id_token"), "ES256", "JWT"))
                .containsEntry("aud", "fapi");
    }

    /// Section 5.3.2.1: no rotation, on any number of nodes; what ends the grant still ends it.
    @Test
    void refreshTokensAreNotRotated() {
        Map<String, String> answer = answered(client, world.api, push(request()));
        String refresh = text(token(client, world.api, redeemingWith(answer.get("code"))), "refresh_token");
        String body = "grant_type=refresh_token&refresh_token=" + refresh;
        for (int use = 0; use < 3; use++) {
            world.clock.advance(Duration.ofDays(20));
            Reply again = token(client, world.api, body);
            assertThat(again.status()).isEqualTo(200);
            assertThat(text(again, "refresh_token")).isEqualTo(refresh);
        }
        SigningClient other = client("other", Optional.of(ClientProfile.FAPI2));
        refused(token(other, world.api, body), 400, "invalid_grant");
        assertThat(token(client, world.api, body).status()).isEqualTo(200);
        Reply revoked = world.revocation.answer(post("token=" + refresh + client.assertion()), world.api);
        assertThat(revoked.status()).isEqualTo(200);
        refused(token(client, world.api, body), 400, "invalid_grant");
    }

    @Test
    void aGrantEndsAllTheSame() {
        Map<String, String> answer = answered(client, world.api, push(request()));
        String refresh = text(token(client, world.api, redeemingWith(answer.get("code"))), "refresh_token");
        world.clock.advance(Duration.ofDays(90));
        refused(token(client, world.api, "grant_type=refresh_token&refresh_token=" + refresh), 400, "invalid_grant");
    }

    /// Section 5.3.2.2: nothing that a browser brings, and no redirect URI left out.
    @Test
    void requestsArePushed() {
        assertThat(answer(ask(request()))).containsEntry("error", "invalid_request");
        Map<String, String> request = request();
        request.put("redirect_uri", "");
        request.put("scope", "orders:read");
        refused(push(request), 400, "invalid_request");
        request.put("redirect_uri", GrantWorld.CALLBACK);
        request.put("code_challenge", "");
        request.put("code_challenge_method", "");
        refused(push(request), 400, "invalid_request");
    }

    /// Section 5.3.2.1: tokens are bound, by a proof that may be signed as it is.
    @Test
    void tokensAreBound() {
        Map<String, String> answer = answered(client, world.api, push(request()));
        String redeeming = redeemingWith(answer.get("code")) + client.assertion();
        refused(world.tokens.answer(post(redeeming), world.api), 400, "invalid_request");
        String own = "grant_type=client_credentials&scope=orders:read";
        Reply unbound = world.tokens.answer(post(own + client.assertion()), world.api);
        refused(unbound, 400, "invalid_request");
        assertThat(text(unbound, "error_description")).contains("DPoP", "certificate");
        Header weak = proof("token", JWSAlgorithm.RS256, SigningClient.RSA);
        refused(world.tokens.answer(post(own + client.assertion(), weak), world.api), 400, "invalid_dpop_proof");
        Header strong = proof("token", JWSAlgorithm.PS256, SigningClient.RSA);
        Reply good = world.tokens.answer(post(own + client.assertion(), strong), world.api);
        assertThat(members(good)).containsEntry("token_type", "DPoP");
    }

    /// Sections 5.3.2.1, 5.4.1, GAUNTLET C06: for the issuer and nothing else, with an algorithm that may be.
    @Test
    void assertionsAreForTheIssuerAlone() {
        String own = "grant_type=client_credentials&scope=orders:read";
        for (String wrong : List.of(
                client.assertion(BASE + "token", JWSAlgorithm.ES256),
                client.assertion(BASE + "par", JWSAlgorithm.ES256),
                client.assertion(world.api.issuer() + "/", JWSAlgorithm.ES256),
                client.assertion(world.api.issuer(), JWSAlgorithm.RS256))) {
            refused(world.tokens.answer(post(own + wrong, proof("token")), world.api), 401, "invalid_client");
        }
        for (JWSAlgorithm good : List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256)) {
            String assertion = client.assertion(world.api.issuer(), good);
            assertThat(world.tokens
                            .answer(post(own + assertion, proof("token")), world.api)
                            .status())
                    .isEqualTo(200);
        }
    }

    /// Message Signing sections 5.3, 5.4.
    @Test
    void aClientOfMessageSigningSignsAndGetsSignedAnswers() {
        SigningClient signing = client("signing", Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING));
        Map<String, String> request = request(signing.application, "openid orders:read");
        request.put("response_mode", "jwt");
        refused(push(signing, world.api, request), 400, "invalid_request");
        Map<String, String> answer = answered(signing, world.api, push(signing, world.api, signed(signing, request)));
        Map<String, Object> said = SigningClient.checked(world, answer.get("response"), "ES256", "JWT");
        assertThat(said).containsEntry("aud", "signing").containsEntry("state", "af0ifjsldkj");
        Reply tokens = token(signing, world.api, redeemingWith(said.get("code").toString()));
        assertThat(tokens.status()).isEqualTo(200);
        request.put("response_mode", "query");
        refused(push(signing, world.api, signed(signing, request)), 400, "invalid_request");
        request.put("response_mode", "jwt");
        Map<String, String> weak = signed(signing, request);
        weak.put(
                "request",
                signing.signed(
                        signing.object(request).build(), JWSAlgorithm.RS256, Optional.of("oauth-authz-req+jwt")));
        refused(push(signing, world.api, weak), 400, "invalid_request_object");
    }

    /// Said of an Api it holds for all of its clients, however they are registered, on every way to a token.
    @ParameterizedTest
    @EnumSource(ClientProfile.class)
    void anApiHasAllItsClientsKeepToIt(ClientProfile profile) {
        Api api = keeping(world.api, profile);
        Map<String, String> plain = request(world.confidential, "orders:read");
        plain.put("response_mode", "jwt");
        refused(
                world.pushed.answer(
                        post(encoded(plain) + "&client_secret=" + world.secret.reveal(), proof("par")), api),
                400,
                profile.signs() ? "invalid_request" : "unauthorized_client");
        AuthorizeStep step =
                world.authorize.ask(get(encoded(request(world.open, "orders:read"))), api, Optional.of(world.signedIn));
        Map<String, String> answer = answer(step);
        assertThat(answer).containsKey("error");
        SigningClient any = client("any", Optional.empty());
        Map<String, String> request = request(any.application, "openid orders:read");
        request.put("response_mode", "jwt");
        Map<String, String> sent = profile.signs() ? signed(any, request) : request;
        Map<String, String> good = answered(any, api, push(any, api, sent));
        Object code = SigningClient.checked(world, good.get("response"), "ES256", "JWT")
                .get("code");
        assertThat(token(any, api, redeemingWith(code.toString())).status()).isEqualTo(200);
        String own = "grant_type=client_credentials&scope=orders:read";
        refused(world.tokens.answer(post(own + any.assertion()), api), 400, "invalid_request");
        // what was granted before the Api said so gives no more tokens to clients that do not keep to it
        Reply before = redeem(code(world.confidential, "orders:read"));
        Reply after = world.tokens.answer(
                post(
                        "grant_type=refresh_token&refresh_token=" + text(before, "refresh_token") + conf(),
                        proof("token")),
                api);
        refused(after, 400, "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDocumentOfAnApiSaysIt(boolean signs) {
        ClientProfile profile = signs ? ClientProfile.FAPI2_MESSAGE_SIGNING : ClientProfile.FAPI2;
        assertThat(members(Metadata.openId(get(""), keeping(world.api, profile))))
                .containsEntry(
                        "token_endpoint_auth_methods_supported",
                        List.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"))
                .containsEntry(
                        "token_endpoint_auth_signing_alg_values_supported",
                        List.of("ES256", "EdDSA", "Ed25519", "PS256"))
                .containsEntry("dpop_signing_alg_values_supported", List.of("ES256", "EdDSA", "Ed25519", "PS256"))
                .containsEntry("id_token_signing_alg_values_supported", List.of("ES256", "PS256"))
                .containsEntry("request_object_signing_alg_values_supported", List.of("PS256", "ES256", "EdDSA"))
                .containsEntry("authorization_signing_alg_values_supported", List.of("ES256", "PS256"))
                .containsEntry("require_pushed_authorization_requests", true)
                .containsEntry("require_signed_request_object", signs)
                .extractingByKey("response_modes_supported")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(signs ? 3 : 5);
    }

    private static Api keeping(Api api, ClientProfile profile) {
        return api.requiring(new ClientRules(Set.of(), false, ClientRules.PUSHED_LIFE, Optional.of(profile)));
    }
}
