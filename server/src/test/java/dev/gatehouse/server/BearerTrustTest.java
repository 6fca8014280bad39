package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.TrustWorld.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The trust in an issuer as a credential: how it ends, rotates and is written down (GAUNTLET D06).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerTrustTest {
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
        "credentials, HOLD", "credentials, CUT", "credentials, REVOKE",
        "applications, HOLD", "applications, CUT", "applications, REVOKE",
        "organizations, HOLD", "organizations, CUT", "organizations, REVOKE"
    })
    void endingTheTrustEndsItsTokens(String noun, String verb) {
        Trust trust = world.trust();
        String token = ExchangeWorld.token(world.ask("orders", trust));
        assertThat(world.call("orders", token)).isEqualTo(200);
        String id = switch (noun) {
            case "credentials" -> trust.credential();
            case "applications" -> trust.application();
            default -> trust.organization();
        };
        Got got = world.server.admin("POST", "/v1/" + noun + "/" + id + "/" + verb.toLowerCase(Locale.ROOT), "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(world.call("orders", token)).isEqualTo(401);
        if (verb.equals("CUT")) {
            assertThat(world.ask("orders", trust).status()).isEqualTo(200);
        } else {
            TrustWorld.refused(world.ask("orders", trust), "invalid_grant");
        }
    }

    /// Other keys of the same issuer take the place of those before.
    @Test
    void theIssuersKeysRotate() {
        Trust trust = world.trust();
        KeyPair next = SigningClient.draw();
        Got got = world.server.admin(
                "POST",
                "/v1/credentials/" + trust.credential() + "/rotate",
                "{\"jwks\":" + SigningClient.jwks("two", next) + "}");
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.json().get("assertion_issuer").asString()).isEqualTo(TrustWorld.ISSUER);
        TrustWorld.refused(world.ask("orders", trust), "invalid_grant");
        SigningClient renewed = trust.by().with("", next, "two");
        Got with = world.server.token(
                "orders",
                TrustWorld.form(
                        renewed.sign(renewed.header(), world.claims("orders", TrustWorld.SUBJECT)),
                        "&client_id=" + trust.clientId()));
        assertThat(with.status()).as(with.text()).isEqualTo(200);
    }

    @Test
    void whatIsNoTrustIsNotWrittenDown() {
        Trust trust = world.trust();
        String path = "/v1/applications/" + trust.application() + "/credentials";
        String jwks = SigningClient.jwks("one", SigningClient.draw());
        for (String wrong : List.of(
                "\"kind\":\"secret\",\"assertion_issuer\":\"x\"",
                "\"kind\":\"public_key\",\"assertion_issuer\":\"x\"",
                "\"kind\":\"public_key\",\"assertion_subject\":\"x\",\"jwks\":" + jwks,
                "\"kind\":\"public_key\",\"assertion_issuer\":\"\",\"jwks\":" + jwks,
                "\"kind\":\"public_key\",\"assertion_issuer\":\"x\",\"tls_client_auth_san_dns\":\"a.example\"")) {
            Got got = world.server.admin("POST", path, "{\"name\":\"w\"," + wrong + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
    }

    /// GAUNTLET H04, R6: who may only write credentials lets an issuer speak for an application, not of its
    /// users; and no rotation turns one into the other, or one issuer into another.
    @Test
    void believingAnIssuerOfUsersTakesWhatAnOwnerMay() {
        String writer = Customer.created(world.server, "/v1/organizations/" + Setup.root(world.server) + "/roles", """
            {"name": "writer", "rights": {"gatehouse": ["keys:write"],
             "orders": ["things:read", "things:write"], "parcels": ["things:read", "things:write"]}}
            """)
                .get("id")
                .asString();
        Secret weak = Secret.of(Customer.of(world.server, Setup.root(world.server), "writer", writer)
                .apiKey());
        Trust own = world.trust();
        Trust users = world.trust(world.role, "\"" + TrustWorld.GRANT + "\"", "");
        String path = "/v1/applications/" + own.application() + "/credentials";
        String jwks = "\"jwks\":" + SigningClient.jwks("one", SigningClient.draw());
        String body = "{\"kind\":\"public_key\",\"name\":\"w\"," + jwks;
        String issuer = ",\"assertion_issuer\":\"" + TrustWorld.ISSUER + "\"";
        Got plain = world.server.admin(weak, "POST", path, body + "}");
        assertThat(plain.status()).as(plain.text()).isEqualTo(201);
        assertThat(world.server
                        .admin(weak, "POST", path, body + issuer + ",\"assertion_subject\":\"x\"}")
                        .status())
                .isEqualTo(201);
        assertThat(world.server.admin(weak, "POST", path, body + issuer + "}").status())
                .isEqualTo(403);
        String rotate = "/rotate";
        assertThat(world.server
                        .admin(weak, "POST", "/v1/credentials/" + users.credential() + rotate, "{" + jwks + "}")
                        .status())
                .isEqualTo(403);
        assertThat(world.server
                        .admin("POST", "/v1/credentials/" + users.credential() + rotate, "{" + jwks + "}")
                        .status())
                .isEqualTo(201);
        String key = plain.json().get("id").asString();
        for (String other : List.of(issuer, issuer + ",\"assertion_subject\":\"x\"")) {
            Got got = world.server.admin("POST", "/v1/credentials/" + key + rotate, "{" + jwks + other + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
        for (String other : List.of(
                ",\"assertion_issuer\":\"https://evil.example.com\"", ",\"assertion_subject\":\"repo:acme/other\"")) {
            Got got = world.server.admin(
                    "POST", "/v1/credentials/" + own.credential() + rotate, "{" + jwks + other + "}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
        }
    }
}
