package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of Infobip on what a user allows an application, by a code.
class InfobipCodeTest extends InfobipUsersFixture {
    private CodeFlow flow;

    @BeforeEach
    void users() {
        String plain = server.admin("GET", "/v1/apis/infobip", "").text();
        String role = Setup.role(server, "reports", List.of("sms:message:send"), "infobip");
        Got changed =
                server.admin("PUT", "/v1/apis/infobip", """
                {"version": 0, "dialect": "infobip", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "scopes": {"openid": {"description": "Know who you are"},
                            "account-management:manage": {"description": "Account"},
                            "message:send": {"description": "Messages", "implies": ["sms:message:send"]},
                            "sms:message:send": {"description": "SMS"}},
                 "routes": [{"methods": ["POST"], "path": "/sms/3/messages", "any": ["message:send", "sms:message:send"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        assertThat(changed.status()).as(plain + changed.text()).isEqualTo(200);
        flow = CodeFlow.at(server, Setup.root(server), role, "client_secret_post");
    }

    private String code() {
        return flow.allowed("/oauth2/authorize?response_type=code&client_id=" + flow.clientId() + "&redirect_uri="
                        + CodeFlow.REDIRECT + "&code_challenge=" + CodeFlow.CHALLENGE + "&code_challenge_method=S256")
                .get("code");
    }

    private String parameters(String code, String secret) {
        return "grant_type=authorization_code&client_id=" + flow.clientId() + "&client_secret=" + secret + "&code="
                + code + "&redirect_uri=" + CodeFlow.REDIRECT + "&code_verifier=" + CodeFlow.VERIFIER;
    }

    private Got redeem(String code, String secret) {
        return server.form("orders", "/auth/1/oauth2/token", parameters(code, secret));
    }

    private static void no(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.text())
                .isEqualTo("{\"error\":\"UNAUTHORIZED\",\"requestError\":{\"serviceException\":{\"messageId\":"
                        + "\"UNAUTHORIZED\",\"text\":\"Unauthorized\"}}}");
    }

    @Test
    void aCodeIsRedeemedInTheFormAndInTheQuery() {
        Got got = redeem(code(), flow.secret());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().propertyNames()).containsExactly("access_token", "expires_in", "token_type");
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(3600);
        String token = "Bearer " + got.json().get("access_token").asString();
        assertThat(sms(token).status()).isEqualTo(200);

        Got queried = server.send(
                "orders",
                "POST",
                "/auth/1/oauth2/token?" + parameters(code(), flow.secret()),
                "",
                "Authorization",
                "undefined",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(queried.status()).as(queried.text()).isEqualTo(200);
        server.admin("POST", "/v1/users/" + flow.person().id() + "/suspend", "{}");
        assertThat(sms(token).status()).isEqualTo(401);
    }

    /// GAUNTLET B02, C08.
    @Test
    void aCodeCountsOnceAndForItsClient() {
        String code = code();
        no(redeem(code, "wrong-secret"));
        assertThat(redeem(code, flow.secret()).status()).isEqualTo(200);
        no(redeem(code, flow.secret()));
        no(redeem("gtc_made-up", flow.secret()));
    }

    @Test
    void aUsersOwnNameAndPasswordGoOn() {
        Got got = server.form(
                "orders",
                "/auth/1/oauth2/token",
                "grant_type=client_credentials&client_id=" + sender.username() + "&client_secret="
                        + sender.password().replace(" ", "%20"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }
}
