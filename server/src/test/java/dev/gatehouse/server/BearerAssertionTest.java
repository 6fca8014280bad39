package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.TrustWorld.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Assertions of issuers that are not believed (RFC 7523 section 3, GAUNTLET C06).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerAssertionTest {
    @TempDir
    static Path folder;

    private TrustWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new TrustWorld(folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example.com",
        "iss, ",
        "sub, repo:acme/other",
        "sub, ",
        "aud, https://elsewhere.example.com",
        "jti, ",
        "exp, -1",
        "exp, 0",
        "exp, 90000",
        "nbf, 61",
        "iat, 61"
    })
    void wrongClaimsAreRefused(String name, String value) {
        Trust trust = world.trust();
        Map<String, Object> claims = world.claims("orders", TrustWorld.SUBJECT);
        boolean time = List.of("exp", "nbf", "iat").contains(name);
        claims.put(
                name,
                time
                        ? world.clock.instant().getEpochSecond() + Long.parseLong(value)
                        : Optional.ofNullable(value).orElse(""));
        TrustWorld.refused(world.ask("orders", trust, claims, ""), "invalid_grant");
        for (String required : List.of("iss", "sub", "aud", "exp")) {
            Map<String, Object> fewer = world.claims("orders", TrustWorld.SUBJECT);
            fewer.remove(required);
            TrustWorld.refused(world.ask("orders", trust, fewer, ""), "invalid_grant");
        }
        claims = world.claims("orders", TrustWorld.SUBJECT);
        for (Object others : List.of(
                List.of(world.server.base("orders"), "https://evil.example.com"),
                List.of(world.server.base("orders"), world.server.base("orders")),
                List.of(List.of(world.server.base("orders"))),
                List.of())) {
            claims.put("aud", others);
            TrustWorld.refused(world.ask("orders", trust, claims, ""), "invalid_grant");
        }
    }

    /// GAUNTLET E01-E06.
    @Test
    void wrongKeysAndHeadersAreRefused() {
        Trust trust = world.trust();
        SigningClient other = trust.by().with("", SigningClient.draw(), "one");
        Map<String, Object> claims = world.claims("orders", TrustWorld.SUBJECT);
        String named = "&client_id=" + trust.clientId();
        TrustWorld.refused(
                world.server.token("orders", TrustWorld.form(other.sign(other.header(), claims), named)),
                "invalid_grant");
        for (String header : List.of(
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"kid\":\"one\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ES256\",\"kid\":\"one\",\"jku\":\"https://evil.example.com\"}",
                "{\"alg\":\"ES256\",\"jwk\":" + SigningClient.jwks("one", other.pair()) + "}")) {
            String text = other.sign(header, RunningServer.JSON.writeValueAsString(claims));
            TrustWorld.refused(world.server.token("orders", TrustWorld.form(text, named)), "invalid_grant");
        }
        TrustWorld.refused(world.server.token("orders", TrustWorld.form("x", named)), "invalid_grant");
        TrustWorld.refused(
                world.server.token("orders", "grant_type=" + ExchangeWorld.encode(TrustWorld.GRANT) + named),
                "invalid_request");
        assertThat(world.ask("orders", trust, claims, "").status()).isEqualTo(200);
    }

    /// The keys are the issuer's: neither does it authenticate as the application, nor the application as it.
    @Test
    void theIssuerIsNotTheClient() {
        Trust trust = world.trust();
        world.server.admin(
                "PATCH",
                "/v1/applications/" + trust.application(),
                "{\"token_endpoint_auth_method\":\"private_key_jwt\",\"grant_types\":[\"client_credentials\",\""
                        + TrustWorld.GRANT + "\"]}");
        String assertion = trust.by().assertion(world.server.base("orders"), world.clock.instant());
        TrustWorld.refused(
                world.server.token("orders", SigningClient.form(assertion, "grant_type=client_credentials")),
                "invalid_client");
        Trust another = world.trust();
        TrustWorld.refused(
                world.server.token(
                        "orders",
                        TrustWorld.form(
                                trust.by().sign(trust.by().header(), world.claims("orders", TrustWorld.SUBJECT)),
                                "&client_id=" + another.clientId())),
                "invalid_grant");
        TrustWorld.refused(
                world.server.token(
                        "orders",
                        TrustWorld.form(
                                trust.by().sign(trust.by().header(), world.claims("orders", TrustWorld.SUBJECT)), "")),
                "invalid_client");
    }
}
