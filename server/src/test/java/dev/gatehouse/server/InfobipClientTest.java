package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.infobip.ApiClient;
import com.infobip.ApiException;
import com.infobip.api.SendSmsApi;
import com.infobip.model.SmsAdvancedTextualRequest;
import com.infobip.model.SmsDestination;
import com.infobip.model.SmsTextualMessage;
import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The provider's own published client against Gatehouse in its place.
class InfobipClientTest extends InfobipUsersFixture {
    private static final SmsAdvancedTextualRequest MESSAGE = new SmsAdvancedTextualRequest()
            .messages(List.of(new SmsTextualMessage()
                    .from("InfoSMS")
                    .text("Hello")
                    .destinations(List.of(new SmsDestination().to("41793026727")))));

    private ApiClient client() {
        return new ApiClient().setBasePath(server.base("orders"));
    }

    private ApiClient client(String scheme, String proof) {
        ApiClient client = client();
        client.setApiKeyPrefix(scheme);
        client.setApiKey(proof);
        return client;
    }

    private ApiClient basicClient(Person person) {
        ApiClient client = client();
        client.setUsername(person.username());
        client.setPassword(person.password());
        return client;
    }

    private static void sends(ApiClient client) throws ApiException {
        assertThat(new SendSmsApi(client).sendSmsMessage(MESSAGE).getBulkId()).isEqualTo("bulk-1");
    }

    private static double balance(ApiClient client, String scheme) throws ApiException {
        JsonObject balance = client.<JsonObject>execute(
                        client.buildCall(
                                "/account/1/balance",
                                "GET",
                                List.of(),
                                List.of(),
                                null,
                                new HashMap<>(),
                                new HashMap<>(),
                                new HashMap<>(),
                                new String[] {scheme},
                                null),
                        JsonObject.class)
                .getData();
        return balance.get("balance").getAsDouble();
    }

    private static void refused(ApiClient client, int status, String messageId) {
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> new SendSmsApi(client).sendSmsMessage(MESSAGE));
        assertThat(refused.getCode()).as(refused.getResponseBody()).isEqualTo(status);
        assertThat(refused.getResponseBody()).contains("\"messageId\":\"" + messageId + "\"");
    }

    private String key(String scopes) {
        return InfobipKeysTest.created(server, basic(manager), "{\"name\":\"k\",\"scopeGuids\":" + scopes + "}")
                .get("apiKeySecret")
                .asString();
    }

    @Test
    void itSendsWithAKeyThatAUserMade() throws ApiException {
        String key = key("[\"sms:message:send\",\"account-management:manage\"]");
        sends(client("App", key));
        assertThat(balance(client("App", key), "APIKeyHeader")).isEqualTo(47.79);
        refused(client("App", key("[]")), 403, "FORBIDDEN");
        char other = key.endsWith("0") ? '1' : '0';
        refused(client("App", key.substring(0, key.length() - 1) + other), 401, "UNAUTHORIZED");
    }

    @Test
    void itSendsWithTheSessionOfAUser() throws ApiException {
        String session = session(manager).substring("IBSSO ".length());
        sends(client("IBSSO", session));
        server.admin("POST", "/v1/users/" + manager.id() + "/suspend", "{}");
        refused(client("IBSSO", session), 401, "UNAUTHORIZED");
    }

    @Test
    void itSendsWithNameAndPassword() throws ApiException {
        sends(basicClient(sender));
        refused(basicClient(new Person("", sender.username(), "wrong")), 401, "UNAUTHORIZED");
    }

    @Test
    void itSendsWithATokenThatWasFetchedBefore() throws ApiException {
        Got got = server.form(
                "orders",
                "/auth/1/oauth2/token",
                "grant_type=client_credentials&client_id=" + sender.username() + "&client_secret="
                        + sender.password().replace(' ', '+'));
        ApiClient client = client();
        client.setAccessToken(got.json().get("access_token").asString());
        sends(client);
        clock.advance(Duration.ofHours(1));
        refused(client, 401, "UNAUTHORIZED");
    }

    /// It fetches tokens by itself, and another one when the first is over.
    @Test
    void itFetchesTokensByItself() throws ApiException {
        ApiClient client = new ApiClient(server.base("orders"), sender.username(), sender.password(), null);
        sends(client);
        clock.advance(Duration.ofHours(1));
        sends(client);
    }
}
