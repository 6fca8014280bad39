package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Calls of a route that wants them signed, as the provider's own client signs them.
class SignedRequestsTest extends SignedCalls {
    @Test
    void theWholeStory() throws IOException {
        Got got = events(KEY);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("x-inbenta-signature"))
                .isEqualTo(hmac(KEY, "v1&" + now() + "&" + plus(json(got.text()))));
        assertThat(got.text()).contains("x-inbenta-timestamp").doesNotContain("x-inbenta-signature\"");

        String body = "{\"question\": \"à b/c*~\"}";
        String query = "b[]=1&b[]=2&a=x+y&c=d/e";
        String signed = base(
                "POST", "v1/events", "a%3D%22x%20y%22%26b%3D%5B%221%22%2C%20%222%22%5D%26c%3D%22d/e%22", body, now());
        Got posted = send(
                "POST",
                "/prod/reporting/v1/events?" + query.replace("[", "%5B").replace("]", "%5D"),
                body,
                hmac(KEY, signed),
                "v1",
                Long.toString(now()));
        assertThat(posted.status()).as(posted.text()).isEqualTo(200);
        assertThat(posted.json().get("bodyBytes").asInt()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);

        server = server.restarted(folder, clock);
        assertThat(events(KEY).status()).isEqualTo(200);
        JsonNode rotated = server.admin(
                        "POST", "/v1/credentials/" + signingKey + "/rotate", "{\"overlap_seconds\":600}")
                .json();
        String next = rotated.get("secret").asString();
        assertThat(next).startsWith("ghg_live_");
        assertThat(events(KEY).status()).as("the old one, for a while").isEqualTo(200);
        assertThat(events(next).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        refused(events(KEY), WRONG);
        assertThat(events(next).status()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/credentials/" + id(rotated) + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        refused(events(next), WRONG);
        assertThat(server.send("orders", "GET", "/prod/chat/v1/x", "", headers(token(), "", "", ""))
                        .status())
                .as("a route that wants no signature")
                .isEqualTo(200);
    }

    @Test
    void whatIsMissingIsMissing() {
        String time = Long.toString(now());
        refused(send("GET", "/prod/reporting/v1/events", "", "", "", ""), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "s", "v1", ""), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "s", "", time), MISSING);
        refused(send("GET", "/prod/reporting/v1/events", "", "", "v1", time), MISSING);
    }

    /// What is changed of a signed call, one thing at a time.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT  | /prod/reporting/v1/events?a=1   | {"a":1}
            POST | /prod/reporting/v1/eventz?a=1   | {"a":1}
            POST | /prod/reporting/v1/events?a=2   | {"a":1}
            POST | /prod/reporting/v1/events       | {"a":1}
            POST | /prod/reporting/v1/events?a=1&b=2 | {"a":1}
            POST | /prod/reporting/v1/events?a=1   | {"a":2}
            POST | /prod/reporting/v1/events?a=1   | {"a":1}x
            """)
    void aSignatureIsOfOneRequest(String method, String target, String body) {
        String signature = hmac(KEY, base("POST", "v1/events", "a%3D%221%22", "{\"a\":1}", now()));
        String time = Long.toString(now());
        refused(send(method, target, body, signature, "v1", time), WRONG);
        assertThat(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", signature, "v1", time)
                        .status())
                .isEqualTo(200);
        String upper = signature.toUpperCase(Locale.ROOT);
        refused(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", upper, "v1", time), WRONG);
        refused(send("POST", "/prod/reporting/v1/events?a=1", "{\"a\":1}", signature, "v2", time), WRONG);
    }

    @ParameterizedTest
    @CsvSource({"-300, 200", "300, 200", "-301, 403", "301, 403"})
    void itCountsForAWhile(long off, int status) {
        long time = now() + off;
        String signature = hmac(KEY, base("GET", "v1/events", "", "", time));
        assertThat(send("GET", "/prod/reporting/v1/events", "", signature, "v1", Long.toString(time))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        for (String time : List.of("x", "-1", "1e9", "999999999999999999999", now() + ".0", "+" + now())) {
            String signature = hmac(KEY, "GET&v1%2Fevents&" + time + "&v1");
            refused(send("GET", "/prod/reporting/v1/events", "", signature, "v1", time), WRONG);
        }
    }

    /// The signature comes besides the token, and of the same application.
    @Test
    void nobodyElseMaySign() {
        String other = application("other", "other-key", Setup.role(server, "others", List.of("reporting"), "inbenta"));
        signingKey(other, ",\"secret\":\"another-signature-key\"");
        refused(events("another-signature-key"), WRONG);
        String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
        Got alone = server.send(
                "orders",
                "GET",
                "/prod/reporting/v1/events",
                "",
                headers("none", signature, "v1", Long.toString(now())));
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.text()).contains("explicit deny");
    }

    @ParameterizedTest
    @CsvSource({"suspend, 200", "revoke, 403"})
    void aKeyThatIsHeldSignsNothing(String verb, int afterwards) {
        assertThat(events(KEY).status()).isEqualTo(200);
        assertThat(server.admin("POST", "/v1/credentials/" + signingKey + "/" + verb, "{}")
                        .status())
                .isEqualTo(200);
        refused(events(KEY), WRONG);
        server.admin("POST", "/v1/credentials/" + signingKey + "/resume", "{}");
        assertThat(events(KEY).status()).isEqualTo(afterwards);
    }

    @Test
    void aKeyIsShownOnceAndNeverAgain() throws IOException {
        assertThat(signingKey(application, "").get("secret").asString()).startsWith("ghg_live_");
        Got given = server.admin("GET", "/v1/credentials/" + signingKey, "");
        assertThat(given.text()).doesNotContain(KEY);
        assertThat(server.admin("GET", "/v1/applications/" + application + "/credentials", "")
                        .text())
                .doesNotContain(KEY);
        assertThat(new String(Files.readAllBytes(server.database()), StandardCharsets.ISO_8859_1))
                .doesNotContain(KEY);
        for (String wrong : List.of("\"secret\":\"short\"", "\"secret_sha256\":\"" + "0".repeat(64) + "\"")) {
            assertThat(server.admin(
                                    "POST",
                                    "/v1/applications/" + application + "/credentials",
                                    "{\"kind\":\"signing_key\",\"name\":\"w\"," + wrong + "}")
                            .status())
                    .isEqualTo(400);
        }
        Got got =
                server.send("orders", "POST", "/v1/auth", "{\"secret\":\"" + KEY + "\"}", "x-inbenta-key", "acme-key");
        assertThat(got.status()).as("it proves nothing else").isEqualTo(400);
    }

    @Test
    void aBodyIsHeldWithinABound() {
        String body = "x".repeat(1024 * 1024 + 1);
        String signature = hmac(KEY, base("POST", "v1/events", "", body, now()));
        Got got = send("POST", "/prod/reporting/v1/events", body, signature, "v1", Long.toString(now()));
        assertThat(got.status()).isEqualTo(413);
        String most = body.substring(1);
        assertThat(send(
                                "POST",
                                "/prod/reporting/v1/events",
                                most,
                                hmac(KEY, base("POST", "v1/events", "", most, now())),
                                "v1",
                                Long.toString(now()))
                        .status())
                .isEqualTo(200);
    }

    /// Another proxy does not show what is signed.
    @Test
    void forwardAuthRefusesWhatItCannotSee() {
        String signature = hmac(KEY, base("GET", "v1/events", "", "", now()));
        List<String> headers = new ArrayList<>(List.of(
                "X-Forwarded-Method", "GET",
                "X-Forwarded-Uri", "/prod/reporting/v1/events",
                "X-Forwarded-Host", "inbenta.example",
                "X-Forwarded-Proto", "http",
                "X-Forwarded-For", "127.0.0.1"));
        headers.addAll(List.of(headers(token(), signature, "v1", Long.toString(now()))));
        try (LogTap log = new LogTap()) {
            Got got = server.send("traefik", "GET", "/verify", "", headers.toArray(String[]::new));
            assertThat(got.status()).isEqualTo(403);
            assertThat(got.text()).isEqualTo(WRONG);
            server.close();
            assertThat(log.text()).contains("signature_not_seen");
        }
    }

    @Test
    void onlyADialectThatSaysHowHasSignedRoutes() {
        for (String wrong : List.of(
                "{\"name\":\"a\",\"issuer\":\"https://a.example\",\"scopes\":{\"s\":{\"description\":\"S\"}},\"routes\":"
                        + "[{\"methods\":[\"GET\"],\"path\":\"/x\",\"any\":[\"s\"],\"signed\":true}]}",
                "{\"name\":\"a\",\"dialect\":\"inbenta\",\"issuer\":\"https://a.example\",\"routes\":"
                        + "[{\"methods\":[\"GET\"],\"path\":\"/x\",\"open\":true,\"signed\":true}]}")) {
            Got got = server.admin("POST", "/v1/apis", wrong);
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("without signed");
        }
        Got got = server.admin("GET", "/v1/apis/inbenta", "");
        assertThat(got.json().get("routes").get(0).get("signed").asBoolean()).isTrue();
        assertThat(got.json().get("routes").get(1).has("signed")).isFalse();
    }
}
