package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Users under names that only clients of one sector know (OpenID Connect Core section 8).
final class PairwiseTest extends GrantFlow {
    private Application client(String clientId, String redirect, Optional<String> sector) {
        ClientTerms plain = GrantWorld.terms(ClientMethod.NONE, true);
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
                                true,
                                sector.flatMap(RedirectUri::parse),
                                List.of(),
                                Optional.empty(),
                                List.of())));
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
        String one = subject(tokens(client("one", "https://one.example/cb", Optional.empty()), "https://one.example/cb"));
        String two = subject(tokens(client("two", "https://one.example/cb2", Optional.empty()), "https://one.example/cb2"));
        String other =
                subject(tokens(client("other", "https://two.example/cb", Optional.empty()), "https://two.example/cb"));
        String joined = subject(tokens(
                client("joined", "https://two.example/cb3", Optional.of("https://one.example/uris.json")),
                "https://two.example/cb3"));
        assertThat(one).isEqualTo(two).isEqualTo(joined).isNotEqualTo(other);
        assertThat(List.of(one, other)).noneMatch(sub -> sub.contains(world.alice.id().text()));
    }

    /// In access tokens, UserInfo and ID tokens, refreshed ones too.
    @Test
    void itIsTheSameWhereverTheClientIsTold() {
        Application client = client("one", GrantWorld.CALLBACK, Optional.empty());
        Reply tokens = tokens(client, GrantWorld.CALLBACK);
        String subject = subject(tokens);
        assertThat(claims(text(tokens, "access_token")).text("sub")).contains(subject);
        assertThat(members(userInfo(text(tokens, "access_token"), world.api))).containsEntry("sub", subject);
        Reply refreshed =
                token("grant_type=refresh_token&client_id=one&refresh_token=" + text(tokens, "refresh_token"));
        assertThat(subject(refreshed)).isEqualTo(subject);
        assertThat(claims(text(refreshed, "access_token")).text("sub")).contains(subject);
        Reply asked = world.introspection.answer(
                post("token=" + text(refreshed, "access_token") + conf(), new Header[0]), world.api);
        assertThat(members(asked).getOrDefault("sub", subject)).isEqualTo(subject);
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
        hinted.put("claims", "{\"id_token\":{\"sub\":{\"value\":\"" + world.alice.id().text() + "\"}}}");
        assertThat(answer(ask(hinted))).containsEntry("error", "login_required");
        LogoutStep step = world.logout.ask(get("id_token_hint=" + text(tokens, "id_token")), world.api);
        assertThat(step).isInstanceOf(LogoutStep.Question.class);
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
