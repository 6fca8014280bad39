package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters where nobody has said how they get to people: they lie in the data folder for an administrator, and the
/// pages promise no more than that (ADR 0051).
class LettersByHandTest {
    private static final String FORGOT = "/oauth2/forgot";

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
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        mailbox.close();
    }

    private Reader reader() {
        return new Reader(server, "orders");
    }

    private String asked(String username) {
        Reader reader = reader();
        reader.open(FORGOT);
        return reader.send(FORGOT, "username", username).text();
    }

    @Test
    void nobodyIsPromisedALetterThatNobodySendsOn() throws Exception {
        Person alice = Person.create(server, "alice");
        assertThat(server.admin("PATCH", "/v1/users/" + alice.id(), "{\"email\":\"alice@people.example\"}")
                        .status())
                .isEqualTo(200);
        assertThat(reader().open("/oauth2/sign-in").text()).doesNotContain(FORGOT);
        assertThat(reader().open(FORGOT).text())
                .contains("ask your administrator")
                .doesNotContain("is sent");
        String answer = asked("alice");
        assertThat(answer).contains("your administrator finds an e-mail").doesNotContain("on its way");
        assertThat(asked("nobody")).as("the same for every name (L01)").isEqualTo(answer);
        assertThat(Files.readString(mailbox.next())).contains("To: alice@people.example");
        assertThat(reader().open("/oauth2/reset?link=over").text())
                .as("a link that is over leads back to the sign-in")
                .doesNotContain(FORGOT)
                .contains("/oauth2/sign-in");
    }

    @Test
    void whereTheFolderWasChosenTheyAreOnTheirWay() throws Exception {
        server = server.restartedWith(folder, clock, "mail: {folder: " + folder.resolve("data/mail") + "}\n");
        assertThat(reader().open("/oauth2/sign-in").text()).contains("href=\"" + FORGOT + "\"");
        assertThat(reader().open(FORGOT).text()).contains("is sent there").doesNotContain("administrator");
        assertThat(asked("nobody")).contains("on its way");
        assertThat(reader().open("/oauth2/reset?link=over").text()).contains("href=\"" + FORGOT + "\"");
    }
}
