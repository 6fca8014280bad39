package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Codes and refresh tokens that are bound to keys, UserInfo, and nonces (RFC 9449, GAUNTLET F03, F04, F06, D05).
final class DpopFlowTest extends GrantFlow {
    private static final String TOKEN = "https://login.example.com/accounts/oauth2/token";
    private static final String PAR = "https://login.example.com/accounts/oauth2/par";
    private static final String USERINFO = "https://login.example.com/accounts/oauth2/userinfo";

    private final ECKey key = draw();

    private static ECKey draw() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Header proof(ECKey by, String method, String address, Map<String, String> more) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(world.clock.instant()))
                .claim("htm", method)
                .claim("htu", address);
        more.forEach(claims::claim);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(by.toPublicJWK())
                        .build(),
                claims.build());
        try {
            jwt.sign(new ECDSASigner(by));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return new Header("DPoP", jwt.serialize());
    }

    private Header asking(ECKey by) {
        return proof(by, "POST", TOKEN, Map.of());
    }

    private Reply redeemed(Application client, String code, Header... headers) {
        String proven = client.clientId().equals("conf") ? conf() : "&client_id=open";
        return token(
                "grant_type=authorization_code&code=" + code + "&redirect_uri="
                        + URLEncoder.encode(GrantWorld.CALLBACK, StandardCharsets.UTF_8) + "&code_verifier=" + VERIFIER
                        + proven,
                headers);
    }

    private Reply refreshed(Application client, String refresh, Header... headers) {
        String proven = client.clientId().equals("conf") ? conf() : "&client_id=open";
        return token("grant_type=refresh_token&refresh_token=" + refresh + proven, headers);
    }

    private String bound(Application client) {
        Map<String, String> request = request(client, "orders:read");
        request.put("dpop_jkt", thumbprint(key));
        return code(request);
    }

    @Test
    void aCodeGivesATokenThatIsBoundToTheKeyThatIsShown() {
        Reply reply = redeemed(world.confidential, code(world.confidential, "openid"), asking(key));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(members(reply)).containsEntry("token_type", "DPoP").containsKey("id_token");
        assertThat(claims(text(reply, "access_token"))
                        .object("cnf")
                        .orElseThrow()
                        .text("jkt"))
                .contains(thumbprint(key));
    }

    /// Section 10, GAUNTLET F06.
    @Test
    void aCodeThatIsBoundTakesAProofOfThatKey() {
        refused(redeemed(world.confidential, bound(world.confidential)), 400, "invalid_grant");
        refused(redeemed(world.confidential, bound(world.confidential), asking(draw())), 400, "invalid_grant");
        assertThat(redeemed(world.confidential, bound(world.confidential), asking(key))
                        .status())
                .isEqualTo(200);
        Map<String, String> request = request(world.confidential, "orders:read");
        request.put("dpop_jkt", "short");
        assertThat(answer(ask(request))).containsEntry("error", "invalid_request");
    }

    /// Section 10.1.
    @Test
    void aPushedRequestIsBoundToTheKeyThatIsShownWithIt() {
        Map<String, String> request = request(world.confidential, "orders:read");
        String form = encoded(request) + "&client_secret=" + world.secret.reveal();
        Reply pushed = world.pushed.answer(post(form, proof(key, "POST", PAR, Map.of())), world.api);
        assertThat(pushed.status()).isEqualTo(201);
        String uri = URLEncoder.encode(text(pushed, "request_uri"), StandardCharsets.UTF_8);
        AuthorizeStep step =
                world.authorize.ask(get("client_id=conf&request_uri=" + uri), world.api, Optional.of(world.signedIn));
        step = world.authorize.ask(
                get("ask=" + ((AuthorizeStep.Onwards) step).ask()), world.api, Optional.of(world.signedIn));
        step = world.authorize.allowed(((AuthorizeStep.Consent) step).ask(), world.api, world.signedIn, get(""));
        refused(redeemed(world.confidential, answer(step).get("code"), asking(draw())), 400, "invalid_grant");

        Header elsewhere = asking(key);
        refused(world.pushed.answer(post(form, elsewhere), world.api), 400, "invalid_dpop_proof");
        String others = form + "&dpop_jkt=" + thumbprint(draw());
        refused(
                world.pushed.answer(post(others, proof(key, "POST", PAR, Map.of())), world.api),
                400,
                "invalid_dpop_proof");
        Header once = proof(key, "POST", PAR, Map.of());
        assertThat(world.pushed.answer(post(form, once), world.api).status()).isEqualTo(201);
        refused(world.pushed.answer(post(form, once), world.api), 400, "invalid_dpop_proof");
    }

    /// The key of the proof is a parameter like others: what no browser could come with is not taken.
    @Test
    void aPushThatWithItsKeyIsTooMuchIsRefused() {
        Map<String, String> request = request(world.open, "orders:read");
        for (int number = request.size(); number < 32; number++) {
            request.put("x" + number, "y");
        }
        Header once = proof(key, "POST", PAR, Map.of());
        refused(world.pushed.answer(post(encoded(request), once), world.api), 400, "invalid_request");
        assertThat(world.pushed.answer(post(encoded(request)), world.api).status())
                .isEqualTo(201);
        request.remove("x31");
        assertThat(world.pushed.answer(post(encoded(request), once), world.api).status())
                .isEqualTo(201);
    }

    /// What is refused, for whatever reason, uses nothing up.
    @Test
    void aPushThatIsRefusedLeavesItsProof() {
        Header once = proof(key, "POST", PAR, Map.of());
        String proven = "&client_secret=" + world.secret.reveal();
        Map<String, String> wrong = request(world.confidential, "orders:read");
        for (Map.Entry<String, String> one : Map.of(
                        "redirect_uri", "https://evil.test/",
                        "response_type", "token",
                        "scope", "a  b",
                        "request_uri", "urn:x",
                        "dpop_jkt", thumbprint(draw()))
                .entrySet()) {
            Map<String, String> request = new LinkedHashMap<>(wrong);
            request.put(one.getKey(), one.getValue());
            assertThat(world.pushed
                            .answer(post(encoded(request) + proven, once), world.api)
                            .status())
                    .as(one.getKey())
                    .isEqualTo(400);
        }
        assertThat(world.pushed
                        .answer(post(encoded(wrong) + proven, once), world.api)
                        .status())
                .isEqualTo(201);
        Header open = proof(key, "POST", PAR, Map.of());
        String named = encoded(request(world.open, "orders:read"));
        for (int pushed = 0; pushed < 60; pushed++) {
            assertThat(world.pushed.answer(post(named), world.api).status()).isEqualTo(201);
        }
        assertThat(world.pushed.answer(post(named, open), world.api).status()).isEqualTo(429);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.pushed.answer(post(named, open), world.api).status()).isEqualTo(201);
    }

    /// Section 5, GAUNTLET D05, F06.
    @Test
    void aPublicClientsRefreshTokensAreBoundToItsKey() {
        Reply first = redeemed(world.open, code(world.open, "orders:read"), asking(key));
        String refresh = text(first, "refresh_token");
        refused(refreshed(world.open, refresh), 400, "invalid_grant");
        refused(refreshed(world.open, refresh, asking(draw())), 400, "invalid_grant");
        Reply second = refreshed(world.open, refresh, asking(key));
        assertThat(members(second)).containsEntry("token_type", "DPoP");
        assertThat(refreshed(world.open, text(second, "refresh_token"), asking(key))
                        .status())
                .as("nothing was rotated by those that were refused")
                .isEqualTo(200);
    }

    /// Section 5: however the family began.
    @Test
    void aPublicClientsRefreshTokensAreBoundFromTheFirstProofOn() {
        Reply first = redeemed(world.open, code(world.open, "orders:read"));
        Reply second = refreshed(world.open, text(first, "refresh_token"));
        assertThat(members(second)).containsEntry("token_type", "Bearer");
        Reply third = refreshed(world.open, text(second, "refresh_token"), asking(key));
        assertThat(members(third)).containsEntry("token_type", "DPoP");
        String refresh = text(third, "refresh_token");
        refused(refreshed(world.open, refresh), 400, "invalid_grant");
        refused(refreshed(world.open, refresh, asking(draw())), 400, "invalid_grant");
        refused(refreshed(world.open, text(second, "refresh_token")), 400, "invalid_grant");
        assertThat(refreshed(world.open, refresh, asking(key)).status()).isEqualTo(200);
    }

    @Test
    void whoeverProvesItselfMayHaveAnotherKeyNextTime() {
        Reply first = redeemed(world.confidential, bound(world.confidential), asking(key));
        ECKey other = draw();
        Reply second = refreshed(world.confidential, text(first, "refresh_token"), asking(other));
        assertThat(claims(text(second, "access_token"))
                        .object("cnf")
                        .orElseThrow()
                        .text("jkt"))
                .contains(thumbprint(other));
        assertThat(members(refreshed(world.confidential, text(second, "refresh_token"))))
                .containsEntry("token_type", "Bearer");
    }

    /// A proof is used up by a token and by nothing else; a code is burnt by nothing that is about the proof.
    @Test
    void aProofCountsOnceAndLeavesTheCodeWhenItDoesNot() {
        Header proof = asking(key);
        assertThat(redeemed(world.confidential, code(world.confidential, "orders:read"), proof)
                        .status())
                .isEqualTo(200);
        String code = code(world.confidential, "orders:read");
        refused(redeemed(world.confidential, code, proof), 400, "invalid_dpop_proof");
        assertThat(redeemed(world.confidential, code, asking(key)).status()).isEqualTo(200);
    }

    /// Section 7.1, GAUNTLET F03.
    @Test
    void userInfoTakesABoundTokenWithItsProof() {
        String token =
                text(redeemed(world.confidential, code(world.confidential, "openid"), asking(key)), "access_token");
        Map<String, String> ath = Map.of("ath", challenge(token));
        assertThat(userInfo(token, proof(key, "GET", USERINFO, ath)).status()).isEqualTo(200);
        assertThat(challenge(world.userInfo.answer(get("", new Header("Authorization", "Bearer " + token)), world.api)))
                .startsWith("DPoP error=\"invalid_token\"");
        assertThat(challenge(userInfo(token, proof(key, "POST", USERINFO, ath))))
                .startsWith("DPoP error=\"invalid_dpop_proof\"");
        assertThat(challenge(userInfo(token, proof(key, "GET", TOKEN, ath))))
                .startsWith("DPoP error=\"invalid_dpop_proof\"");
        assertThat(challenge(userInfo(token, proof(draw(), "GET", USERINFO, ath))))
                .startsWith("DPoP error=\"invalid_token\"");
        Header once = proof(key, "GET", USERINFO, ath);
        assertThat(userInfo(token, once).status()).isEqualTo(200);
        assertThat(challenge(userInfo(token, once))).startsWith("DPoP error=\"invalid_dpop_proof\"");
    }

    private Reply userInfo(String token, Header proof) {
        return world.userInfo.answer(get("", new Header("Authorization", "DPoP " + token), proof), world.api);
    }

    private static String challenge(Reply reply) {
        assertThat(reply.status()).isEqualTo(401);
        return header(reply, "WWW-Authenticate");
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /// Section 5.2.
    @Test
    void aClientWhoseTokensAreBoundGetsNoOthersOnAGrant() {
        String code = code(world.confidential, "orders:read");
        Application before = world.confidential;
        ClientTerms terms = before.terms();
        ClientTerms bound = new ClientTerms(
                terms.method(), terms.grants(), terms.redirects(), terms.afterLogout(), true, Set.of(ClientRule.BOUND));
        GrantWorld.done(world.store
                .members()
                .replace(
                        before,
                        new Application(
                                before.id(),
                                before.organization(),
                                before.clientId(),
                                before.name(),
                                before.role(),
                                bound,
                                before.tokenLife(),
                                before.standing(),
                                before.createdAt()),
                        world.act));
        refused(redeemed(world.confidential, code), 400, "invalid_dpop_proof");
        assertThat(redeemed(world.confidential, code, asking(key)).status()).isEqualTo(200);
    }

    /// Sections 8, 9, GAUNTLET F04.
    @Test
    void whereItIsSaidProofsCarryANonceOfOurs() {
        Api api = nonces(world.api);
        String body = redeeming(code(world.confidential, "openid"));
        Reply none = world.tokens.answer(post(body, asking(key)), api);
        refused(none, 400, "use_dpop_nonce");
        String nonce = header(none, "DPoP-Nonce");
        assertThat(nonce).hasSize(43);
        for (String wrong : new String[] {"x", "", "y".repeat(2048), nonce + "x"}) {
            refused(
                    world.tokens.answer(post(body, carrying(TOKEN, "POST", Map.of("nonce", wrong))), api),
                    400,
                    "use_dpop_nonce");
        }
        Reply good = world.tokens.answer(post(body, carrying(TOKEN, "POST", Map.of("nonce", nonce))), api);
        assertThat(good.status()).isEqualTo(200);
        assertThat(header(good, "DPoP-Nonce")).isEqualTo(nonce);

        String token = text(good, "access_token");
        Header issuers = carrying(USERINFO, "GET", Map.of("ath", challenge(token), "nonce", nonce));
        Reply other = world.userInfo.answer(get("", new Header("Authorization", "DPoP " + token), issuers), api);
        assertThat(challenge(other)).startsWith("DPoP error=\"use_dpop_nonce\"");
        Header own = carrying(USERINFO, "GET", Map.of("ath", challenge(token), "nonce", header(other, "DPoP-Nonce")));
        assertThat(world.userInfo
                        .answer(get("", new Header("Authorization", "DPoP " + token), own), api)
                        .status())
                .isEqualTo(200);

        world.clock.advance(Duration.ofMinutes(5));
        refused(
                world.tokens.answer(post(body, carrying(TOKEN, "POST", Map.of("nonce", nonce))), api),
                400,
                "use_dpop_nonce");
    }

    private Header carrying(String address, String method, Map<String, String> more) {
        return proof(key, method, address, more);
    }

    private static Api nonces(Api api) {
        return api.requiring(new ClientRules(Set.of(), true, ClientRules.PUSHED_LIFE));
    }
}
