package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with a customer that signs calls, as the provider's own client signs them.
abstract class SignedCalls {
    static final String SECRET = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJwcm9qZWN0IjoiYWNtZSJ9.c2ln";
    static final String KEY = "my-signature-key";
    static final String MISSING = "{\"error\":{\"code\":403,\"message\":\"Headers are missing\"}}";
    static final String WRONG = "{\"error\":{\"code\":403,\"message\":\"Headers are not correct\"}}";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    RunningServer server;
    String acme = "";
    String application = "";
    String signingKey = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(
                folder, clock, "name: traefik, serves: verify, proxy: traefik, trusted-proxies: 127.0.0.1");
        Customer.created(server, "/v1/apis", """
                {"name": "inbenta", "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"],
                 "upstream": "%s", "scopes": {"reporting": {"description": "Reporting"}},
                 "routes": [{"methods": ["*"], "path": "/prod/reporting/**", "any": ["reporting"], "signed": true},
                            {"methods": ["*"], "path": "/prod/chat/**", "any": ["reporting"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        String role = Setup.role(server, "reports", List.of("reporting"), "inbenta");
        acme = id(Customer.created(server, "/v1/organizations", "{\"name\":\"acme\"}"));
        application = application("bot", "acme-key", role);
        Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + SECRET + "\"}");
        signingKey = id(signingKey(application, ",\"secret\":\"" + KEY + "\""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    String application(String name, String key, String role) {
        return id(Customer.created(
                server,
                "/v1/organizations/" + acme + "/applications",
                "{\"name\":\"" + name + "\",\"client_id\":\"" + key + "\",\"role\":\"" + role + "\"}"));
    }

    JsonNode signingKey(String of, String more) {
        return Customer.created(
                server,
                "/v1/applications/" + of + "/credentials",
                "{\"kind\":\"signing_key\",\"name\":\"k\"" + more + "}");
    }

    String token() {
        Got got = server.send(
                "orders", "POST", "/v1/auth", "{\"secret\":\"" + SECRET + "\"}", "x-inbenta-key", "acme-key");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("accessToken").asString();
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String plus(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    Got send(String method, String path, String body, String signature, String version, String time) {
        return server.send("orders", method, path, body, headers(token(), signature, version, time));
    }

    static String[] headers(String token, String signature, String version, String time) {
        List<String> headers =
                new ArrayList<>(List.of("x-inbenta-key", "acme-key", "Authorization", "Bearer " + token));
        for (List<String> one : List.of(
                List.of("x-inbenta-signature", signature),
                List.of("x-inbenta-signature-version", version),
                List.of("x-inbenta-timestamp", time))) {
            if (!one.getLast().isEmpty()) {
                headers.addAll(one);
            }
        }
        return headers.toArray(String[]::new);
    }

    static String base(String method, String path, String query, String body, long time) {
        return method + "&" + plus(path) + (query.isEmpty() ? "" : "&" + query)
                + (body.isEmpty() ? "" : "&" + plus(body)) + "&" + time + "&v1";
    }

    Got events(String key) {
        String signature = hmac(key, base("GET", "v1/events", "", "", now()));
        return send("GET", "/prod/reporting/v1/events", "", signature, "v1", Long.toString(now()));
    }

    static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static void refused(Got got, String text) {
        assertThat(got.text()).isEqualTo(text);
        assertThat(got.status()).isEqualTo(403);
        assertThat(got.header("x-inbenta-signature")).isEmpty();
    }
}
