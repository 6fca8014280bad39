package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Domain keys and CORS as a real browser sees them, which alone says where a page comes from (GAUNTLET I02, I06).
/// Where none is installed this is told loudly and not run; `.ci/browser` installs one. What browsers never send, such
/// as no `Origin` with a form, is tried in [DomainKeysTest].
class ChromiumTest {
    @TempDir
    Path folder;

    private Optional<RunningServer> running = Optional.empty();
    private Optional<Chromium> opened = Optional.empty();
    private Customer customer;
    private String key = "";

    @BeforeEach
    void start() throws IOException {
        Path program = Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: ChromiumTest, because no Chromium is installed. As root on Debian 12,"
                    + " .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        Chromium browser = Chromium.open(program, folder);
        opened = Optional.of(browser);
        RunningServer server = RunningServer.start(folder, new TestClock());
        running = Optional.of(server);
        Customer.created(
                server,
                "/v1/apis",
                Pages.body(
                        server,
                        "orders",
                        "\"format\": \"sealed\"",
                        ", \"cors\": {\"origins\": [\"" + browser.origin("own") + "\"]}"));
        customer = Customer.create(server, "Acme", Setup.role(server, "readers", "orders"));
        key = Pages.key(server, customer, "orders", browser.origin("shop"))
                .get("secret")
                .asString();
    }

    @AfterEach
    void stop() {
        running.ifPresent(RunningServer::close);
        opened.ifPresent(Chromium::close);
    }

    private RunningServer server() {
        return running.orElseThrow();
    }

    private Chromium browser() {
        return opened.orElseThrow();
    }

    /// Exchanges the key, calls with the token, renews it; each says its status, or that the browser kept it back.
    private String story(String token) {
        return """
                const api = "%s", key = "%s", said = {};
                const form = it => ({method: "POST", body: new URLSearchParams(it)});
                const tell = async (name, work) => {
                  try { said[name] = await work(); } catch (e) { said[name] = "blocked"; }
                };
                let token = "%s";
                await tell("exchange", async () => {
                  const it = await fetch(api + "/oauth2/token",
                    form({grant_type: "urn:gatehouse:grant-type:domain-key", domain_key: key}));
                  const json = await it.json();
                  token = json.access_token ?? token;
                  return it.status;
                });
                await tell("call", async () =>
                  (await fetch(api + "/things", {headers: {Authorization: "Bearer " + token}})).status);
                await tell("renew", async () =>
                  (await fetch(api + "/oauth2/token", form({grant_type: "urn:gatehouse:grant-type:renewal", token}))).status);
                """.formatted(server().base("orders"), key, token);
    }

    private static String only(JsonNode said) {
        return said.get("exchange").asString() + " " + said.get("call").asString() + " "
                + said.get("renew").asString();
    }

    private String stolen() {
        return server().token("orders", Pages.exchange(key), "Origin", browser().origin("shop"))
                .json()
                .get("access_token")
                .asString();
    }

    @Test
    void aPageOfTheKeyWorks() throws IOException, InterruptedException {
        assertThat(only(browser().run("shop", story("none") + "return said;"))).isEqualTo("200 200 200");
    }

    @Test
    void aForeignPageIsKeptOutEvenWithAStolenToken() throws IOException, InterruptedException {
        assertThat(only(browser().run("evil", story(stolen()) + "return said;")))
                .isEqualTo("blocked blocked blocked");
    }

    @Test
    void aFrameWithoutAnOriginIsKeptOut() throws IOException, InterruptedException {
        String inner = "<script>(async () => {" + story(stolen()) + "parent.postMessage(said, '*');})()</script>";
        String outer = """
                const frame = document.createElement("iframe");
                frame.sandbox = "allow-scripts";
                const heard = new Promise(done => addEventListener("message", it => done(it.data)));
                frame.srcdoc = decodeURIComponent("%s");
                document.documentElement.append(frame);
                return await heard;
                """.formatted(encoded(inner));
        assertThat(only(browser().run("shop", outer))).isEqualTo("blocked blocked blocked");
    }

    /// So that no end of a script stands in the page.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void aPageThatItsServerHandedATokenWorksWhereItsApiNamesIt() throws IOException, InterruptedException {
        String token = server().mint("orders", customer, "things:read");
        assertThat(only(browser().run("own", story(token) + "return said;"))).isEqualTo("403 200 400");
        assertThat(only(browser().run("evil", story(token) + "return said;"))).isEqualTo("blocked blocked blocked");
    }
}
