package dev.gatehouse.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.NodeConfig.Mail;
import dev.gatehouse.server.config.NodeConfig.Smtp;
import dev.gatehouse.server.notice.Came;
import dev.gatehouse.testkit.ClosedPort;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Letters, by SMTP and into files.
class MailerTest {
    private static final Letter LETTER = new Letter(
            "alice@people.example", "Neues Passwort f\u00fcr Sie", "Hallo\n.\nhttps://api.example/x?link=y\n");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private FakeSmtp server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeSmtp();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Mailer mailer(Optional<Smtp> smtp) {
        Mail mail = new Mail("Shop <accounts@shop.example>", folder.resolve("mail"), false, smtp);
        return Mailer.of(mail, clock, new Random(1));
    }

    private Mailer smtp(Smtp.Security security) {
        return mailer(Optional.of(new Smtp("127.0.0.1", server.port(), security, Optional.empty(), Optional.empty())));
    }

    @Test
    void aServerTakesALetterWhole() {
        assertThat(smtp(Smtp.Security.NONE).send(LETTER)).isEqualTo(new Came.Delivered());
        assertThat(server.heard())
                .contains(
                        "MAIL FROM:<accounts@shop.example>",
                        "RCPT TO:<alice@people.example>",
                        "From: Shop <accounts@shop.example>",
                        "To: alice@people.example",
                        "Subject: =?UTF-8?Q?Neues_Passwort_f=C3=BCr_Sie?=",
                        "Hallo",
                        "..",
                        "https://api.example/x?link=y");
    }

    @Test
    void anAddressThatNobodyHasIsGivenUpAndATroubleIsNot() {
        server.onRecipient("550 nobody");
        assertThat(smtp(Smtp.Security.NONE).send(LETTER)).isInstanceOf(Came.Refused.class);
        server.onRecipient("451 later");
        assertThat(smtp(Smtp.Security.NONE).send(LETTER)).isInstanceOf(Came.Failed.class);
    }

    /// Nothing of a letter goes over a connection in clear, and no password.
    @Test
    void aServerWithoutTlsHearsNothing() {
        Smtp smtp = new Smtp(
                "127.0.0.1",
                server.port(),
                Smtp.Security.STARTTLS,
                Optional.of("gatehouse"),
                Optional.of(Secret.of("the password")));
        assertThat(mailer(Optional.of(smtp)).send(LETTER)).isInstanceOf(Came.Failed.class);
        assertThat(server.heard()).allMatch(line -> line.matches("(EHLO|HELO|QUIT).*"));
    }

    @Test
    void whereNobodyListensIsATrouble() {
        try (ClosedPort nobody = new ClosedPort()) {
            Smtp smtp = new Smtp("127.0.0.1", nobody.number(), Smtp.Security.NONE, Optional.empty(), Optional.empty());
            assertThat(mailer(Optional.of(smtp)).send(LETTER)).isInstanceOf(Came.Failed.class);
        }
    }

    @Test
    void aFolderKeepsTheNewest() throws IOException {
        Mailer files = mailer(Optional.empty());
        Path foreign = Files.createDirectories(folder.resolve("mail")).resolve("0000-not-ours.eml");
        Files.writeString(foreign, "of somebody else");
        for (int i = 0; i < FileMailer.MOST + 3; i++) {
            clock.advance(java.time.Duration.ofSeconds(1));
            assertThat(files.send(LETTER)).isEqualTo(new Came.Delivered());
        }
        try (Stream<Path> all = Files.list(folder.resolve("mail"))) {
            List<Path> letters = all.sorted().toList();
            assertThat(letters).contains(foreign).hasSize(FileMailer.MOST + 1);
            assertThat(letters.getLast()).content().contains("To: alice@people.example");
        }
    }

    @Test
    void aFolderThatIsNoneIsATrouble() throws IOException {
        Files.writeString(folder.resolve("mail"), "a file");
        assertThat(mailer(Optional.empty()).send(LETTER)).isInstanceOf(Came.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice@",
                "@people.example",
                "alice@people.example,bob@people.example",
                "alice@people.example\nBcc: bob@people.example",
                "alice@people.example\r\n",
                "alice <alice@people.example>",
                "\"a b\"@people.example",
                "alice@[127.0.0.1]",
                "\u00e4@people.example",
                "a..b@people.example",
                "a(b)@people.example"
            })
    void whatIsNoPlainAddressGetsNothing(String address) {
        assertThat(Letter.address(address)).isEmpty();
        assertThatThrownBy(() -> new Letter(address, "s", "t")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressOfAnyLengthIsReadAtOnce() {
        assertThat(Letter.address("a".repeat(64) + "@" + "b.".repeat(90) + "example"))
                .isPresent();
        assertThat(Letter.address("a@" + "b.".repeat(100_000) + "c")).isEmpty();
    }
}
