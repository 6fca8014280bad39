package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What can be written down of tokens in place of codes: by an operator, and by a client of itself.
class ImplicitTermsTest {
    @TempDir
    Path folder;

    private ConformanceSuite suite;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"grant_types\":[\"implicit\"]",
                "\"grant_types\":[\"implicit\"],\"response_types\":[\"code\"]",
                "\"grant_types\":[\"authorization_code\"],\"response_types\":[\"code\",\"id_token\"]",
                "\"grant_types\":[\"authorization_code\",\"implicit\"],\"response_types\":[\"id_token\"]",
                ImplicitClients.TERMS + ",\"redirect_uris\":[\"http://127.0.0.1/cb\"]",
                ImplicitClients.TERMS + ",\"redirect_uris\":[\"https://localhost/cb\"]",
                ImplicitClients.TERMS + ",\"redirect_uris\":[\"com.example.app:/cb\"]"
            })
    void whatDoesNotFitIsNotWrittenDown(String terms) {
        suite.implicit();
        Got got = new ImplicitClients(suite).write(terms);
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        Got registered = suite.register(terms.replaceAll("],\"", "]\n\"").split("\n", -1));
        assertThat(registered.status()).as(registered.text()).isEqualTo(400);
    }

    @Test
    void noProfileGoesWithIt() {
        suite.implicit();
        JsonNode api = suite.server.admin("GET", "/v1/apis/orders", "").json();
        Got got = suite.server.admin(
                "PUT",
                "/v1/apis/orders",
                api.toString()
                        .replaceAll("\"(id|name)\":\"[^\"]*\",", "")
                        .replace("\"implicit\":true", "\"implicit\":true,\"profile\":\"fapi2\""));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.text()).contains("implicit is left out");
        Got client = new ImplicitClients(suite)
                .write(
                        ImplicitClients.TERMS,
                        ",\"profile\":\"fapi2\",\"token_endpoint_auth_method\":\"private_key_jwt\"");
        assertThat(client.status()).as(client.text()).isEqualTo(400);
        assertThat(client.text()).contains("grant_types has no implicit");
    }
}
