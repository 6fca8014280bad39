package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A passkey in a real browser, whose device is virtual. Where none is installed this is told loudly and not run;
/// `.ci/browser` installs one.
class PasskeyInChromiumTest {
    @TempDir
    Path folder;

    private static Path program() {
        return Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: PasskeyInChromiumTest, because no Chromium is installed. As root on Debian 12,"
                    + " .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
    }

    @Test
    void aPersonMakesAPasskeySignsInWithItAndTakesItBack() throws IOException, InterruptedException {
        Path program = program();
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            String at = Setup.namedApi(server, "orders");
            Person alice = Person.create(server, "alice");
            try (Tab tab = Tab.open(program, folder, true)) {
                String device = tab.device();
                tab.go(at + "/oauth2/sign-in");
                tab.type("#username", alice.username());
                tab.type("#password", alice.password());
                tab.press("#sign-in");
                tab.press("#security");
                tab.type("#name", "Virtual phone");
                tab.press("#make-passkey");
                assertThat(tab.text()).contains("Virtual phone");
                assertThat(tab.keys(device)).isEqualTo(1);
                tab.go(at + "/oauth2/sign-out");
                tab.press("#sign-out");
                tab.go(at + "/oauth2/sign-in");
                tab.press("#use-passkey");
                assertThat(tab.url()).isEqualTo(at + "/oauth2/account");
                assertThat(tab.text()).contains("You are signed in as alice.");
                tab.press("#security");
                tab.press("[name=remove-passkey]");
                assertThat(tab.url()).as("the login ended with the key").isEqualTo(at + "/oauth2/sign-in");
                tab.press("#use-passkey");
                assertThat(tab.text()).contains("That passkey does not work here.");
                assertThat(tab.complaints())
                        .allMatch(complaint -> complaint.contains("403"), "nothing but the refusal");
            }
        }
    }

    @Test
    void withoutScriptsNothingOfItIsSeen() throws IOException, InterruptedException {
        Path program = program();
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            String at = Setup.namedApi(server, "orders");
            try (Tab tab = Tab.open(program, folder, false)) {
                tab.go(at + "/oauth2/sign-in");
                assertThat(tab.text()).contains("Password").doesNotContain("passkey");
            }
        }
    }
}
