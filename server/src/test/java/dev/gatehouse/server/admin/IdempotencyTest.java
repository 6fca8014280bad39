package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Requests with an `Idempotency-Key` have one effect and one reply.
class IdempotencyTest extends AdminFixture {
    private final String shopKeys = "/v1/applications/" + world.t1Shop.id() + "/credentials";

    private Reply call(World.Key caller, String method, String path, String body, String key) {
        return world.call(caller, method, path, body, new Header("Idempotency-Key", key));
    }

    private Reply make(String name, String key) {
        return call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"" + name + "\"}", key);
    }

    /// The body as it is sent.
    private static String sent(Reply reply) {
        return switch (reply.body()) {
            case Body.Binary _ -> throw new AssertionError("bytes");
            case Body.Json(String _, var members) ->
                JsonMapper.builder().build().writeValueAsString(members);
            case Body.Text(String _, String text) -> text;
            case Body.Empty _ -> "";
        };
    }

    /// What is shown of the noun; a receipt is for one reply.
    private static String noun(Reply reply) {
        return sent(reply).replaceAll(",\"receipt\":\\{[^}]*}", "");
    }

    private int children() {
        return items(world.get(world.t1Key, "/v1/organizations")).size();
    }

    @Test
    void theSameRequestHasOneEffectAndOneReply() {
        int before = children();
        Reply first = make("Once", "k-1");
        Reply again = make("Once", "k-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(sent(again)).isEqualTo(sent(first));
        for (String name : List.of("Location", "ETag")) {
            assertThat(header(again, name)).isPresent().isEqualTo(header(first, name));
        }
        assertThat(header(first, "Idempotency-Replayed")).isEmpty();
        assertThat(header(again, "Idempotency-Replayed")).hasValue("true");
        assertThat(children()).isEqualTo(before + 1);
    }

    @Test
    void aSecretIsInEveryReplyAndNotReadableInTheDatabase() throws Exception {
        String body = "{\"kind\":\"api_key\",\"name\":\"k\"}";
        Reply first = call(world.t1Key, "POST", shopKeys, body, "k-secret");
        Reply again = call(world.t1Key, "POST", shopKeys, body, "k-secret");
        assertThat(sent(again)).isEqualTo(sent(first));
        String secret = text(first, "secret");
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret)
                        .doesNotContain("k-secret");
            }
        }
    }

    @Test
    void everyVerbIsRepeatedWithItsReply() {
        String child = "/v1/organizations/" + world.t1child.id();
        for (String verb : List.of("/cut", "/hold", "/lift", "/suspend", "/resume")) {
            Reply first = call(world.t1Key, "POST", child + verb, "", "verb" + verb);
            assertThat(first.status()).isEqualTo(200);
            assertThat(noun(call(world.t1Key, "POST", child + verb, "", "verb" + verb)))
                    .isEqualTo(noun(first));
        }
        assertThat(text(world.get(world.t1Key, child), "generation")).isEqualTo("1");
        Reply patched = call(world.t1Key, "PATCH", child, "{\"name\":\"P\"}", "patch");
        world.call(world.t1Key, "PATCH", child, "{\"name\":\"Q\"}");
        Reply again = call(world.t1Key, "PATCH", child, "{\"name\":\"P\"}", "patch");
        assertThat(noun(again)).isEqualTo(noun(patched));
        assertThat(sent(again)).as("it was waited for again").contains("\"receipt\":{");
        assertThat(text(world.get(world.t1Key, child), "name")).isEqualTo("Q");
        String role = "/v1/roles/" + world.reader.id();
        Reply same = call(world.t1Key, "PATCH", role, "{}", "nothing to do");
        assertThat(problem(same)).isEqualTo("400 invalid_header");
        Reply nothing = call(world.t1Key, "PATCH", role, "{}", "nothing-to-do");
        assertThat(header(call(world.t1Key, "PATCH", role, "{}", "nothing-to-do"), "Idempotency-Replayed"))
                .hasValue("true");
        assertThat(nothing.status()).isEqualTo(200);
    }

    @Test
    void aKeyIsForOneRequest() {
        String child = "/v1/organizations/" + world.t1child.id();
        make("First", "k-2");
        int before = children();
        assertThat(problem(make("Second", "k-2"))).isEqualTo("422 idempotency_key_reused");
        assertThat(problem(call(world.t1Key, "POST", "/v1/organizations", "", "k-2")))
                .isEqualTo("422 idempotency_key_reused");
        assertThat(problem(call(world.t1Key, "PATCH", child, "{\"name\":\"First\"}", "k-2")))
                .isEqualTo("422 idempotency_key_reused");
        assertThat(problem(call(world.t1Key, "POST", child + "/cut", "", "k-2")))
                .isEqualTo("422 idempotency_key_reused");
        assertThat(problem(world.call(
                        world.t1Key,
                        "POST",
                        "/v1/organizations",
                        "{\"name\":\"First\"}",
                        new Header("Idempotency-Key", "k-2"),
                        new Header("If-Match", "*"))))
                .isEqualTo("422 idempotency_key_reused");
        assertThat(children()).isEqualTo(before);
    }

    /// Another caller's key is another key, a sibling's and one of another customer alike.
    @Test
    void noOtherCallerGetsTheReply() {
        String body = "{\"kind\":\"api_key\",\"name\":\"k\"}";
        Reply mine = call(world.t1Key, "POST", shopKeys, body, "shared");
        Reply siblings = call(world.t1Sibling, "POST", shopKeys, body, "shared");
        assertThat(header(siblings, "Idempotency-Replayed")).isEmpty();
        assertThat(text(siblings, "secret")).isNotEqualTo(text(mine, "secret"));
        World.Key foreign = world.key(
                world.application(world.t2, "T2 admin", world.owner),
                new Reach.WholeRole(),
                Window.ALWAYS,
                Restrictions.NONE);
        assertThat(problem(call(foreign, "POST", shopKeys, body, "shared"))).isEqualTo("404 not_found");
        assertThat(problem(call(world.t2Key, "POST", shopKeys, body, "shared"))).isEqualTo("403 insufficient_scope");
    }

    @Test
    void whoMayNoLongerAskGetsNoReply() {
        World.Key brief = world.key(world.t1App, new Reach.WholeRole(), Window.ALWAYS, Restrictions.NONE);
        String body = "{\"kind\":\"api_key\",\"name\":\"k\"}";
        assertThat(call(brief, "POST", shopKeys, body, "k").status()).isEqualTo(201);
        world.call(world.t1Key, "PATCH", "/v1/credentials/" + brief.id(), "{\"scopes\":null}");
        assertThat(problem(call(brief, "POST", shopKeys, body, "k"))).isEqualTo("403 insufficient_scope");
        world.call(world.t1Key, "POST", "/v1/credentials/" + brief.id() + "/revoke", "");
        assertThat(problem(call(brief, "POST", shopKeys, body, "k"))).isEqualTo("401 invalid_token");
    }

    @Test
    void aRefusedRequestIsDecidedAnew() {
        assertThat(problem(make("T1 child", "k-3"))).isEqualTo("409 conflict");
        world.call(world.t1Key, "PATCH", "/v1/organizations/" + world.t1child.id(), "{\"name\":\"Moved\"}");
        assertThat(problem(make("T1 child", "k-3"))).isEqualTo("201 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "ä", "\u0000"})
    void whatIsNoKeyIsRefused(String key) {
        int before = children();
        assertThat(problem(make("x", key))).isEqualTo("400 invalid_header");
        assertThat(problem(make("x", "k".repeat(256)))).isEqualTo("400 invalid_header");
        assertThat(problem(world.call(
                        world.t1Key,
                        "POST",
                        "/v1/organizations",
                        "{\"name\":\"x\"}",
                        new Header("Idempotency-Key", "a"),
                        new Header("Idempotency-Key", "a"))))
                .isEqualTo("400 invalid_header");
        assertThat(children()).isEqualTo(before);
        assertThat(problem(make("longest", "k".repeat(255)))).isEqualTo("201 ");
    }

    @Test
    void ofManyAtOnceOneHasTheEffectAndAllGetItsReply() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "race-" + round;
            List<Reply> replies = race(
                    () -> call(world.t1Key, "POST", shopKeys, "{\"kind\":\"secret\",\"name\":\"" + key + "\"}", key));
            assertThat(replies).extracting(Reply::status).containsOnly(201);
            assertThat(replies).extracting(IdempotencyTest::sent).containsOnly(sent(replies.getFirst()));
            List<Reply> named = race(() -> make(key, "named-" + key));
            assertThat(named).extracting(Reply::status).containsOnly(201);
            assertThat(named).extracting(IdempotencyTest::sent).containsOnly(sent(named.getFirst()));
        }
    }

    /// 10,000 replies are kept for a credential, each for a day.
    @Test
    void aCallerWithoutRoomForAnotherReplyIsToldSoAndNothingIsDone() throws SQLException {
        long caller = world.t1Key.id().value() ^ Long.MIN_VALUE;
        long until = ChronoUnit.MICROS.between(Instant.EPOCH, Installed.NOW.plus(Duration.ofDays(1)));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
                    + " INSERT INTO kept_reply (id, request, reply, expires_at, caller)"
                    + " SELECT randomblob(32), zeroblob(32), x'', " + until + ", " + caller + " FROM n");
        }
        Reply last = make("Last", "room-1");
        assertThat(last.status()).isEqualTo(201);
        int before = children();
        Reply over = make("Over", "room-2");
        assertThat(problem(over)).isEqualTo("409 limit_reached");
        assertThat(text(over, "detail")).contains("10000");
        assertThat(children()).isEqualTo(before);
        assertThat(sent(make("Last", "room-1"))).isEqualTo(sent(last));
        assertThat(world.call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"Over\"}")
                        .status())
                .isEqualTo(201);
        assertThat(call(world.rootKey, "POST", "/v1/organizations", "{\"name\":\"Over\"}", "room-2")
                        .status())
                .isEqualTo(201);
    }

    private static List<Reply> race(Callable<Reply> caller) throws Exception {
        int callers = 6;
        CyclicBarrier start = new CyclicBarrier(callers);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Reply>> running = IntStream.range(0, callers)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.await();
                        return caller.call();
                    }))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
            return replies;
        }
    }
}
