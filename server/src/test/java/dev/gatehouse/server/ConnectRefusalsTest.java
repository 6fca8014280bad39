package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform.Mood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Ways to a platform that lead nowhere: what is not begun, what a platform does not give, and where no browser
/// is sent.
class ConnectRefusalsTest extends ConnectWorld {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?link=",
                "?link=x",
                "?link=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "?other=1",
                "?link=%00"
            })
    void whatNobodyDrewIsNoLink(String query) {
        assertThat(browser().open("/oauth2/connect" + query).status()).isEqualTo(404);
    }

    @Test
    void anApiThatSendsNobodyAnywhereHasNoSuchPages() {
        api("parcels", "");
        Reader other = new Reader(server, "parcels");
        assertThat(other.open("/oauth2/connect?link=x").status()).isEqualTo(404);
        assertThat(other.open(path(begun("crm", "ann"))).status()).isEqualTo(404);
    }

    /// GAUNTLET J03: each platform has a place of its own to come back to, and says who it is where it can.
    @Test
    void whatComesBackInTheNameOfAnotherPlatformEndsIt() {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        Map<String, String> answer = agreed(taken(browser, session));
        assertThat(told(browser.open(back("HubSpot", answer)))).containsEntry("connect_error", "wrong_issuer");
        assertThat(state(session)).isEqualTo("failed");
        assertThat(platform.requests()).as("the code went nowhere").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.test, wrong_issuer",
        "https://fake.test.evil.test/, wrong_issuer",
        "http://fake.test, wrong_issuer",
        "https://fake.test, ''",
        "https://fake.test/oauth, ''"
    })
    void anIssuerIsAtAHostOfThePlatform(String issuer, String error) {
        Reader browser = browser();
        Map<String, String> answer = new HashMap<>(agreed(taken(browser, begun("crm", "ann"))));
        answer.put("iss", issuer);
        Map<String, String> told = told(browser.open(back(answer)));
        assertThat(told.getOrDefault("connect_error", "")).isEqualTo(error);
        assertThat(platform.given()).isEqualTo(error.isEmpty() ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, access_denied",
        "server_error, platform_error",
        "<script>alert(1)</script>, platform_error"
    })
    void aPlatformThatSaysNoIsToldInAWord(String said, String word) {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        String state = agreed(taken(browser, session)).get("state");
        Map<String, String> told =
                told(browser.open(back(Map.of("error", said, "error_description", "x", "state", state, "code", "y"))));
        assertThat(told).containsEntry("connect_error", word).doesNotContainKey("connect_code");
        assertThat(state(session)).isEqualTo("failed");
        assertThat(platform.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {
                "FAILS",
                "IS_BUSY",
                "TALKS_NONSENSE",
                "REDIRECTS",
                "BREAKS_OFF",
                "SAYS_INVALID_GRANT",
                "GIVES_NO_REFRESH"
            })
    void aPlatformThatGivesNoTokenLeavesNothing(Mood mood) {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        String callback = back(agreed(taken(browser, session)));
        platform.mood(mood);
        String expected = switch (mood) {
            case SAYS_INVALID_GRANT -> "not_accepted";
            case GIVES_NO_REFRESH -> "incomplete";
            case FAILS, IS_BUSY, TALKS_NONSENSE, REDIRECTS, BREAKS_OFF, GIVES, GIVES_TWICE -> "unavailable";
        };
        assertThat(told(browser.open(callback))).containsEntry("connect_error", expected);
        assertThat(platform.requests()).as("no storm").hasSize(1);
        assertThat(state(session)).isEqualTo("failed");
        assertThat(connections()).isEmpty();
    }

    @Test
    void aCodeOfSomebodyElseIsNotAccepted() {
        Reader mallory = browser();
        String hers = agreed(taken(mallory, begun("hers", "mallory"))).get("code");
        Reader ann = browser();
        Map<String, String> answer = new HashMap<>(agreed(taken(ann, begun("crm", "ann"))));
        answer.put("code", hers);
        assertThat(told(ann.open(back(answer)))).containsEntry("connect_error", "not_accepted");
    }

    /// GAUNTLET J05.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.test",
                "/\\\\evil.test",
                "https:evil.test",
                "/%09/evil.test",
                "https://app.example.evil.test/connected",
                "https://app.example/connected/",
                "https://app.example/connected?x=1",
                "https://app.example/connected#x",
                "https://app.example/other",
                "https://APP.example/connected",
                "https://app.example:443/connected",
                "https://app.example/%63onnected",
                "https://evil.test@app.example/connected",
                "http://app.example/connected",
                "javascript:alert(1)",
                "https%3A%2F%2Fapp.example%2Fconnected",
                "/connected"
            })
    void aBrowserGoesOnWhereTheApiSaysAndNowhereElse(String returnTo) {
        Got got = asked(members("crm", "ann").replace(RETURN, returnTo));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("detail").asString()).contains("return_to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/x",
                "https://app.example",
                "https://app.example/x?y",
                "https://a@app.example/x",
                "https://app.example/x#y",
                "javascript:x",
                "https://app.example/a/../b"
            })
    void anApiListsOnlyPagesThatCanBeComparedAsText(String returnTo) {
        Got got = server.admin(
                "POST",
                "/v1/apis",
                "{\"name\":\"x\",\"issuer\":\"https://x.example\",\"return_to\":[\"" + returnTo + "\"]}");
        assertThat(got.status()).as(got.text()).isEqualTo(400);
    }

    @Test
    void aPageThatIsNoLongerListedIsNotGoneTo() {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        String callback = back(agreed(taken(browser, session)));
        Got api = server.admin("GET", "/v1/apis/orders", "");
        Got put = server.admin(
                "PUT",
                "/v1/apis/orders",
                "{\"version\":%d,\"issuer\":\"%s\",\"listener\":\"orders\",\"return_to\":[\"https://new.example/\"]}"
                        .formatted(api.json().get("version").asLong(), server.base("orders")));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        Got got = browser.open(callback);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.header("Location")).isEmpty();
        assertThat(got.text()).contains("not known here any more");
        assertThat(state(session)).isEqualTo("failed");
        assertThat(platform.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "platform":"Fake"         | "platform":"Shopify"                       | platform
            "platform":"Fake"         | "platform":"HubSpot"                       | client
            "platform":"Fake"         | "platform":"Nope"                          | platform
            "platform":"Fake",        | ""                                         | platform
            "name":"crm",             | ""                                         | name
            "api":"orders"            | "api":"nope"                               | api
            "platform":"Fake"         | "platform":"Fake","connection":"conn_0000000000001" | connection
            "platform":"Fake"         | "platform":"Fake","fields":{"x":"y"}        | fields.x
            "platform":"Fake"         | "platform":"Fake","fields":{"access_token":"y"} | fields.access_token
            """)
    void whatCannotLeadToAConnectionIsNotBegun(String right, String wrong, String named) {
        Got got = asked(members("crm", "ann").replace(right, wrong.equals("\"\"") ? "" : wrong));
        assertThat(got.status()).as(got.text()).isIn(400, 409);
        assertThat(got.text()).contains(named);
    }

    @Test
    void aNameThatIsTakenIsToldBeforeAndAfter() {
        JsonNode first = begun("crm", "ann");
        JsonNode second = begun("crm", "ben");
        Map<String, String> late = through(browser(), second);
        assertThat(finished(through(browser(), first), "ann").status()).isEqualTo(200);
        assertThat(asked(members("crm", "ann")).status()).isEqualTo(409);
        Got got = finished(late, "ben");
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(connections()).hasSize(1);
    }

    /// GAUNTLET H01.
    @Test
    void sessionsOfOthersAreNotThere() {
        JsonNode session = begun("crm", "ann");
        Customer other = Customer.create(server, "Other", Setup.role(server, "any", List.of(), "orders"));
        String role = Customer.created(
                        server,
                        "/v1/organizations/" + Setup.root(server) + "/roles",
                        "{\"name\":\"connects\",\"rights\":{\"gatehouse\":[\"connections:write\"]}}")
                .get("id")
                .asString();
        Customer stranger = Customer.of(server, other.organization(), "admin", role);
        var key = Secret.of(stranger.apiKey());
        String there = "/v1/connect-sessions/" + session.get("id").asString();
        assertThat(server.admin(key, "GET", there, "").status()).isEqualTo(404);
        assertThat(server.admin(
                                key,
                                "POST",
                                there + "/finish",
                                "{\"code\":\"" + "A".repeat(43) + "\",\"began_by\":\"ann\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.admin(
                                key,
                                "POST",
                                "/v1/organizations/" + organization + "/connect-sessions",
                                "{" + members("x", "ann") + "}")
                        .status())
                .isEqualTo(404);
        assertThat(server.admin(
                                key,
                                "POST",
                                "/v1/organizations/" + other.organization() + "/connect-sessions",
                                "{" + members("x", "ann") + "}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anOrganizationBeginsSoManyAtATime() {
        for (int i = 0; i < ConnectSessionStore.MAX_OPEN; i++) {
            begun("crm" + i, "ann");
        }
        Got got = asked(members("crm", "ann"));
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        clock.advance(ConnectSession.LIFE);
        begun("crm", "ann");
    }
}
