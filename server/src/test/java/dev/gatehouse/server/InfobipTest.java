package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A customer of Infobip whose provider has moved, with API keys.
class InfobipTest extends InfobipFixture {
    @Test
    void theWholeStory() throws IOException {
        assertThat(balance("App " + manager.apiKey()).text()).isEqualTo("{\"balance\":47.79,\"currency\":\"EUR\"}");
        assertThat(balance("App " + sender.apiKey()).status()).isEqualTo(403);
        Got sms = server.send("orders", "POST", "/sms/3/messages", "{}", "Authorization", "App " + sender.apiKey());
        assertThat(sms.status()).isEqualTo(200);

        server = server.restarted(folder, clock);
        assertThat(balance("App " + manager.apiKey()).status()).isEqualTo(200);
        server.admin("POST", "/v1/organizations/" + manager.organization() + "/suspend", "{}");
        unauthorized(balance("App " + manager.apiKey()));
        server.admin("POST", "/v1/organizations/" + manager.organization() + "/resume", "{}");
        assertThat(balance("App " + manager.apiKey()).status()).isEqualTo(200);
        server.admin("POST", "/v1/applications/" + manager.application() + "/revoke", "{}");
        unauthorized(balance("App " + manager.apiKey()));
    }

    /// GAUNTLET C02: documented by the provider, so it is taken; and it goes no further.
    @Test
    void aKeyInTheQueryOpensTheCallAndStaysHere() {
        Got got = server.send(
                "orders", "POST", "/sms/3/messages?a=1&apiKey=" + sender.apiKey() + "&b=2", "{}", "X-Test", "1");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("query").asString()).isEqualTo("a=1&b=2");
        assertThat(got.text()).doesNotContain(sender.apiKey());
    }

    @Test
    void refusalsHaveTheShapeOfTheirPath() {
        unauthorized(server.send("orders", "GET", "/account/1/balance", ""));
        Got sms = server.send("orders", "POST", "/sms/3/messages", "{}");
        assertThat(sms.status()).isEqualTo(401);
        assertThat(sms.json().get("errorCode").asString()).isEqualTo("E401");
        assertThat(sms.json().propertyNames())
                .containsExactly("errorCode", "description", "action", "violations", "resources");
    }

    /// A published client sends this literally.
    @Test
    void anUndefinedAuthorizationIsNone() {
        unauthorized(balance("undefined"));
        Got got = server.send(
                "orders",
                "POST",
                "/auth/1/oauth2/token?grant_type=client_credentials&client_id=u&client_secret=p",
                "",
                "Authorization",
                "undefined",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.json().get("error").asString()).isEqualTo("UNAUTHORIZED");
    }
}
