package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.NodeConfig.Mail;
import dev.gatehouse.server.config.NodeConfig.Smtp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How letters are sent.
class MailConfigTest extends NodeConfigFixture {
    @Test
    void filesInTheDataFolderByDefault() {
        assertThat(good("data: /d", Map.of(), Map.of()).mail())
                .isEqualTo(new Mail("Gatehouse <gatehouse@localhost>", Path.of("/d/mail"), false, Optional.empty()));
        assertThat(good("data: /d", Map.of(), Map.of()).mail().reaches()).isFalse();
        assertThat(good("mail: {folder: /letters}", Map.of(), Map.of()).mail().reaches())
                .isTrue();
        assertThat(good("mail: {folder: /letters}", Map.of(), Map.of()).mail().folder())
                .isEqualTo(Path.of("/letters"));
    }

    @Test
    void aServerWithItsPassword() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "s3cret\n");
        NodeConfig config = good("""
                mail: {from: Shop <a@shop.example>, smtp-host: mail.example, smtp-user: gatehouse,
                       smtp-password-file: %s}
                """.formatted(file), Map.of(), Map.of());
        Smtp smtp = config.mail().smtp().orElseThrow();
        assertThat(smtp.host()).isEqualTo("mail.example");
        assertThat(smtp.port()).isEqualTo(587);
        assertThat(smtp.security()).isEqualTo(Smtp.Security.STARTTLS);
        assertThat(smtp.user()).contains("gatehouse");
        assertThat(smtp.password().map(Secret::reveal)).contains("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp-host: m | mail.from is missing",
                "smtp-port: 25 | means nothing without mail.smtp-host",
                "from: a@b, smtp-host: m, smtp-user: u | go together",
                "from: a@b, smtp-host: m, folder: /x | means nothing beside mail.smtp-host",
                "from: 'a@b, c@d' | must be an address",
                "from: 'Shop <a@b' | must be an address",
                "from: a@b, smtp-host: m, smtp-user: u, smtp-password-file: /none | cannot be read",
                "from: a@b, smtp-host: m, smtp-user: u, smtp-password-file: /none, smtp-security: none | without TLS"
            })
    void mistakesAreNamed(String mail, String mistake) {
        assertThat(wrong("mail: {" + mail + "}", Map.of(), Map.of()))
                .anySatisfy(one -> assertThat(one.toString()).contains(mistake));
    }
}
