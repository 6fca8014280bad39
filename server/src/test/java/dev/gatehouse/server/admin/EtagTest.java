package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Entity tags and preconditions (RFC 9110 sections 8.8.3 and 13.1).
class EtagTest extends AdminFixture {
    private final String child = "/v1/organizations/" + world.t1child.id();

    private String tag(String path) {
        return header(world.get(world.t1Key, path), "ETag").orElseThrow();
    }

    private Reply call(String method, String path, String body, String name, String value) {
        return world.call(world.t1Key, method, path, body, new Header(name, value));
    }

    @Test
    void everySingleNounHasAStrongTagThatMovesWithIt() {
        for (String path : List.of(
                child,
                "/v1/applications/" + world.t1Shop.id(),
                "/v1/credentials/" + world.t1ShopKey.id(),
                "/v1/roles/" + world.reader.id(),
                "/v1/apis/orders")) {
            assertThat(tag(path)).matches("\"[A-Za-z0-9_-]{22}\"").isEqualTo(tag(path));
        }
        String before = tag(child);
        Reply patched = world.call(world.t1Key, "PATCH", child, "{\"name\":\"Branch\"}");
        assertThat(header(patched, "ETag")).hasValue(tag(child)).isNotEqualTo(before);
    }

    @Test
    void whatIsMadeAnswersWithTheTagOfItsNoun() {
        Reply made = world.call(world.t1Key, "POST", "/v1/organizations", "{\"name\":\"x\"}");
        assertThat(header(made, "ETag")).hasValue(tag(header(made, "Location").orElseThrow()));
        Reply key = world.call(
                world.t1Key,
                "POST",
                "/v1/applications/" + world.t1Shop.id() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"k\"}");
        assertThat(header(key, "ETag")).hasValue(tag(header(key, "Location").orElseThrow()));
    }

    @Test
    void aKnownNounIsNotSentAgain() {
        String tag = tag(child);
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Reply reply = call("GET", child, "", "If-None-Match", known);
            assertThat(reply.status()).as(known).isEqualTo(304);
            assertThat(reply.body()).isEqualTo(new Body.Empty());
            assertThat(header(reply, "ETag")).hasValue(tag);
        }
        assertThat(call("GET", child, "", "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
        assertThat(call("GET", "/v1/organizations/" + world.t2.id(), "", "If-None-Match", "*")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH ", "POST /hold", "POST /lift", "POST /suspend", "POST /cut", "POST /revoke"})
    void aWriteOnAnotherStateThanTheNamedOneIsNotDone(String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = child + operation.substring(operation.indexOf(' ') + 1);
        String stale = tag(child);
        world.call(world.t1Key, "PATCH", child, "{\"name\":\"Branch\"}");
        String now = tag(child);
        for (String refused : List.of(stale, "W/" + now, "\"\"", "\"a\", \"b\"")) {
            assertThat(problem(call(method, path, "", "If-Match", refused)))
                    .as(refused)
                    .isEqualTo("412 precondition_failed");
        }
        assertThat(problem(call(method, path, "", "If-None-Match", "*"))).isEqualTo("412 precondition_failed");
        assertThat(tag(child)).isEqualTo(now);
        assertThat(problem(call(method, path, "", "If-Match", "\"x\", " + now))).isEqualTo("200 ");
        assertThat(problem(call("PATCH", "/v1/roles/" + world.reader.id(), "{}", "If-Match", "*")))
                .isEqualTo("200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\"a", "\"a\" \"b\"", "\"a\",", "*, \"a\"", "w/\"a\"", "\"ä\"", "''"})
    void whatIsNoTagIsRefused(String value) {
        String before = tag(child);
        assertThat(problem(call("PATCH", child, "{\"name\":\"x\"}", "If-Match", value)))
                .isEqualTo("400 invalid_header");
        assertThat(tag(child)).isEqualTo(before);
    }

    @Test
    void whatIsNotThereYetMatchesNothing() {
        assertThat(problem(call("POST", "/v1/organizations", "{\"name\":\"x\"}", "If-Match", "*")))
                .isEqualTo("412 precondition_failed");
        assertThat(problem(call("POST", world.roles(), "{\"name\":\"x\",\"rights\":{}}", "If-Match", "\"a\"")))
                .isEqualTo("412 precondition_failed");
        assertThat(problem(call("PATCH", "/v1/organizations/" + world.t2.id(), "{}", "If-Match", "*")))
                .isEqualTo("404 not_found");
    }

    /// No lost update: of many that read the same state one writes; without a precondition each writes, one after
    /// the other.
    @Test
    void ofManyWritersOfTheSameStateOneWins() throws Exception {
        String tag = tag(child);
        List<Integer> matched =
                race(caller -> call("PATCH", child, "{\"name\":\"by " + caller + "\"}", "If-Match", tag));
        assertThat(matched)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .containsOnly(412);
        List<Integer> free =
                race(caller -> world.call(world.t1Key, "PATCH", child, "{\"name\":\"free " + caller + "\"}"));
        assertThat(free).containsOnly(200);
        assertThat(text(world.get(world.t1Key, child), "version")).isEqualTo("5");
    }

    private interface Caller {
        Reply call(int caller);
    }

    private static List<Integer> race(Caller caller) throws Exception {
        int callers = 4;
        CyclicBarrier start = new CyclicBarrier(callers);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Integer>> all = IntStream.range(0, callers)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        start.await();
                        return caller.call(i).status();
                    })
                    .toList();
            List<Integer> statuses = new java.util.ArrayList<>();
            for (Future<Integer> one : threads.invokeAll(all)) {
                statuses.add(one.get());
            }
            return statuses;
        }
    }
}
