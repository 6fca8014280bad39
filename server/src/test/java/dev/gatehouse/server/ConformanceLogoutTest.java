package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plan RP-Initiated Logout (`oidcc-rp-initiated-logout-certification-test-plan`).
class ConformanceLogoutTest {
    private static final String AFTERWARDS = "https://suite.example.com/test/a/gatehouse/post_logout_redirect";

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Client client;
    private Reader browser;
    private String hint;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        client = suite.known("client_secret_basic", ",\"post_logout_redirect_uris\":[\"" + AFTERWARDS + "\"]");
        browser = suite.browser();
        hint = suite.redeem(client, suite.authorize(browser, ConformanceSuite.request(client, "openid")))
                .json()
                .get("id_token")
                .asString();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    /// What comes of asking, and of the person's yes; `error` where a page says that it must not be.
    private String out(String... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        browser.open("/oauth2/logout" + query);
        while (browser.page().status() == 302 || browser.page().status() == 303) {
            browser.follow();
        }
        if (browser.page().text().contains("id=\"error\"")) {
            return "error";
        }
        browser.send("/oauth2/sign-out", "decision", "sign-out");
        while (true) {
            String location = browser.page().header("Location");
            String refresh = browser.page().header("Refresh");
            String to = location.isEmpty() && refresh.startsWith("0;url=") ? refresh.substring(6) : location;
            if (to.startsWith("https://") || to.isEmpty()) {
                return to;
            }
            browser.open(to);
        }
    }

    private boolean signedIn() {
        Map<String, String> answer =
                suite.authorize(browser, ConformanceSuite.request(client, "openid", "prompt", "none"));
        return answer.containsKey("code");
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout")
    void logout() {
        assertThat(signedIn()).isTrue();
        assertThat(out("id_token_hint", hint, "post_logout_redirect_uri", AFTERWARDS, "state", "bye"))
                .isEqualTo(AFTERWARDS + "?state=bye");
        assertThat(signedIn()).isFalse();
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-state")
    void noState() {
        assertThat(out("id_token_hint", hint, "post_logout_redirect_uri", AFTERWARDS))
                .isEqualTo(AFTERWARDS);
        assertThat(signedIn()).isFalse();
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-params, -only-state, -no-post-logout-redirect-uri")
    void nowhereToGo() {
        assertThat(out()).isEmpty();
        assertThat(signedIn()).isFalse();
        suite.authorize(browser, ConformanceSuite.request(client, "openid"));
        assertThat(out("state", "bye")).isEmpty();
        assertThat(signedIn()).isFalse();
        suite.authorize(browser, ConformanceSuite.request(client, "openid"));
        assertThat(out("id_token_hint", hint, "state", "bye")).isEmpty();
        assertThat(signedIn()).isFalse();
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-bad-post-logout-redirect-uri, -query-added-to-post-logout-redirect-uri,"
            + " -no-id-token-hint, -modified-id-token-hint, -bad-id-token-hint")
    void refused() {
        assertThat(out("id_token_hint", hint, "post_logout_redirect_uri", AFTERWARDS + "/foo"))
                .isEqualTo("error");
        assertThat(out("id_token_hint", hint, "post_logout_redirect_uri", AFTERWARDS + "?foo=bar"))
                .isEqualTo("error");
        assertThat(out("post_logout_redirect_uri", AFTERWARDS)).isEqualTo("error");
        int at = hint.lastIndexOf('.') + 20;
        String modified = hint.substring(0, at) + (hint.charAt(at) == 'a' ? 'b' : 'a') + hint.substring(at + 1);
        assertThat(out("id_token_hint", modified, "post_logout_redirect_uri", AFTERWARDS))
                .isEqualTo("error");
        String unsigned = SigningClient.text("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII))
                + hint.substring(hint.indexOf('.'), hint.lastIndexOf('.') + 1);
        assertThat(out("id_token_hint", unsigned, "post_logout_redirect_uri", AFTERWARDS))
                .isEqualTo("error");
        assertThat(out("id_token_hint", "bad", "post_logout_redirect_uri", AFTERWARDS))
                .isEqualTo("error");
        assertThat(signedIn()).isTrue();
    }
}
