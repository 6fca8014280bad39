package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.HookServer.Told;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.FakePlatform.Mood;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A hook that is configured when connections have been failing for days: it hears how those are that it can do
/// something about, once each, and from then on as everybody does.
class NewHookTest {
    private static final String CLIENT = "\"client_id\":\"me\",\"client_secret\":\"s3cret-of-me\"";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final FakePlatform platform = new FakePlatform();
    private HookServer hook;
    private RunningServer server;
    private Connected connected;

    @BeforeEach
    void start() throws IOException {
        hook = new HookServer();
        server = RunningServer.with(folder, clock, platform.config(folder));
        connected = Connected.create(server);
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
        hook.close();
    }

    private String failing(String name) {
        platform.mood(Mood.GIVES);
        String id = connected.connected(server, "client_credentials", name, CLIENT);
        platform.expire();
        platform.mood(Mood.FAILS);
        assertThat(connected.get(server, id, "/x").status()).isEqualTo(503);
        return id;
    }

    private void restart(boolean hooked) throws IOException {
        server = server.restartedWith(folder, clock, hooked ? hook.config(platform, folder) : platform.config(folder));
    }

    @Test
    void itHearsOfTheLastDaysAndOfWhatIsThereYet() throws Exception {
        Secret lasting = key();
        String old = failing("old");
        clock.advance(Duration.ofHours(20));
        String recent = failing("recent");
        String ended = failing("ended");
        String mended = failing("mended");
        platform.mood(Mood.GIVES);
        Got again =
                server.admin("PUT", "/v1/connections/" + mended + "/credential", "{\"credential\":{" + CLIENT + "}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/connections/" + ended + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        clock.advance(Duration.ofDays(2).plusHours(5));
        restart(true);

        Told one = hook.next();
        Told other = hook.next();
        assertThat(Set.of(one.connection() + " " + one.type(), other.connection() + " " + other.type()))
                .containsExactlyInAnyOrder(recent + " connection.failing", mended + " connection.recovered");
        assertThat(one.body() + other.body()).doesNotContain("s3cret-of-me", "access-");
        assertThat(undelivered(lasting)).containsExactlyInAnyOrder(old + " old", ended + " revoked");
        assertThat(hook.told()).isEmpty();

        platform.expire();
        platform.mood(Mood.SAYS_INVALID_GRANT);
        assertThat(connected.get(server, recent, "/x").status()).isEqualTo(424);
        Told next = hook.next();
        assertThat(next.connection() + " " + next.type()).isEqualTo(recent + " connection.needs_reauth");
    }

    @Test
    void whatItDidNotTakeIsToldAfterAStartAndOnlyOnce() throws Exception {
        hook.answers(500);
        restart(true);
        String id = failing("crm");
        Told first = hook.next();
        assertThat(first.connection()).isEqualTo(id);
        restart(true);
        hook.answers(204);
        Told second = later();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo(first.body());
        hook.told().clear();
        restart(false);
        String other = failing("other");
        restart(true);
        assertThat(hook.next().connection())
                .as("what was taken is not told again")
                .isEqualTo(other);
    }

    /// Told again after the pause that it has earned, whatever was sent before it answered otherwise.
    private Told later() throws InterruptedException {
        Told second = null;
        for (int i = 0; second == null && i < 60; i++) {
            clock.advance(Duration.ofSeconds(30));
            second = hook.told().poll(2, TimeUnit.SECONDS);
        }
        assertThat(second).as("it is told again").isNotNull();
        return second;
    }

    /// One that lives longer than that of the first start.
    private Secret key() {
        String made = server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications", "")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
        return Secret.of(Customer.created(
                        server,
                        "/v1/applications/" + made + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"lasting\",\"scopes\":\"role\"}")
                .get("secret")
                .asString());
    }

    private Set<String> undelivered(Secret key) {
        Set<String> said = new TreeSet<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (said.size() < 2 && System.nanoTime() - until < 0) {
            said.clear();
            JsonNode rows = server.admin(key, "GET", "/v1/audit?verb=connection.undelivered", "")
                    .json()
                    .get("items");
            rows.forEach(row -> said.add(row.get("target").asString() + " "
                    + row.get("detail").get("why").asString()));
        }
        return said;
    }
}
