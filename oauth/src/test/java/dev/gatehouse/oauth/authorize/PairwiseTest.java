package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Users under names that only clients of one sector know (OpenID Connect Core section 8).
final class PairwiseTest extends GrantFlow {
    private Application client(String clientId, String redirect, Optional<String> sector) {
        return client(clientId, ClientMethod.NONE, redirect, sector);
    }

    private Application client(String clientId, ClientMethod method, String redirect, Optional<String> sector) {
        ClientTerms plain = GrantWorld.terms(method, true);
        return world.application(
                clientId,
                world.confidential.organization(),
                world.apps,
                new ClientTerms(
                                plain.method(),
                                plain.grants(),
                                List.of(GrantWorld.uri(redirect)),
                                List.of(GrantWorld.uri(GrantWorld.BYE)),
                                true)
                        .saying(new OpenIdTerms(
                                true, sector.flatMap(RedirectUri::parse), List.of(), Optional.empty(), List.of())));
    }

    private Reply tokens(Application client, String redirect) {
        Map<String, String> request = request(client, "openid offline_access");
        request.put("redirect_uri", redirect);
        String code = code(request);
        return token("grant_type=authorization_code&code=" + code + "&redirect_uri=" + redirect + "&code_verifier="
                + VERIFIER + "&client_id=" + client.clientId());
    }

    private static String subject(Reply tokens) {
        return claims(text(tokens, "id_token")).text("sub").orElseThrow();
    }

    @Test
    void oneNameForASectorAndNobodyElses() {
        String one =
                subject(tokens(client("one", "https://one.example/cb", Optional.empty()), "https://one.example/cb"));
        String two =
                subject(tokens(client("two", "https://one.example/cb2", Optional.empty()), "https://one.example/cb2"));
        String other =
                subject(tokens(client("other", "https://two.example/cb", Optional.empty()), "https://two.example/cb"));
        String joined = subject(tokens(
                client("joined", "https://two.example/cb3", Optional.of("https://one.example/uris.json")),
                "https://two.example/cb3"));
        assertThat(one).isEqualTo(two).isEqualTo(joined).isNotEqualTo(other);
        assertThat(List.of(one, other))
                .noneMatch(sub -> sub.contains(world.alice.id().text()));
    }

    private Map<String, Object> introspected(String token, String proven) {
        Map<String, Object> told = members(world.introspection.answer(post("token=" + token + proven), world.api));
        assertThat(told).containsEntry("active", true);
        return told;
    }

    /// In UserInfo, introspection and ID tokens, refreshed ones too; and nowhere, decoded or not, what tells
    /// two clients that their user is one.
    @Test
    void itIsTheSameWhereverTheClientIsTold() {
        Application client = client("one", ClientMethod.SECRET_POST, GrantWorld.CALLBACK, Optional.empty());
        String proven = "&client_id=one&client_secret=" + world.secret(client).reveal();
        Reply tokens = token(redeemingWith(code(client, "openid offline_access")) + proven);
        String subject = subject(tokens);
        Reply refreshed = token("grant_type=refresh_token&refresh_token=" + text(tokens, "refresh_token") + proven);
        assertThat(subject(refreshed)).isEqualTo(subject);
        List<String> told = new ArrayList<>();
        for (Reply reply : List.of(tokens, refreshed)) {
            Map<String, Object> userInfo = members(userInfo(text(reply, "access_token"), world.api));
            assertThat(userInfo).containsEntry("sub", subject);
            Map<String, Object> access = introspected(text(reply, "access_token"), proven);
            assertThat(access).containsEntry("sub", subject);
            Map<String, Object> refresh = introspected(text(refreshed, "refresh_token"), proven);
            assertThat(refresh).containsEntry("sub", subject);
            told.addAll(List.of(
                    members(reply).toString(),
                    userInfo.toString(),
                    access.toString(),
                    refresh.toString(),
                    decoded(text(reply, "id_token")),
                    decoded(text(reply, "access_token"))));
        }
        for (Id id : List.of(world.alice.id(), world.aliceAtShop.id(), world.password.id(), world.signedIn.session())) {
            String bare = id.text().substring(id.text().indexOf('_') + 1);
            assertThat(told).as(id.text()).noneMatch(text -> text.contains(bare));
        }
    }

