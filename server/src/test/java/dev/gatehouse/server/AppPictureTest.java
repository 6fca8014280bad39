package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The secret of an app as a picture (ADR 0029): on the page alone, and the same that its link and its text say.
class AppPictureTest {
    private static final String SECURITY = "/oauth2/security";
    private static final Pattern LINK = Pattern.compile("id=\"open-app\" href=\"(otpauth://[^\"]+)\"");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String link(Got page) {
        Matcher link = LINK.matcher(page.text());
        assertThat(link.find()).as(page.text()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    /// Drawn by the page: nothing is loaded, nothing is kept, and no policy is loosened for it.
    private static void onThePageAlone(Got page) {
        String secret = link(page).replaceFirst(".*secret=([A-Z2-7]+).*", "$1");
        assertThat(Camera.read(page.text())).isEqualTo(link(page));
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                        + " frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.header("Location") + page.headers()).doesNotContain(secret);
        assertThat(page.text())
                .contains("role=\"img\" aria-label=\"The key for your app as a QR code\"")
                .doesNotContain("<script", "style=", "data:", "<img");
    }

    @Test
    void thePictureSaysWhatTheLinkSays() {
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open(SECURITY);
        Got shown = reader.send(SECURITY, "set-up", "yes");
        onThePageAlone(shown);
        AuthenticatorApp app = AuthenticatorApp.scanning(shown.text(), clock);
        Got wrong = reader.send(SECURITY, "code", app.wrong());
        assertThat(Camera.read(wrong.text())).as("mistyped").isEqualTo(link(shown));
        assertThat(reader.send(SECURITY, "code", app.code()).text())
                .as("set up")
                .doesNotContain("<svg", "otpauth:");
    }

    @Test
    void whoHasToSetOneUpScansItToo() {
        Setup.secondFactor(server, "\"required\"");
        Reader reader = new Reader(server, "orders");
        Got shown = reader.signIn(alice);
        onThePageAlone(shown);
        assertThat(link(shown)).contains(":alice?secret=");
    }
}
