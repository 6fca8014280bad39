package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that somebody besides the caller hears.
class HeardAnswerTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";

    private static Function<HttpFacts, Outcome> heard(RawUpstream upstream, Consumer<Bytes> by) {
        URI uri = URI.create("http://127.0.0.1:" + upstream.port());
        return head -> new Outcome.Forward(
                uri,
                head.path(),
                List.of(),
                () -> true,
                true,
                List.of(),
                Optional.empty(),
                Optional.of(new Outcome.Hearing(4, by)));
    }

    @Test
    void anAnswerIsHeardBeforeItsCallerHasAllOfIt() throws IOException {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = new RawUpstream(GOOD);
                TestBench bench = new TestBench(
                        heard(upstream, bytes -> heard.add(new String(bytes.toArray(), StandardCharsets.UTF_8))));
                RawClient client = bench.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
                assertThat(heard.poll()).isEqualTo("good");
            }
        }
    }

    /// GAUNTLET M04: the copies share the budget of the bodies; the caller notices nothing of it.
    @ParameterizedTest
    @CsvSource({"1,", "3,", "4,good"})
    void anAnswerThatThereIsNoMemoryForIsNotHeard(long budget, @Nullable String heard) throws IOException {
        LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = new RawUpstream(GOOD);
                TestBench bench = new TestBench(
                        heard(upstream, bytes -> all.add(new String(bytes.toArray(), StandardCharsets.UTF_8))),
                        BodyBudgetTest.holding(budget));
                RawClient client = bench.client()) {
            assertThat(client.send(GET).answer().body()).isEqualTo("good");
            assertThat(all.poll()).isEqualTo(heard);
        }
    }

    /// What was copied is given back: the next answer finds room.
    @Test
    void aCopyIsHeldUntilItsRequestIsAnswered() throws IOException {
        LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();
        try (RawUpstream upstream = new RawUpstream(GOOD);
                TestBench bench = new TestBench(
                        heard(upstream, bytes -> all.add(new String(bytes.toArray(), StandardCharsets.UTF_8))),
                        BodyBudgetTest.holding(4));
                RawClient client = bench.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
                assertThat(all.poll()).isEqualTo("good");
            }
        }
    }

    /// Not even while others wait to hear theirs.
    @Test
    void whoNeverEndsToHearHoldsNoAnswerBackAndNoOtherWork() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        List<RawClient> clients = new ArrayList<>();
        try (RawUpstream upstream = new RawUpstream(GOOD);
                TestBench bench = new TestBench(heard(upstream, _ -> await(end)), TestBench.SHORT)) {
            for (int i = 0; i < TestBench.SHORT.mint() + 1; i++) {
                RawClient client = bench.client();
                clients.add(client);
                assertThat(client.send(GET).answer().body()).isEqualTo("good");
            }
        } finally {
            end.countDown();
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
