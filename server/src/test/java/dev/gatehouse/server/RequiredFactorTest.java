package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An organization that wants a second factor of people who act in it (ADR 0032; GAUNTLET L04, L08).
class RequiredFactorTest {
    @TempDir
    Path folder;

    private RequiredFactorWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new RequiredFactorWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whoeverHasNoneSetsOneUpBeforeAnythingIsOpen() {
        RequiredFactorWorld.require(world.server);
        Reader reader = world.reader();
        AuthenticatorApp app = world.asked(reader);
        String form = reader.form("code", app.code());
        RequiredFactorWorld.shut(reader);
        assertThat(reader.post(RequiredFactorWorld.SET_UP, form).status()).isEqualTo(200);
        Matcher code = RequiredFactorWorld.FIRST_CODE.matcher(reader.page().text());
        assertThat(code.find()).isTrue();
        assertThat(RequiredFactorWorld.onwards(reader)).isEqualTo(RequiredFactorWorld.ACCOUNT);
        assertThat(reader.open(RequiredFactorWorld.ACCOUNT).text()).contains("You are signed in as alice.");
        world.clock.advance(Duration.ofSeconds(30));
        Reader again = world.reader();
        again.signIn(world.alice);
        RequiredFactorWorld.shut(again);
        again.signIn(world.alice);
        assertThat(again.send("/oauth2/second-factor", "code", app.code()).header("Location"))
                .isEqualTo(RequiredFactorWorld.ACCOUNT);
        Reader recovering = world.reader();
        recovering.signIn(world.alice);
        assertThat(recovering
                        .send("/oauth2/second-factor", "code", code.group(1))
                        .header("Location"))
                .isEqualTo(RequiredFactorWorld.ACCOUNT);
    }

    @Test
    void whatWaitsGoesOnAfterIt() {
        RequiredFactorWorld.require(world.server);
        Reader reader = world.reader();
        reader.open(world.client.request(RequiredFactorWorld.SCOPES, ""));
        reader.send(
                RequiredFactorWorld.SIGN_IN, "username", world.alice.username(), "password", world.alice.password());
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), world.clock);
        assertThat(reader.send(RequiredFactorWorld.SET_UP, "code", app.wrong()).status())
                .isEqualTo(403);
        assertThat(reader.page().text()).contains("Wait for the next one and try again");
        RequiredFactorWorld.shut(reader);
        reader.open(world.client.request(RequiredFactorWorld.SCOPES, ""));
        reader.send(
                RequiredFactorWorld.SIGN_IN, "username", world.alice.username(), "password", world.alice.password());
        AuthenticatorApp other = AuthenticatorApp.scanning(reader.page().text(), world.clock);
        assertThat(reader.send(RequiredFactorWorld.SET_UP, "code", other.code()).status())
                .isEqualTo(200);
        reader.open(RequiredFactorWorld.onwards(reader));
        JsonNode tokens = world.tokens(reader);
        assertThat(world.client.refresh(tokens.get("refresh_token").asString()).status())
                .isEqualTo(200);
    }

    /// GAUNTLET L04: each proof is of one browser and one person, and whoever has a factor shows it.
    @Test
    void nobodySetsUpAnythingWithoutTheStepBefore() {
        RequiredFactorWorld.require(world.server);
        Reader victim = world.reader();
        AuthenticatorApp app = world.asked(victim);
        String whole = victim.form("code", app.code());
        Reader thief = world.reader();
        thief.open(RequiredFactorWorld.SIGN_IN);
        for (String form :
                List.of("form=x", whole, thief.form("code", app.code()), whole.replaceAll("proof=[^&]*", "proof=x"))) {
            assertThat(thief.post(RequiredFactorWorld.SET_UP, form).status()).isEqualTo(403);
            RequiredFactorWorld.shut(thief);
        }
        Reader late = world.reader();
        AuthenticatorApp thiefs = world.asked(late);
        String stale = late.form("code", thiefs.code());
        assertThat(victim.post(RequiredFactorWorld.SET_UP, whole).status()).isEqualTo(200);
        assertThat(late.post(RequiredFactorWorld.SET_UP, stale).status())
                .as("there is one by now")
                .isEqualTo(403);
        RequiredFactorWorld.shut(late);
        assertThat(victim.open(RequiredFactorWorld.ACCOUNT).status())
                .as("nothing of it ended")
                .isEqualTo(200);
        Reader over = world.reader();
        over.signIn(world.alice);
        assertThat(over.page().text()).contains("Type the code that your app shows");
    }

    /// A form that is sent twice at once sets one app up, and neither answer says that something is broken.
    @Test
    void ofOneFormThatIsSentTwiceOneSetsItUp() throws Exception {
        RequiredFactorWorld.require(world.server);
        Reader reader = world.reader();
        AuthenticatorApp app = world.asked(reader);
        String form = reader.form("code", app.code());
        String browser = reader.cookies().entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        CyclicBarrier start = new CyclicBarrier(2);
        List<Got> got = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Got>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return world.server.form("orders", RequiredFactorWorld.SET_UP, form, "Cookie", browser);
                }));
            }
            for (Future<Got> one : running) {
                got.add(one.get());
            }
        }
        assertThat(got).extracting(Got::status).allMatch(status -> status < 500);
        assertThat(got)
                .filteredOn(one ->
                        RequiredFactorWorld.FIRST_CODE.matcher(one.text()).find())
                .hasSize(1);
    }

    @Test
    void aProofOfBeforeEndsInTenMinutesAndWithThePassword() {
        RequiredFactorWorld.require(world.server);
        Reader slow = world.reader();
        AuthenticatorApp app = world.asked(slow);
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(slow.send(RequiredFactorWorld.SET_UP, "code", app.code()).status())
                .isEqualTo(403);
        RequiredFactorWorld.shut(slow);
        Reader cut = world.reader();
        AuthenticatorApp other = world.asked(cut);
        world.server.admin("POST", "/v1/users/" + world.alice.id() + "/cut", "{}");
        assertThat(cut.send(RequiredFactorWorld.SET_UP, "code", other.code()).status())
                .isEqualTo(403);
        RequiredFactorWorld.shut(cut);
    }

    /// Those above say it of an organization, and it says it of itself; only those above take it back, or the
    /// provider its own. It is of people who act there, and not below.
    @Test
    void itIsSaidOfAnOrganizationAndAudited() {
        String shop = Customer.created(
                        world.server, "/v1/organizations", "{\"name\":\"Shop\",\"second_factor\":\"required\"}")
                .get("id")
                .asString();
        assertThat(world.reader().signIn(world.alice).status())
                .as("not of those above")
                .isEqualTo(303);
        String at = "/v1/organizations/" + shop;
        assertThat(world.server.admin("GET", at, "").json().get("second_factor").asString())
                .isEqualTo("required");
        assertThat(world.server
                        .admin("PATCH", at, "{\"second_factor\":null}")
                        .json()
                        .has("second_factor"))
                .isFalse();
        assertThat(world.server
                        .admin("PATCH", at, "{\"second_factor\":\"maybe\"}")
                        .status())
                .isEqualTo(400);
        RequiredFactorWorld.require(world.server);
        assertThat(world.reader().signIn(world.alice).status()).isEqualTo(200);
        assertThat(world.server.admin("GET", "/v1/audit?limit=5", "").text()).contains("second_factor");
        Setup.secondFactor(world.server, "null");
        assertThat(world.reader().signIn(world.alice).status()).isEqualTo(303);
    }
}
