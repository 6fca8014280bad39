package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform.Mood;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A browser that is handed the platform's tokens in the hash of its page: only there, only once, and only the
/// browser that was sent.
class Data2CrmBrowserTest extends Data2CrmWorld {
    private Reader browser() {
        return new Reader(server, "orders");
    }

    private void strange(Got got) {
        refused(got, 400, "MALFORMED_REQUEST");
        assertThat(got.header("Location")).isEmpty();
    }

    /// GAUNTLET J05: the tokens would be whoever's page it is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test/",
                "https://app.example/connected/..",
                "https://app.example/connected%3Fx=1",
                "https://app.example/connected%23x",
                "https://app.example.evil.test/connected",
                "https://app.example%40evil.test/connected",
                "//app.example/connected",
                "/%5Cevil.test",
                "javascript:alert(1)",
                "HTTPS://app.example/connected",
                "http://app.example/connected"
            })
    void noOtherPageIsGoneTo(String redirect) {
        Got got = browser().open("/authorization/oauth/Fake/authorize?redirect=" + redirect);
        refused(got, 404, "ENTITY_NOT_FOUND");
        assertThat(got.header("Location")).isEmpty();
        assertThat(got.header("Set-Cookie")).isEmpty();
    }

    /// AmoCRM asks for the address of an account before it gives tokens, and nobody has said one.
    @ParameterizedTest
    @ValueSource(strings = {"Nobody", "HubSpot", "fake", "AmoCRM"})
    void noPlatformThatCannotGiveTokensIsGoneTo(String type) {
        refused(
                browser().open("/authorization/oauth/" + type + "/authorize?redirect=" + RETURN),
                404,
                "ENTITY_NOT_FOUND");
    }

    /// GAUNTLET J01.
    @Test
    void whatAnotherBrowserIsSentBackWithGivesNothing() {
        Reader mallory = browser();
        String callback = agreed(sent(mallory));
        Reader ann = browser();
        strange(ann.open(callback));
        String hers = sent(ann);
        strange(ann.open(callback));
        assertThat(platform.given()).isZero();
        assertThat(hash(ann.open(agreed(hers)))).containsEntry("access_token", "access-1");
        assertThat(ann.cookies()).doesNotContainKey("gatehouse-connect");
    }

    @Test
    void aStateThatIsMissingOrAltersGivesNothing() {
        Reader browser = browser();
        String callback = agreed(sent(browser));
        strange(browser.open(callback.replaceAll("&state=.*", "")));
        strange(browser.open(callback + "x"));
        strange(browser.open(callback + "&state=" + "A".repeat(43)));
        assertThat(hash(browser.open(callback))).containsKey("access_token");
    }

    @Test
    void whatIsBroughtBackTwiceOrLateGivesNothing() {
        Reader browser = browser();
        String callback = agreed(sent(browser));
        Map<String, String> cookies = Map.copyOf(browser.cookies());
        assertThat(hash(browser.open(callback))).containsKey("access_token");
        browser.cookies().putAll(cookies);
        strange(browser.open(callback));
        assertThat(platform.given()).isEqualTo(1);
        String late = agreed(sent(browser));
        clock.advance(Duration.ofMinutes(10));
        strange(browser.open(late));
        assertThat(platform.given()).isEqualTo(1);
    }

    /// GAUNTLET J03: another platform's callback, another issuer.
    @Test
    void whatAnotherPlatformSendsBackGivesNothing() {
        Reader browser = browser();
        String callback = agreed(sent(browser));
        strange(browser.open(callback.replace("/Fake/", "/HubSpot/")));
        assertThat(hash(browser.open(callback + "&iss=https%3A%2F%2Fevil.test")))
                .containsExactly(Map.entry("error", "wrong_issuer"));
        assertThat(platform.given()).isZero();
    }

    @Test
    void whoSaysNoIsToldSoToThePage() {
        Reader browser = browser();
        String callback = agreed(sent(browser));
        assertThat(hash(browser.open(callback.replaceAll("code=[^&]*", "error=access_denied"))))
                .containsExactly(Map.entry("error", "access_denied"));
        platform.mood(Mood.GIVES_NO_REFRESH);
        assertThat(connected()).containsExactly(Map.entry("error", "incomplete"));
        platform.mood(Mood.FAILS);
        assertThat(connected()).containsExactly(Map.entry("error", "unavailable"));
    }

    @Test
    void aPageThatIsListedNoMoreIsNotGoneTo() {
        Reader browser = browser();
        String callback = agreed(sent(browser));
        Got changed = server.admin(
                "PUT",
                "/v1/apis/" + api,
                api("https://app.example/other").replace("\"name\": \"data2crm\"", "\"version\": 0"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        strange(browser.open(callback));
        assertThat(platform.given()).isZero();
    }

    private void limited(String limits) {
        Got changed = server.admin(
                "PUT",
                "/v1/apis/" + api,
                api(RETURN).replace("\"name\": \"data2crm\"", "\"version\": 0, \"limits\": " + limits));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    /// Nobody needs a credential for either end, and coming back is a write and a request to the platform.
    @Test
    void bothEndsAreChargedToTheAddress() {
        limited("{\"address\": {\"requests\": 1, \"seconds\": 86400, \"burst\": 3}}");
        assertThat(connected()).containsKey("access_token");
        Reader browser = browser();
        String callback = agreed(sent(browser));
        Got got = browser.open(callback);
        refused(got, 429, "TOO_MANY_REQUESTS");
        assertThat(got.header("Retry-After")).isNotEmpty();
        refused(browser.open("/authorization/oauth/Fake/authorize?redirect=" + RETURN), 429, "TOO_MANY_REQUESTS");
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void anApiWithoutLimitsLimitsBrowsers() {
        Reader browser = browser();
        int status = 302;
        for (int i = 0; i < 2000 && status == 302; i++) {
            status = browser.open("/authorization/oauth/Fake/authorize?redirect=" + RETURN)
                    .status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void aPlatformIsAskedForFewAtATime() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(8);
        CountDownLatch answered = new CountDownLatch(1);
        platform.before(() -> {
            asked.countDown();
            await(answered);
        });
        List<FutureTask<Map<String, String>>> others = Stream.generate(() -> new FutureTask<>(this::connected))
                .limit(8)
                .toList();
        others.forEach(Thread::startVirtualThread);
        Reader late = browser();
        String callback = agreed(sent(late));
        Map<String, String> cookies = Map.copyOf(late.cookies());
        try {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(hash(late.open(callback))).containsExactly(Map.entry("error", "unavailable"));
            assertThat(platform.requests()).hasSize(8);
        } finally {
            answered.countDown();
        }
        assertThat(others).allSatisfy(other -> assertThat(other.get()).isNotEmpty());
        late.cookies().putAll(cookies);
        assertThat(hash(late.open(callback))).isNotEmpty();
        assertThat(platform.requests())
                .as("its way was not used up")
                .filteredOn(request -> request.startsWith("grant_type=authorization_code"))
                .hasSize(9);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothingOfItIsStored() {
        connected();
        assertThat(server.admin("GET", "/v1/organizations/" + acme.organization() + "/connections", "")
                        .text())
                .contains("\"items\":[]");
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text()).doesNotContain("access-1", "refresh-1");
    }
}
