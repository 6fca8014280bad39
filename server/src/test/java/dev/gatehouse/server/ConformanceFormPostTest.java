package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plan Form Post Basic (`oidcc-formpost-basic-certification-test-plan`): its modules are those of Basic with
/// answers that the browser posts.
class ConformanceFormPostTest {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        client = suite.known("client_secret_basic");
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    /// What the browser posts to the suite.
    private Map<String, String> posted(Reader browser, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "response_mode";
        all[1] = "form_post";
        System.arraycopy(more, 0, all, 2, more.length);
        String page = suite.authorize(browser, ConformanceSuite.request(client, "openid", all))
                .get("page");
        assertThat(page).contains("method=\"post\"", "action=\"" + ConformanceSuite.REDIRECT + "\"");
        Map<String, String> members = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            members.put(hidden.group(1), hidden.group(2));
        }
        return members;
    }

    @Test
    @DisplayName("oidcc-server")
    void server() {
        Got got = suite.redeem(client, posted(suite.browser()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(ConformanceSuite.said(got.json()).get("nonce").asString()).isEqualTo(ConformanceSuite.NONCE);
    }

    @Test
    @DisplayName("oidcc-prompt-none-not-logged-in, oidcc-response-type-missing")
    void errors() {
        assertThat(posted(suite.browser(), "prompt", "none"))
                .containsEntry("error", "login_required")
                .containsEntry("state", ConformanceSuite.STATE);
        assertThat(posted(suite.browser(), "response_type", "")).containsEntry("error", "invalid_request");
    }
}
