package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// RFC 7592 section 2.2: what a client sends to write its registration anew, member by member.
class RegistrationUpdateTest {
    private static final String POLICY = "{\"role\":\"buyers\",\"open\":true,"
            + "\"redirect_hosts\":[\"notes.example.com\"],"
            + "\"grant_types\":[\"authorization_code\",\"client_credentials\"]}";

    private static final String CLIENT = "{\"client_name\":\"Notes\",\"grant_types\":[\"authorization_code\"],"
            + "\"redirect_uris\":[\"https://notes.example.com/cb\"],\"client_uri\":\"https://notes.example.com\","
            + "\"contacts\":[\"ops@notes.example.com\"],\"id_token_signed_response_alg\":\"ES256\"}";

    @TempDir
    Path folder;

    private RunningServer server;
    private Registrations registrations;
    private JsonNode client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        registrations = new Registrations(server, "orders").letting(POLICY);
        client = registrations.registered(CLIENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got put(String members) {
        return registrations.manage(
                "PUT",
                client,
                "{\"client_id\":" + client.get("client_id") + ",\"redirect_uris\":[\"https://notes.example.com/cb\"]"
                        + members + "}");
    }

    private JsonNode read() {
        return registrations.manage("GET", client, "").json();
    }

    /// Left out, `null` and empty are one and the same: the client wants it no more.
    @Test
    void whatIsNullOrEmptyIsNoMore() {
        for (String nothing : List.of("null", "\"\"")) {
            Got whole = put(CLIENT.substring(0, CLIENT.length() - 1)
                    .replaceFirst("^\\{", ",")
                    .replaceFirst(",\"redirect_uris\":\\[[^]]*]", ""));
            assertThat(whole.json().get("client_uri").asString()).isEqualTo("https://notes.example.com");
            Got got = put(",\"client_name\":\"Notes\",\"client_uri\":" + nothing + ",\"contacts\":"
                    + (nothing.equals("null") ? nothing : "[]") + ",\"id_token_signed_response_alg\":" + nothing
                    + ",\"token_endpoint_auth_method\":" + nothing + ",\"jwks\":" + nothing + ",\"jwks_uri\":" + nothing
                    + ",\"backchannel_logout_uri\":" + nothing + ",\"software_id\":" + nothing);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            JsonNode now = read();
            assertThat(now).isEqualTo(got.json());
            for (String gone : List.of("client_uri", "contacts", "jwks", "jwks_uri", "software_id")) {
                assertThat(now.has(gone)).as(gone + " " + nothing).isFalse();
            }
            assertThat(now.get("id_token_signed_response_alg").asString()).isEqualTo("RS256");
            assertThat(now.get("token_endpoint_auth_method").asString()).isEqualTo("client_secret_basic");
        }
    }

    /// They are told, and never sent; what is `null` is not sent either.
    @Test
    void whatTheServerSaysIsNotSentBack() {
        JsonNode before = read();
        for (String told : List.of(
                "registration_access_token",
                "registration_client_uri",
                "client_id_issued_at",
                "client_secret_expires_at")) {
            Got got = put(",\"client_name\":\"Other\",\"" + told + "\":" + client.get(told));
            assertThat(got.status()).as(told).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
            assertThat(got.json().get("error_description").asString()).contains(told);
            assertThat(got.text())
                    .doesNotContain(client.get("registration_access_token").asString());
        }
        assertThat(read()).isEqualTo(before);
        assertThat(put(",\"registration_access_token\":null,\"client_secret_expires_at\":null")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void itsOwnSecretAndNoOther() {
        JsonNode before = read();
        String other = registrations.registered(CLIENT).get("client_secret").toString();
        for (String secret : List.of(other, "\"\"", "\"x\"", "7", "[]", "\"" + "x".repeat(600) + "\"")) {
            Got got = put(",\"client_name\":\"Other\",\"client_secret\":" + secret);
            assertThat(got.status()).as(secret).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
        }
        assertThat(read()).isEqualTo(before);
        for (String secret : List.of(client.get("client_secret").toString(), "null")) {
            assertThat(put(",\"client_name\":\"Other\",\"client_secret\":" + secret)
                            .status())
                    .as(secret)
                    .isEqualTo(200);
        }
        for (String id : List.of("null", "\"\"", "7", "\"app_other\"")) {
            Got got = registrations.manage("PUT", client, CLIENT.replaceFirst("\\{", "{\"client_id\":" + id + ","));
            assertThat(got.status()).as(id).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
        }
    }

    /// RFC 7591 section 3.2.2, of PUT as of POST.
    @Test
    void eachMistakeHasItsError() {
        JsonNode before = read();
        Map<String, String> wrong = Map.of(
                "\"redirect_uris\":[\"https://evil.example.com/cb\"]",
                "invalid_redirect_uri",
                "\"redirect_uris\":[\"http://notes.example.com/cb\"]",
                "invalid_redirect_uri",
                "\"redirect_uris\":[\"\"]",
                "invalid_redirect_uri",
                "\"redirect_uris\":\"https://notes.example.com/cb\"",
                "invalid_client_metadata",
                "\"redirect_uris\":[]",
                "invalid_redirect_uri",
                "\"client_name\":\"x\"",
                "invalid_redirect_uri",
                "\"redirect_uris\":[\"https://notes.example.com/cb\"],"
                        + "\"backchannel_logout_uri\":\"https://evil.example.com/out\"",
                "invalid_client_metadata",
                "\"redirect_uris\":[\"https://notes.example.com/cb\"],"
                        + "\"post_logout_redirect_uris\":[\"https://evil.example.com/bye\"]",
                "invalid_redirect_uri",
                "\"redirect_uris\":[\"https://notes.example.com/cb\"],\"grant_types\":[\"password\"]",
                "invalid_client_metadata",
                "\"redirect_uris\":[\"https://notes.example.com/cb\"],\"client_uri\":\"x\"",
                "invalid_client_metadata");
        wrong.forEach((members, error) -> {
            Got got = registrations.manage(
                    "PUT", client, "{\"client_id\":" + client.get("client_id") + "," + members + "}");
            assertThat(got.status()).as(members).isEqualTo(400);
            assertThat(got.json().get("error").asString()).as(members).isEqualTo(error);
            assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        });
        assertThat(read()).isEqualTo(before);
    }

    /// RFC 7591 sections 2 and 3.2.2; OpenID Connect Registration section 2; RFC 9701 section 6; JARM section 3.
    @Test
    void keysAtTwoPlacesAndAnswersWithoutSignaturesCannotBeHad() {
        String jwks = SigningClient.jwks("one", SigningClient.draw());
        String uri = "\"jwks_uri\":\"https://notes.example.com/keys\"";
        for (String members : List.of(
                "\"jwks\":" + jwks + "," + uri,
                "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + jwks + "," + uri,
                "\"id_token_signed_response_alg\":\"none\"",
                "\"userinfo_signed_response_alg\":\"none\"",
                "\"authorization_signed_response_alg\":\"none\"",
                "\"introspection_signed_response_alg\":\"none\"",
                "\"introspection_signed_response_alg\":\"HS256\"")) {
            Got made = registrations.send("{\"redirect_uris\":[\"https://notes.example.com/cb\"]," + members + "}");
            Got altered = put("," + members);
            for (Got got : List.of(made, altered)) {
                assertThat(got.status()).as(members).isEqualTo(400);
                assertThat(got.json().get("error").asString()).isEqualTo("invalid_client_metadata");
            }
        }
        Got one =
                registrations.send("{\"redirect_uris\":[\"https://notes.example.com/cb\"],\"jwks\":null," + uri + "}");
        assertThat(one.status()).as(one.text()).isEqualTo(201);
    }
}
