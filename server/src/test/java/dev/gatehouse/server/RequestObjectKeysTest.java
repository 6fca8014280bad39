package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request object says of the key that it was signed under, and objects that are no signed ones (RFC 9101
/// sections 5 and 6), over HTTP.
class RequestObjectKeysTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private SigningApp app;
    private SigningApp other;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        app = SigningApp.create(server, "signer", List.of("one", "two"), "");
        other = SigningApp.create(server, "stranger", List.of("one", "theirs"), "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, Object> header(String keyId) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "ES256");
        header.put("typ", "oauth-authz-req+jwt");
        header.put("kid", keyId);
        return header;
    }

    /// An object of the application, signed under a key of somebody's, that says this key.
    private String object(SigningApp signer, String key, Map<String, Object> header) {
        return signer.with(key).sign(header, app.object(clock.instant()));
    }

    private Got bring(Map<String, ?> parameters) {
        return server.call("orders", "GET", "/oauth2/authorize?" + SigningApp.form(parameters));
    }

    private Got bring(String object) {
        return bring(Map.of("client_id", app.clientId(), "request", object));
    }

    private Got push(String object) {
        return app.push(Map.of("request", object), app.with("one").assertion(server.base("orders"), clock.instant()));
    }

    private void taken(String object) {
        assertThat(bring(object).text()).contains("id=\"sign-in\"");
        assertThat(push(object).status()).isEqualTo(201);
    }

    /// Where the client has one redirect URI it is told there (RFC 6749 section 3.1.2.3), and nothing of the
    /// object.
    private static void told(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(303);
        assertThat(got.header("Location"))
                .startsWith(SigningApp.REDIRECT + "?error=invalid_request_object&")
                .doesNotContain("code=", SigningApp.STATE);
    }

    private void refused(String object) {
        told(bring(object));
        Got pushed = push(object);
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(400);
        assertThat(pushed.json().get("error").asString()).isEqualTo("invalid_request_object");
    }

    /// Section 6.2, RFC 7515 section 4.1.4: a `kid` says which of the client's keys it is, and no other is tried.
    @Test
    void aKeyIdIsThatOfTheKeyThatSigned() {
        taken(object(app, "one", header("one")));
        taken(object(app, "two", header("two")));
        refused(object(app, "one", header("two")));
        refused(object(app, "two", header("one")));
        for (String unknown : List.of("three", "theirs", "ONE", "", "one ", "../one", "' or 1=1")) {
            refused(object(app, "one", header(unknown)));
        }
    }

    /// Section 10.2: and of the client's alone, whatever others call theirs.
    @Test
    void aKeyOfAnotherClientSignsNothing() {
        refused(object(other, "theirs", header("theirs")));
        refused(object(other, "theirs", header("one")));
        refused(object(other, "one", header("one")));
        Map<String, Object> foreign = other.object(clock.instant());
        refused(other.with("one").sign(header("one"), foreign));
        refused(app.with("one").sign(header("one"), foreign));
    }

    /// RFC 8725 section 3.10: no header brings a key, or says where one is.
    @Test
    void aKeyThatComesAlongIsNone() {
        String theirs = SigningClient.jwks("theirs", other.keys().get("theirs"));
        Object key = RunningServer.JSON.readTree(theirs).get("keys").get(0);
        for (String name : List.of("jwk", "jku", "x5u", "x5c", "crit")) {
            Map<String, Object> header = header("theirs");
            header.put(name, name.equals("jwk") ? key : name.startsWith("x5c") ? List.of("AAAA") : "https://a.test/k");
            refused(object(other, "theirs", header));
            header.put("kid", "one");
            refused(object(app, "one", header));
        }
    }

    /// Section 6.1, which is optional: what is encrypted is not read, and its inside never stands for a signed one.
    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP-256", "ECDH-ES", "dir", "none", "ES256"})
    void whatIsEncryptedIsRefused(String alg) {
        String header = "{\"alg\":\"" + alg + "\",\"enc\":\"A256GCM\",\"cty\":\"JWT\",\"kid\":\"one\"}";
        String head = SigningClient.text(header.getBytes(StandardCharsets.UTF_8));
        refused(head + ".a2V5.MTIzNDU2Nzg5MDEy.Y2lwaGVydGV4dA.MTIzNDU2Nzg5MDEyMzQ1Ng");
        refused(head + "..MTIzNDU2Nzg5MDEy.Y2lwaGVydGV4dA.MTIzNDU2Nzg5MDEyMzQ1Ng");
        String signed = object(app, "one", header("one"));
        refused(signed + ".Y2lwaGVydGV4dA.MTIzNDU2Nzg5MDEyMzQ1Ng");
        refused(head + "." + signed.substring(0, signed.lastIndexOf('.')) + "." + signed);
        taken(signed);
    }

    /// Section 5: `client_id` stands beside the object, though it is in it too.
    @Test
    void anObjectWithoutAClientIdBesideItIsNobodys() {
        String object = object(app, "one", header("one"));
        for (Map<String, String> request : List.of(
                Map.of("request", object),
                Map.of("request", object, "client_id", ""),
                Map.of("request", object, "redirect_uri", SigningApp.REDIRECT, "response_type", "code"))) {
            Got got = bring(request);
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("id=\"error\"", "client_id is missing");
            assertThat(got.header("Location")).isEmpty();
        }
        told(bring(Map.of("request", object, "client_id", other.clientId())));
    }

    /// Section 5: never both, wherever the second is.
    @Test
    void neverByValueAndByReference() {
        String object = object(app, "one", header("one"));
        Got pushed = push(object);
        for (String uri : List.of(
                "https://signer.example.com/request",
                "urn:ietf:params:oauth:request_uri:x",
                pushed.json().get("request_uri").asString())) {
            Got got = bring(Map.of("client_id", app.clientId(), "request", object, "request_uri", uri));
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("id=\"error\"", "exclude each other");
        }
    }

    /// Section 6.3: what stands beside the object counts for nothing, the place for the answer too.
    @Test
    void whatStandsBesideItIsPassedOver() {
        Map<String, Object> outer = new LinkedHashMap<>(app.request());
        outer.put("request", object(app, "one", header("one")));
        outer.put("redirect_uri", "https://evil.test/");
        outer.put("response_type", "token");
        outer.put("prompt", "none");
        outer.put("state", "other");
        assertThat(bring(outer).text()).contains("id=\"sign-in\"");
        Map<String, Object> silent = app.object(clock.instant());
        silent.put("prompt", "none");
        outer.put("request", app.with("one").sign(header("one"), silent));
        outer.remove("prompt");
        assertThat(bring(outer).header("Location"))
                .startsWith(SigningApp.REDIRECT + "?")
                .contains("error=login_required", "state=" + SigningApp.STATE);
    }
}
