package dev.gatehouse.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// A flood of refusals is never a flood of writes, and what is not written is counted.
class EventsTest {
    private static final Id CREDENTIAL = new Id(Kind.CREDENTIAL, 7);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Events events = new Events(registry);
    private final Logger log = (Logger) LoggerFactory.getLogger("gatehouse");
    private final Level before = log.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void forget() {
        log.detachAppender(lines);
        log.setLevel(before);
    }

    private void refuse(String reason, String from, String request) {
        events.add(new Event.Refused("orders", address(from), request, reason, "", Optional.of(CREDENTIAL)));
    }

    private void issue(String request) {
        events.add(new Event.Issued("orders", address("192.0.2.1"), request, CREDENTIAL));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> written() {
        return lines.list.stream()
                .map(line -> line.getFormattedMessage()
                        + line.getKeyValuePairs().stream()
                                .map(pair -> " " + pair.key + "=" + pair.value)
                                .collect(Collectors.joining()))
                .toList();
    }

    private long lost(String event) {
        return (long) registry.get("gatehouse.events.lost")
                .tag("event", event)
                .counter()
                .count();
    }

    @Test
    void eventsOfTheSameReasonCredentialAndNetworkAreOneLine() {
        for (int i = 0; i < 1000; i++) {
            refuse("cred_revoked", "192.0.2." + i % 256, "r" + i);
        }
        refuse("cred_revoked", "198.51.100.1", "other");
        refuse("wrong_api", "192.0.2.1", "third");
        issue("fourth");
        events.round();
        assertThat(written())
                .containsExactly(
                        "issued api=orders request=fourth about=" + CREDENTIAL + " network=192.0.2.0/24 count=1",
                        "refused api=orders request=r0 reason=cred_revoked about=" + CREDENTIAL
                                + " network=192.0.2.0/24 count=1000",
                        "refused api=orders request=other reason=cred_revoked about=" + CREDENTIAL
                                + " network=198.51.100.0/24 count=1",
                        "refused api=orders request=third reason=wrong_api about=" + CREDENTIAL
                                + " network=192.0.2.0/24 count=1");
        assertThat(lost("refused")).isZero();
        events.round();
        assertThat(written()).hasSize(4);
    }

    @Test
    void linesAreBoundedAndWhatIsNotInOneIsCounted() {
        for (int i = 0; i < 256; i++) {
            refuse("bad_credential", "192.0." + i + ".1", "r");
        }
        refuse("bad_credential", "192.0.0.9", "r");
        events.round();
        assertThat(written()).hasSize(Lane.MOST_LINES).first().asString().endsWith("count=2");
        assertThat(lost("refused")).isEqualTo(256 - Lane.MOST_LINES);
    }

    @Test
    void waitingEventsAreBoundedAndWhatDoesNotFitIsCounted() {
        for (int i = 0; i < Lane.MOST_WAITING + 10; i++) {
            refuse("bad_credential", "192.0.2.1", "r");
        }
        assertThat(lost("refused")).isEqualTo(10);
        events.round();
        assertThat(written()).singleElement().asString().endsWith("count=" + Lane.MOST_WAITING);
        refuse("bad_credential", "192.0.2.1", "again");
        assertThat(lost("refused")).isEqualTo(10);
    }

    @Test
    void aFloodOfRefusalsTakesNoRoomFromTokensIssued() {
        for (int i = 0; i < 2 * Lane.MOST_WAITING; i++) {
            refuse("bad_credential", "192." + i % 128 + ".0.1", "r");
        }
        issue("mine");
        events.round();
        assertThat(written())
                .contains("issued api=orders request=mine about=" + CREDENTIAL + " network=192.0.2.0/24 count=1");
        assertThat(lost("refused")).isPositive();
        assertThat(lost("issued")).isZero();
    }

    @Test
    void everyEventIsInALineOrCountedAsLostWhoeverLeavesItMeanwhile() throws InterruptedException {
        int each = 20_000;
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(caller -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        refuse("bad_credential", "10." + caller + "." + i % 32 + ".1", "r");
                    }
                }))
                .toList();
        while (callers.stream().anyMatch(Thread::isAlive)) {
            events.round();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        events.round();
        long counted = written().stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('=') + 1)))
                .sum();
        assertThat(counted + lost("refused")).isEqualTo(4L * each);
    }

    @Test
    void whatIsNotAvailableIsSaidAndNothingThatTheCallerSent() {
        events.add(Event.Refused.of(head(), "orders", new Refusal.Unavailable("the database", Duration.ofSeconds(1))));
        events.add(Event.Refused.of(head(), "orders", new Refusal.Malformed("sent by the caller")));
        events.round();
        assertThat(written())
                .containsExactly(
                        "refused api=orders request=id reason=unavailable what=the database about=-"
                                + " network=192.0.2.0/24 count=1",
                        "refused api=orders request=id reason=malformed about=- network=192.0.2.0/24 count=1");
    }

    private static HttpFacts head() {
        return new HttpFacts(
                "id",
                "orders",
                true,
                "GET",
                "orders.example",
                "/things",
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer sent")),
                Bytes.NONE,
                address("192.0.2.1"),
                0);
    }

    @Test
    void whatIsLeftIsWrittenAtTheEnd() {
        Events running = new Events(new SimpleMeterRegistry()).start();
        running.add(new Event.Refused("orders", address("2001:db8::1"), "r", "no_credential", "", Optional.empty()));
        running.close();
        assertThat(written())
                .containsExactly("refused api=orders request=r reason=no_credential about=-"
                        + " network=2001:db8:0:0:0:0:0:0/64 count=1");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.77, 192.0.2.0/24", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64"})
    void noMoreThanTheNetworkOfACallerIsWritten(String from, String network) {
        assertThat(Networks.of(address(from))).isEqualTo(network);
    }
}
