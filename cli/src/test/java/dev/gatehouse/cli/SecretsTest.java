package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.client.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Credentials with several parts, as files and pipes give them.
class SecretsTest {
    private static Json.Obj fields(String text) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Terminal terminal = new Terminal(
                nowhere, nowhere, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of());
        return Secrets.fields(terminal, "-");
    }

    @Test
    void valueIsAllThatStandsBehindTheSign() {
        Json.Obj fields = fields("username=anna\r\npassword=a=b \n\n");
        assertThat(fields.members()).hasSize(2);
        assertThat(fields.text("username")).contains("anna");
        assertThat(fields.text("password")).contains("a=b ");
    }

    @Test
    void tokensAsLongAsAnyPartMayBeAreReadWhole() {
        String token = "t".repeat(8 * 1024);
        Json.Obj fields = fields("access_token=" + token + "\nrefresh_token=" + token + "\nid=1");
        assertThat(fields.text("refresh_token")).contains(token);
        assertThat(fields.text("id")).contains("1");
    }

    @Test
    void whatIsCutOrSaidTwiceIsComplainedOf() {
        assertThatThrownBy(() -> fields("a=" + "x".repeat(70_000))).hasMessageContaining("longer than 65536 bytes");
        assertThatThrownBy(() -> fields("a=1\na=2")).hasMessageContaining("has a twice");
        assertThatThrownBy(() -> fields("a=1\n=2")).hasMessageContaining("NAME=VALUE");
    }
}
