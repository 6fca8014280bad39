package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ProxyProcess.Kind;
import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.server.http.RawUpstream;
import dev.gatehouse.server.http.RawUpstream.Step;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Behind the recipes nothing arrives without a verdict, whatever answers in its place (GAUNTLET K09).
class ProxyOutageTest extends ProxyFixture {
    /// A proxy that asks somebody who answers whatever is set.
    private record Deceived(ProxyProcess proxy, RawUpstream liar, AtomicReference<Step> answer) {}

    private final Map<Kind, Deceived> deceived = new EnumMap<>(Kind.class);

    /// GAUNTLET K09: what answers in the place of Gatehouse.
    private static Stream<Arguments> answersThatAreNone() {
        Map<String, Step> answers = new LinkedHashMap<>();
        answers.put("an empty 200", Step.keep("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        answers.put("204", Step.keep("HTTP/1.1 204 No Content\r\n\r\n"));
        answers.put("302", Step.keep("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
        answers.put("304", Step.keep("HTTP/1.1 304 Not Modified\r\n\r\n"));
        answers.put("404", Step.keep("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        answers.put("500", Step.keep("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"));
        answers.put("half a head", Step.close("HTTP/1.1 200 OK\r\nX-Gatehouse-Verdict: open\r\n"));
        answers.put("not HTTP", Step.close("nonsense\r\n\r\n"));
        answers.put("nothing", Step.close(""));
        answers.put("silence", Step.keep(""));
        return answers.entrySet().stream()
                .flatMap(answer ->
                        Stream.of(Kind.values()).map(kind -> Arguments.of(kind, answer.getKey(), answer.getValue())));
    }

    @ParameterizedTest(name = "{1} to {0}")
    @MethodSource("answersThatAreNone")
    void withoutAVerdictNothingArrives(Kind kind, String what, Step answer) throws IOException {
        port(kind);
        Deceived proxy = deceived(kind);
        proxy.answer().set(answer);
        int before = proxy.liar().requests();
        undecided(call(proxy.proxy().port(), "GET /open/page", key()));
        assertThat(proxy.liar().requests()).as("it was asked").isGreaterThan(before);
    }

    private Deceived deceived(Kind kind) throws IOException {
        if (!deceived.containsKey(kind)) {
            AtomicReference<Step> answer = new AtomicReference<>(Step.close(""));
            RawUpstream liar = new RawUpstream((_, _) -> answer.get());
            deceived.put(kind, new Deceived(proxy(kind, "http://127.0.0.1:" + liar.port()), liar, answer));
        }
        return deceived.get(kind);
    }

    @AfterAll
    void endDeceived() throws IOException {
        for (Deceived one : deceived.values()) {
            one.proxy().close();
            one.liar().close();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingArrivesOnceTheServerIsGone(Kind kind) throws IOException {
        port(kind);
        RunningServer gone = RunningServer.start(
                Files.createTempDirectory(folder, "gone"),
                new TestClock(),
                "name: verify, serves: verify, proxy: " + kind.program() + ", trusted-proxies: 127.0.0.1");
        Setup.api(gone, "orders", "jwt");
        Customer one = Customer.create(gone, "one", Setup.role(gone, "buyer", "orders"));
        try (ProxyProcess proxy = proxy(kind, gone.base("verify"))) {
            String known = "Authorization: Bearer " + one.apiKey();
            passed(call(proxy.port(), "GET /things", known));
            passed(call(proxy.port(), "GET /open/page"));
            gone.close();
            for (int round = 0; round < 3; round++) {
                undecided(call(proxy.port(), "GET /things", known));
                undecided(call(proxy.port(), "GET /open/page"));
                undecided(call(proxy.port(), "GET /things"));
            }
        }
    }

    private static void undecided(Answer answer) {
        stopped(answer, 401, 403, 404, 500, 502, 503, 504);
    }
}
