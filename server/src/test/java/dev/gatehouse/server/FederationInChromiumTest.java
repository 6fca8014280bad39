package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sign-in by another provider in a real browser, which runs scripts or does not.
class FederationInChromiumTest extends FederationWorld {
    private Path program() {
        return Chromium.installed().orElseGet(() -> {
            System.err.println("NOT RUN: FederationInChromiumTest, because no Chromium is installed. As root on Debian"
                    + " 12, .ci/browser installs it.");
            return abort("no Chromium is installed: .ci/browser");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theButtonLeadsThereAndBackAndIn(boolean scripts) throws IOException, InterruptedException {
        joining();
        try (Tab tab = Tab.open(program(), folder, scripts)) {
            tab.go(server.base("orders") + SIGN_IN);
            assertThat(tab.text()).contains("Sign in with Acme & Söhne");
            tab.pressOnwards("#providers button");
            assertThat(tab.url()).isEqualTo(server.base("orders") + ACCOUNT);
            assertThat(tab.text()).contains("You are signed in as acme-");
            assertThat(tab.complaints()).isEmpty();
        }
    }
}
