package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The secret of an app, read off the screen of a real browser as the camera of a phone reads it. Where none is
/// installed this is told loudly and not run; `.ci/browser` installs one.
class AppPictureInChromiumTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private Path program;
    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        program = Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: AppPictureInChromiumTest, because no Chromium is installed. As root on"
                    + " Debian 12, .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"light,360,true", "dark,360,false", "dark,1280,true", "light,1280,false"})
    void aCameraReadsItOffTheScreen(String scheme, int width, boolean scripts)
            throws IOException, InterruptedException {
        try (Tab tab = Tab.open(program, folder, scripts)) {
            tab.prefers(scheme);
            tab.go(server.base("orders") + "/oauth2/sign-in");
            tab.type("#username", alice.username());
            tab.type("#password", alice.password());
            tab.press("#sign-in");
            tab.go(server.base("orders") + "/oauth2/security");
            tab.press("#set-up");
            byte[] screen = tab.picture(width, 800);
            String link =
                    tab.evaluate("document.querySelector('#open-app').href").asString();
            assertThat(Camera.read(screen)).contains(link);
            assertThat(tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
                            .asBoolean())
                    .as("nothing is wider than the screen")
                    .isTrue();
            tab.type("#code", AuthenticatorApp.scanning(link + "&", clock).code());
            tab.press("#confirm");
            assertThat(tab.text()).contains("Your recovery codes");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
