package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clients that have to have a second factor, of people whose second factor a provider asks for.
class WishedProviderTest extends FederationWorld {
    /// Whoever is signed in by its password can show a second factor at a provider that is believed, and is
    /// asked to.
    @Test
    void whoeverIsAskedForASecondFactorMayShowItAtAProviderThatIsTrusted() throws IOException {
        Reader reader = signedIn();
        linked(reader, "sub-1");
        clock.advance(Duration.ofSeconds(1));
        String claims = "&claims=%7B%22id_token%22%3A%7B%22acr%22%3A%7B%22essential%22%3Atrue%2C"
                + "%22values%22%3A%5B%222%22%5D%7D%7D%7D";
        try (Landing client = Landing.open(server)) {
            assertThat(client.answer(
                            reader.open(client.request("openid", claims)).header("Location")))
                    .as("nobody takes the provider's word")
                    .containsEntry("error", "unmet_authentication_requirements");
            changed("\"trusted\":[\"mfa\"]");
            reader.open(client.request("openid", claims));
            assertThat(reader.page().text()).contains("id=\"sign-in\"");
            String url = leaving(reader, "provider", "acme");
            reader.open(back(provider.agree(url, Map.of("sub", "sub-1", "amr", List.of("pwd", "mfa")))));
            reader.follow();
            assertThat(reader.page().text()).contains("id=\"allow\"");
        }
    }
}
