package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mailbox that several users have as their address gets a few letters an hour (ADR 0051), and nobody who asks
/// sees a difference (GAUNTLET L01).
class MailboxBoundTest {
    private static final String FORGOT = "/oauth2/forgot";
    private static final String HELD = "gatehouse_letters_held_total";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Mailbox mailbox;

    @BeforeEach
    void start() throws IOException {
        mailbox = new Mailbox(folder.resolve("data"));
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        addressed("alice", "team@people.example");
        addressed("bob", "Team+bob@People.Example");
        addressed("carol", "carol@people.example");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        mailbox.close();
    }

    private void addressed(String username, String address) {
        Person person = Person.create(server, username);
        assertThat(server.admin("PATCH", "/v1/users/" + person.id(), "{\"email\":\"" + address + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private String forgot(String username) {
        Reader reader = new Reader(server, "orders");
        reader.open(FORGOT);
        Got got = reader.send(FORGOT, "username", username);
        clock.advance(Duration.ofSeconds(10));
        return got.status() + got.text();
    }

    private String letter() throws IOException, InterruptedException {
        return Files.readString(mailbox.next());
    }

    private double held() {
        return server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(HELD))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void oneMailboxOfSeveralUsersGetsAFewAnHour() throws Exception {
        List<String> answers = new ArrayList<>();
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(forgot(i % 2 == 0 ? "alice" : "bob"));
            letters.add(letter());
        }
        assertThat(letters).allMatch(text -> text.toLowerCase(Locale.ROOT).contains("to: team"));
        answers.add(forgot("bob"));
        for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); held() < 1 && System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        assertThat(held()).isEqualTo(1);
        answers.add(forgot("carol"));
        assertThat(letter()).as("no sixth; other mailboxes have their own").contains("To: carol@people.example");
        assertThat(answers).containsOnly(answers.getFirst());

        clock.advance(Duration.ofHours(1));
        forgot("bob");
        assertThat(letter()).contains("To: Team+bob@People.Example");
    }
}