    /// Whoever knows users as everybody does goes on with tokens of the Api's format, which say who it is.
    @Test
    void whoIsNotPairwiseIsToldAsBefore() {
        Reply tokens = redeem(code(world.confidential, "openid"));
        assertThat(claims(text(tokens, "access_token")).text("sub"))
                .contains(world.alice.id().text());
        assertThat(claims(text(tokens, "id_token")).text("sid"))
                .contains(world.signedIn.session().text());
    }

    /// All parts of a JWT that are base64url, and whatever is none as it is.
    private static String decoded(String token) {
        return Stream.of(token.split("\\.", -1))
                .map(part -> Base64Url.decode(part)
                        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                        .orElse(part))
                .collect(Collectors.joining("\n"));
    }

    private String sid(String clientId, String redirect) {
        Reply tokens = tokens(client(clientId, redirect, Optional.empty()), redirect);
        return claims(text(tokens, "id_token")).text("sid").orElseThrow();
    }

    /// Of one login, by clients of one sector even.
    @Test
    void twoClientsAreToldOfALoginByTwoNames() {
        assertThat(Set.of(
                        sid("one", "https://one.example/cb"),
                        sid("two", "https://one.example/cb2"),
                        sid("other", "https://two.example/cb"),
                        world.signedIn.session().text()))
                .hasSize(4);
    }

    @Test
    void hintsAndClaimsMeanTheSameUser() {
        Application client = client("one", GrantWorld.CALLBACK, Optional.empty());
        Reply tokens = tokens(client, GrantWorld.CALLBACK);
        Map<String, String> hinted = request(client, "openid offline_access");
        hinted.put("prompt", "none");
        hinted.put("id_token_hint", text(tokens, "id_token"));
        hinted.put("claims", "{\"id_token\":{\"sub\":{\"value\":\"" + subject(tokens) + "\"}}}");
        assertThat(answer(ask(hinted))).containsKey("code");
        hinted.put(
                "claims",
                "{\"id_token\":{\"sub\":{\"value\":\"" + world.alice.id().text() + "\"}}}");
        assertThat(answer(ask(hinted))).containsEntry("error", "login_required");
        LogoutStep step = world.logout.ask(get("id_token_hint=" + text(tokens, "id_token")), world.api);
        assertThat(step).isInstanceOf(LogoutStep.Question.class);
    }

    /// It would say who that is.
    @Test
    void whatAnotherClientWasToldIsNoHint() {
        Application client = client("one", GrantWorld.CALLBACK, Optional.empty());
        Map<String, String> hinted = request(client, "openid offline_access");
        String own = text(tokens(client, GrantWorld.CALLBACK), "id_token");
        String others = text(redeem(code(world.confidential, "openid")), "id_token");
        hinted.put("prompt", "none");
        hinted.put("id_token_hint", others);
        assertThat(answer(ask(hinted))).containsEntry("error", "login_required");
        hinted.put("id_token_hint", own);
        assertThat(answer(ask(hinted))).containsKey("code");
        Map<String, String> ofUsual = request(world.confidential, "openid");
        ofUsual.put("prompt", "none");
        ofUsual.put("id_token_hint", others);
        assertThat(answer(ask(ofUsual))).containsKey("code");
        ofUsual.put("id_token_hint", own);
        assertThat(answer(ask(ofUsual))).containsEntry("error", "login_required");
    }

    /// Section 8.1: whose users come back to the device, or by a code of one, has names of its own for them.
    @Test
    void whoIsNoSiteSharesWithNobody() {
        String here = "http://127.0.0.1/cb";
        String one = subject(tokens(client("one", here, Optional.empty()), here));
        String two = subject(tokens(client("two", here, Optional.empty()), here));
        Application known = client("known", "https://bank.example/cb", Optional.empty());
        Application stranger = world.application(
                "stranger",
                known.organization(),
                world.apps,
                new ClientTerms(
                                ClientMethod.NONE,
                                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE),
                                known.terms().redirects(),
                                List.of(),
                                true)
                        .saying(known.terms().openId()));
        assertThat(Set.of(
                        one,
                        two,
                        subject(tokens(known, "https://bank.example/cb")),
                        subject(tokens(stranger, "https://bank.example/cb")),
                        world.alice.id().text()))
                .hasSize(5);
    }
}
