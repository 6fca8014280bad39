package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls through connections: the platform hears of the connection alone, the caller of the platform's answer
/// alone (GAUNTLET J07, J08).
class ConnectionCallsTest {
    private static final String KEY = "\"key\":\"" + FakePlatform.KEY + "\"";
    private static final String TOKENS = "\"access_token\":\"access-0\",\"refresh_token\":\"refresh-0\"";

    @TempDir
    Path folder;

    private FakePlatform platform;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        server = RunningServer.with(folder, new TestClock(Instant.now()), platform.config(folder));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    @Test
    void theCallGoesToThePlatformWithTheCredentialOnIt() {
        String id = connected.connected(server, "key", "crm", KEY);
        Got got = connected.call(server, id, "POST", "/contacts/1?name=a%20b", "{'x':1}", "X-Mine", "yes");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("target").asString()).isEqualTo("/api/contacts/1?name=a%20b");
        assertThat(got.json().get("body").asString()).isEqualTo("{'x':1}");
        assertThat(got.header("Content-Type")).isEqualTo("application/json");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(platform.calls()).singleElement().satisfies(call -> {
            assertThat(call.has("x-key", FakePlatform.KEY)).isTrue();
            assertThat(call.has("x-mine", "yes")).isTrue();
            assertThat(call.has("host", "fake.test:" + platform.port())).isTrue();
            assertThat(call.headers().toString())
                    .doesNotContain(connected.customer().apiKey(), id, "x-gatehouse", "x-forwarded");
        });
    }

    @Test
    void whatIsDeletedMayBeSaidInABody() {
        String id = connected.connected(server, "key", "crm", KEY);
        Got got = connected.call(server, id, "DELETE", "/contacts", "{'ids':[1]}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("body").asString()).isEqualTo("{'ids':[1]}");
        assertThat(connected.call(server, id, "DELETE", "/contacts/1", "").status())
                .isEqualTo(200);
    }

    @Test
    void aRouteMayNameTheConnectionOfItsCaller() {
        connected.connected(server, "key", "crm", KEY);
        Customer other = Connected.another(server, "other", "crm:use");
        assertThat(own(connected.customer()).status()).isEqualTo(200);
        assertThat(own(other).status()).isEqualTo(404);
    }

    @Test
    void aRevokedConnectionLeavesItsNameToTheNext() {
        String first = connected.connected(server, "key", "crm", KEY);
        assertThat(server.admin("POST", "/v1/connections/" + first + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(own(connected.customer()).status()).isEqualTo(404);
        connected.connected(server, "key", "crm", KEY);
        assertThat(own(connected.customer()).status()).isEqualTo(200);
    }

    private Got own(Customer customer) {
        return server.call("orders", "GET", "/own/contacts", "Authorization", "Bearer " + customer.apiKey());
    }

    @Test
    void nobodyCallsThroughTheConnectionOfSomebodyElse() {
        Customer other = Connected.another(server, "other", "crm:use");
        String foreign = Connected.connectFor(server, other.organization(), "key", "crm", KEY)
                .json()
                .get("id")
                .asString();
        Got got = connected.get(server, foreign, "/contacts");
        Got never = connected.get(server, "conn_0000000000000", "/contacts");
        assertThat(got.status()).isEqualTo(404);
        assertThat(got.text()).isEqualTo(never.text());
        assertThat(platform.calls()).isEmpty();
    }

    @Test
    void theHeaderNamesOneConnection() {
        String id = connected.connected(server, "key", "crm", KEY);
        String bearer = "Bearer " + connected.customer().apiKey();
        assertThat(server.call("orders", "GET", "/crm/x", "Authorization", bearer)
                        .status())
                .isEqualTo(400);
        assertThat(server.call(
                                "orders",
                                "GET",
                                "/crm/x",
                                "Authorization",
                                bearer,
                                "X-Connection",
                                id,
                                "X-Connection",
                                id)
                        .status())
                .isEqualTo(400);
        assertThat(connected.get(server, "crm", "/x").status()).isEqualTo(404);
        assertThat(platform.calls()).isEmpty();
    }

    @Test
    void theCallersScopesBoundWhatItMayDo() {
        String id = connected.connected(server, "key", "crm", KEY);
        Customer weak = Connected.another(server, "weak", "things:read");
        for (String authorization : new String[] {"Bearer " + weak.apiKey(), "Bearer wrong", ""}) {
            Got got = server.call("orders", "GET", "/crm/x", "X-Connection", id, "Authorization", authorization);
            assertThat(got.status()).isBetween(400, 403);
        }
        assertThat(platform.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: a=b",
                "Proxy-Authorization: Basic eA==",
                "X_Key: mine",
                "X-Key: mine",
                "Forwarded: for=1.2.3.4",
                "X-Gatehouse-Scope: all",
                "Via: 1.1 x",
                "X-HTTP-Method-Override: DELETE",
                "X-Http-Method: DELETE",
                "X_Method_Override: DELETE",
                "X-Original-URL: /elsewhere",
                "X-Rewrite-Url: /elsewhere",
                "True-Client-IP: 1.2.3.4",
                "CF-Connecting-IP: 1.2.3.4",
                "X-Client-IP: 1.2.3.4",
                "X_Connection: mine",
                "Referer: https://page.test/x"
            })
    void whatTheCallerSaysAboutItselfStaysBehind(String line) {
        String id = connected.connected(server, "key", "crm", KEY);
        String[] header = line.split(": ", 2);
        Got got = connected.call(server, id, "GET", "/x", "", header);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(platform.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.headers())
                        .noneMatch(sent -> sent.contains(header[1]))
                        .contains("x-key: " + FakePlatform.KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/crm/../admin",
                "/crm/%2e%2e/admin",
                "/crm//evil.test/x",
                "/crm/@evil.test/%5c..",
                "/crm/a%0d%0aX-Key:1",
                "https://evil.test/crm/x",
                "//evil.test/crm/x",
                "/crm/x?y=\"{access_token}\""
            })
    void noPathLeadsElsewhere(String target) {
        String id = connected.connected(server, "key", "crm", KEY);
        var got = server.raw(
                "orders",
                "GET " + target,
                "X-Connection: " + id,
                "Authorization: Bearer " + connected.customer().apiKey());
        assertThat(got.status()).isIn(400, 404, 421);
        assertThat(platform.calls()).isEmpty();
    }

    /// GAUNTLET J08: the credential goes on through no redirect, the orders to a browser to no caller.
    @Test
    void whatIsBetweenThePlatformAndUsStaysThere() {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        Got leak = connected.get(server, id, "/leak");
        assertThat(leak.status()).isEqualTo(200);
        assertThat(leak.header("X-Kept")).isEqualTo("yes");
        assertThat(leak.headers().toString())
                .doesNotContain("access-0", "platform=1")
                .doesNotContainIgnoringCase("set-cookie", "access-control");
        Got redirect = connected.get(server, id, "/redirect");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(platform.calls()).hasSize(2);
    }

    @Test
    void anAnswerDoesNotRepeatNameAndPassword() {
        String id = connected.connected(
                server, "user", "crm", "\"username\":\"anna\",\"password\":\"" + FakePlatform.PASSWORD + "\"");
        Got leak = connected.get(server, id, "/leak");
        assertThat(leak.header("X-Kept")).isEqualTo("yes");
        assertThat(leak.headers()).doesNotContainKeys("x-seen", "X-Seen");
    }

    @Test
    void anEndedTokenIsRenewedAndTheCallMadeOnceMore() {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        assertThat(connected
                        .call(server, id, "POST", "/x", "once")
                        .json()
                        .get("body")
                        .asString())
                .isEqualTo("once");
        assertThat(platform.requests()).hasSize(1);
        assertThat(platform.calls()).hasSize(2);
        assertThat(Connected.shown(server, id).get("credential").asLong()).isEqualTo(2);
    }

    @Test
    void aPlatformThatStaysAt401IsAskedTwiceAndNoMore() {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        Got got = connected.get(server, id, "/unauthorized");
        assertThat(got.status()).isEqualTo(424);
        assertThat(got.json().get("code").asString()).isEqualTo("connection_needs_reauth");
        assertThat(platform.calls()).hasSize(2);
        for (int i = 0; i < 3; i++) {
            assertThat(connected.get(server, id, "/unauthorized").status()).isEqualTo(424);
        }
        assertThat(platform.requests()).as("no storm").hasSize(1);
        assertThat(platform.calls()).hasSize(5);
        assertThat(connected.get(server, id, "/contacts").status()).isEqualTo(200);
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("live");
    }

    /// The platform's own user's rights come through.
    @Test
    void a403OfThePlatformPassesAndSaysNothingAboutTheConnection() {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        Got got = connected.get(server, id, "/forbidden");
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.text()).contains("not for anna");
        assertThat(platform.requests()).isEmpty();
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("live");
    }

    @Test
    void whatThePlatformNeverTakesAgainIsConnectedAnewUnderTheSameId() {
        String id = connected.connected(server, "oauth_internal", "crm", TOKENS);
        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        for (int i = 0; i < 3; i++) {
            Got got = connected.get(server, id, "/x");
            assertThat(got.status()).isEqualTo(424);
            assertThat(got.json().get("code").asString()).isEqualTo("connection_needs_reauth");
        }
        assertThat(platform.requests()).as("no storm").hasSize(1);
        assertThat(Connected.shown(server, id).get("health").asString()).isEqualTo("needs_reauth");
        platform.mood(Mood.GIVES);
        Got again = server.admin("PUT", "/v1/connections/" + id + "/credential", "{\"credential\":{" + TOKENS + "}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("health").asString()).isEqualTo("live");
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(200);
    }

    @Test
    void whoRenewsItselfIsToldSo() {
        String id = connected.connected(server, "oauth_external", "crm", "\"access_token\":\"access-0\"");
        platform.expire();
        Got got = connected.get(server, id, "/x");
        assertThat(got.status()).isEqualTo(424);
        assertThat(got.json().get("code").asString()).isEqualTo("connection_expired");
        assertThat(platform.requests()).isEmpty();
    }

    /// GAUNTLET J07.
    @Test
    void anEndlessAnswerEnds() {
        String id = connected.connected(server, "key", "crm", KEY);
        Got got = connected.get(server, id, "/endless");
        assertThat(got.status()).isEqualTo(502);
        assertThat(got.json().get("code").asString()).isEqualTo("platform_answer_too_large");
    }

    @Test
    void aPlatformThatIsAwayIs502() {
        String id = connected.connected(server, "key", "crm", KEY);
        platform.close();
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(502);
    }
}
