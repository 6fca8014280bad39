package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A platform connected in a browser: the way there and back, and who takes part in it.
class ConnectFlowTest extends ConnectWorld {
    @Test
    void aPersonConnectsAndTheOrganizationCallsThrough() {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        assertThat(browser.open(path(session)).text())
                .contains("Connect Fake?", "Acme &amp; Söhne asks for access", "ann began this", "https://app.example")
                .doesNotContain("client-s3cret");
        assertThat(state(session)).as("a look takes nothing").isEqualTo("open");
        Map<String, String> told = through(browser, session);
        assertThat(told.keySet()).containsExactlyInAnyOrder("connect_session", "connect_code");
        assertThat(state(session)).isEqualTo("ready");
        assertThat(connections()).as("before the organization says so").isEmpty();
        assertThat(browser.cookies()).doesNotContainKey("gatehouse-connect");

        Got made = finished(told, "ann");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().get("id").asString())
                .isEqualTo(session.get("connection").asString());
        assertThat(made.text())
                .contains("\"kind\":\"oauth_internal\"", "\"health\":\"live\"", "\"name\":\"crm\"")
                .doesNotContain("access-", "refresh-");
        assertThat(state(session)).isEqualTo("finished");
        assertThat(finished(told, "ann").status()).as("once").isEqualTo(409);
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text())
                .contains("connect_session.open", "connect_session.start", "connect_session.ready")
                .contains("connect_session.finish", "connection.add")
                .doesNotContain("access-1", "refresh-1", told.get("connect_code"));
    }

    @Test
    void theBrowserTakesAlongWhatOnlyItCanBringBack() {
        String url = taken(browser(), begun("crm", "ann"));
        Map<String, String> asked = query(URI.create(url).getRawQuery());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "gatehouse")
                .containsEntry("redirect_uri", server.base("orders") + "/oauth2/connect/Fake/callback")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("prompt", "consent");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("code_challenge")).hasSize(43).isNotEqualTo(asked.get("state"));
    }

    @Test
    void aLinkIsTakenOnceAndForTenMinutes() {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        taken(browser, session);
        assertThat(browser.open(path(session)).status()).isEqualTo(404);
        assertThat(browser().open(path(session)).status()).isEqualTo(404);
        JsonNode old = begun("old", "ann");
        Reader late = browser();
        late.open(path(old));
        clock.advance(ConnectSession.LIFE);
        assertThat(late.send("/oauth2/connect").status()).isEqualTo(404);
        assertThat(late.open(path(old)).status()).isEqualTo(404);
        assertThat(state(old)).isEqualTo("open");
    }

    /// GAUNTLET L06: neither another site nor another browser sends the form.
    @Test
    void theFormComesFromTheBrowserThatItIsIn() {
        Reader ann = browser();
        JsonNode session = begun("crm", "ann");
        ann.open(path(session));
        String form = ann.form();
        assertThat(browser().post("/oauth2/connect", form).status()).isEqualTo(403);
        assertThat(ann.post("/oauth2/connect", form, "Origin", "https://evil.test")
                        .status())
                .isEqualTo(403);
        assertThat(state(session)).isEqualTo("open");
        assertThat(ann.post("/oauth2/connect", form).status()).isEqualTo(200);
    }

    /// GAUNTLET J01.
    @ParameterizedTest
    @CsvSource({"state,", "state,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "state,%00"})
    void aStateThatIsNotThisBrowsersTakesNothing(String name, String value) {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        Map<String, String> right = agreed(taken(browser, session));
        Map<String, String> wrong = new HashMap<>(right);
        if (value == null) {
            wrong.remove(name);
        } else {
            wrong.put(name, value);
        }
        assertThat(browser.open(back(wrong)).status()).isEqualTo(400);
        assertThat(browser.open(back(right) + "&state=" + right.get("state")).status())
                .as("twice in one query")
                .isEqualTo(400);
        assertThat(state(session)).isEqualTo("started");
        assertThat(told(browser.open(back(right)))).containsKey("connect_code");
    }

    /// GAUNTLET J01: the attacker's own callback in the victim's browser, with and without a way of the victim's.
    @Test
    void whatAnotherBrowserIsSentBackWithTakesNothing() {
        Reader mallory = browser();
        JsonNode hers = begun("mallory", "mallory");
        String callback = back(agreed(taken(mallory, hers)));
        Reader ann = browser();
        assertThat(ann.open(callback).status()).isEqualTo(400);
        JsonNode session = begun("crm", "ann");
        String url = taken(ann, session);
        assertThat(ann.open(callback).status()).isEqualTo(400);
        assertThat(List.of(state(hers), state(session))).containsOnly("started");
        assertThat(told(ann.open(back(agreed(url))))).containsKey("connect_code");
        assertThat(connections()).isEmpty();
    }

    @Test
    void whatIsBroughtBackTwiceIsTakenOnce() {
        Reader browser = browser();
        String callback = back(agreed(taken(browser, begun("crm", "ann"))));
        Map<String, String> cookies = Map.copyOf(browser.cookies());
        assertThat(told(browser.open(callback))).containsKey("connect_code");
        browser.cookies().putAll(cookies);
        assertThat(browser.open(callback).status()).isEqualTo(400);
        assertThat(platform.given()).isEqualTo(1);
    }

    @Test
    void whatIsBroughtBackTooLateIsNotTaken() {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        String callback = back(agreed(taken(browser, session)));
        clock.advance(ConnectSession.LIFE);
        assertThat(browser.open(callback).status()).isEqualTo(400);
        assertThat(platform.given()).isZero();
    }

    /// GAUNTLET J02: Mallory's link, Alice's browser. The organization's server knows who arrived.
    @Test
    void whoArrivesIsWhomItWasBegunFor() {
        Map<String, String> told = through(browser(), begun("crm", "mallory"));
        Got got = finished(told, "alice");
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(connections()).isEmpty();
        assertThat(finished(told, "mallory").status()).as("it has ended").isEqualTo(409);
        assertThat(connections()).isEmpty();
        assertThat(server.admin("GET", "/v1/audit?limit=200", "").text()).contains("somebody else came back");
    }

    @Test
    void nothingIsFinishedWithoutTheCodeThatTheBrowserGot() {
        JsonNode session = begun("crm", "ann");
        Map<String, String> told = through(browser(), session);
        Map<String, String> guessed = new HashMap<>(told);
        guessed.put("connect_code", "A".repeat(43));
        assertThat(finished(guessed, "ann").status()).isEqualTo(400);
        clock.advance(ConnectSession.LIFE.minus(Duration.ofSeconds(1)));
        Got got = finished(told, "ann");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @Test
    void aCodeEndsWithItsSession() {
        Map<String, String> told = through(browser(), begun("crm", "ann"));
        clock.advance(ConnectSession.LIFE);
        assertThat(finished(told, "ann").status()).isEqualTo(409);
        assertThat(connections()).isEmpty();
    }

    @Test
    void connectingAgainKeepsTheId() {
        finished(through(browser(), begun("crm", "ann")), "ann");
        String id = connections().get(0).get("id").asString();
        JsonNode session = again(id);
        assertThat(session.get("connection").asString()).isEqualTo(id);
        Got got = finished(through(browser(), session), "ann");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("id").asString()).isEqualTo(id);
        assertThat(got.json().get("credential").asLong()).isEqualTo(2);
        assertThat(got.json().has("receipt")).isTrue();
    }

    /// GAUNTLET J04: told apart by what the platform calls the account, never by a name or an address.
    @ParameterizedTest
    @CsvSource({"acc-1, acc-1, 200", "acc-1, acc-2, 409", "acc-1, '', 409", "'', acc-2, 200"})
    void anotherAccountIsConnectedOnlyWhenSomebodySaysSo(String first, String second, int status) {
        platform.account(first);
        finished(through(browser(), begun("crm", "ann")), "ann");
        String id = connections().get(0).get("id").asString();
        platform.account(second);
        JsonNode session = again(id);
        Map<String, String> told = through(browser(), session);
        assertThat(finished(told, "ann").status()).isEqualTo(status);
        if (status == 409) {
            assertThat(state(session)).isEqualTo("ready");
            assertThat(connections().get(0).get("credential").asLong()).isEqualTo(1);
            assertThat(finished(told, "ann", ",\"other_account\":true").status())
                    .isEqualTo(200);
        }
        assertThat(connections().get(0).get("credential").asLong()).isEqualTo(2);
    }

    @Test
    void noSecretIsInTheDatabase() throws IOException {
        Reader browser = browser();
        JsonNode session = begun("crm", "ann");
        String link = session.get("url").asString().replaceAll(".*link=", "");
        String url = taken(browser, session);
        String cookie = browser.cookies().get("gatehouse-connect");
        Map<String, String> told = told(browser.open(back(agreed(url))));
        finished(told, "ann");
        String verifier = query(platform.requests().getFirst()).get("code_verifier");
        try (Stream<Path> files = Files.list(server.database().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(
                                link, cookie, verifier, told.get("connect_code"), "access-1", "refresh-1", "code-1");
            }
        }
    }
}
