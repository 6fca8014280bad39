package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A merchant's user lets an application act for it, by Nomba's flow with PKCE.
class NombaCodeTest extends NombaFixture {
    private CodeFlow flow;

    @Override
    String api(String name, String upstream) {
        return super.api(name, upstream)
                .replace("\"scopes\": {", "\"scopes\": {\"openid\": {\"description\": \"Know who you are\"},");
    }

    @BeforeEach
    void person() {
        flow = CodeFlow.at(server, parent, Setup.role(server, "till", List.of("accounts"), "nomba"), "none");
    }

    private String path() {
        return "/v1/auth/authorize?client_id=" + flow.clientId() + "&redirect_uri=" + CodeFlow.REDIRECT
                + "&code_challenge=" + CodeFlow.CHALLENGE + "&state=x%20y";
    }

    private Got redeem(String name, String code, String verifier, String account) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"authorization_code\",\"client_id\":\"" + flow.clientId() + "\",\"" + name + "\":\""
                        + code + "\",\"code_verifier\":\"" + verifier + "\",\"redirect_uri\":\"" + CodeFlow.REDIRECT
                        + "\"}",
                "accountId",
                account);
    }

    private Pair pair() {
        return Pair.of(redeem("auth_code", flow.allowed(path()).get("code"), CodeFlow.VERIFIER, parent));
    }

    @Test
    void aUserSignsInAllowsItAndTheApplicationHasAPair() throws IOException {
        Map<String, String> answer = flow.allowed(path());
        assertThat(answer).containsEntry("state", "x y").containsEntry("iss", server.base("orders"));
        Got got = redeem("auth_code", answer.get("code"), CodeFlow.VERIFIER, parent);
        Pair pair = Pair.of(got);
        assertThat(got.json().get("data").propertyNames())
                .containsExactly("businessId", "access_token", "refresh_token", "expiresAt");
        assertThat(call("Bearer " + pair.access(), parent).status()).isEqualTo(200);
        assertThat(call("Bearer " + pair.access(), sub).status()).isEqualTo(200);
        refused(call("Bearer " + pair.access(), stranger), 401, "01", "Invalid credentials");

        server = server.restarted(folder, clock);
        clock.advance(Duration.ofMinutes(30));
        refused(call("Bearer " + pair.access(), parent), 401, "02", "Token expired");
        Pair next = Pair.of(refresh(pair, parent));
        assertThat(next.refresh()).isNotEqualTo(pair.refresh());
        assertThat(call("Bearer " + next.access(), parent).status()).isEqualTo(200);
    }

    /// GAUNTLET B02, B05.
    @Test
    void aCodeCountsOnceAndWithItsVerifierOnly() {
        String wrong = flow.allowed(path()).get("code");
        refused(redeem("auth_code", wrong, CodeFlow.VERIFIER.replace('d', 'e'), parent), 401, "02", "Token expired");
        refused(redeem("auth_code", wrong, CodeFlow.VERIFIER, parent), 401, "02", "Token expired");
        String code = flow.allowed(path()).get("code");
        refused(redeem("code", code, CodeFlow.VERIFIER, stranger), 401, "02", "Token expired");
        Pair pair = Pair.of(redeem("code", code, CodeFlow.VERIFIER, sub));
        assertThat(call("Bearer " + pair.access(), parent).status()).isEqualTo(200);
        refused(redeem("code", code, CodeFlow.VERIFIER, parent), 401, "02", "Token expired");
        refused(call("Bearer " + pair.access(), parent), 401, "01", "Invalid credentials");
        refused(redeem("auth_code", "gtc_made-up", CodeFlow.VERIFIER, parent), 401, "02", "Token expired");
    }

    /// GAUNTLET D01, D05.
    @Test
    void aRefreshTokenCountsOnceAndBesideItsAccessToken() {
        Pair first = pair();
        Pair other = pair();
        refused(refresh(new Pair(other.access(), first.refresh()), parent), 401, "02", "Token expired");
        refused(refresh(new Pair(token(parent), first.refresh()), parent), 401, "01", "Invalid credentials");
        Pair second = Pair.of(refresh(first, parent));
        Pair third = Pair.of(refresh(second, parent));
        clock.advance(Duration.ofSeconds(11));
        refused(refresh(first, parent), 401, "02", "Token expired");
        refused(call("Bearer " + third.access(), parent), 401, "01", "Invalid credentials");
        assertThat(call("Bearer " + other.access(), parent).status()).isEqualTo(200);
    }

    /// GAUNTLET D07.
    @Test
    void revokingTheAccessTokenEndsTheRefreshTokenAndNothingElse() {
        Pair pair = pair();
        Pair other = pair();
        assertThat(server.send(
                                "orders",
                                "POST",
                                "/v1/auth/token/revoke",
                                "{\"clientId\":\"" + flow.clientId() + "\",\"access_token\":\"" + pair.access() + "\"}")
                        .text())
                .isEqualTo("{\"code\":\"00\",\"description\":\"Token revoked successfully\"}");
        refused(call("Bearer " + pair.access(), parent), 401, "01", "Invalid credentials");
        refused(refresh(pair, parent), 401, "02", "Token expired");
        assertThat(call("Bearer " + other.access(), parent).status()).isEqualTo(200);
    }

    /// GAUNTLET A01, A02: who asks and where it goes is sure before anybody is sent anywhere.
    @Test
    void nobodyIsSentToAnAddressThatIsNotRegistered() {
        Reader reader = new Reader(server, "orders");
        Got sent = reader.open(path().replace("app.example", "evil.example"));
        assertThat(sent.status()).isEqualTo(302);
        assertThat(sent.header("Location")).startsWith("/oauth2/authorize?");
        assertThat(reader.follow().status()).isEqualTo(400);
        assertThat(reader.page().text()).contains("id=\"error\"");
    }

    @Test
    void withoutUsersThereIsNowhereToGo() {
        String plain = super.api("\"version\": 0", server.upstreamBase());
        assertThat(server.admin("PUT", "/v1/apis/nomba", plain).status()).isEqualTo(200);
        refused(server.call("orders", "GET", path()), 404, "404", "Record not found");
        assertThat(server.call("orders", "GET", "/oauth2/sign-in").status()).isEqualTo(404);
    }
}
