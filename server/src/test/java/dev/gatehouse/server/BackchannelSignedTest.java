package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests to people that clients sign (OpenID Connect CIBA Core 1.0 section 7.1.1), over HTTP.
class BackchannelSignedTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private BackchannelWorld world;
    private SigningClient signer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        world = new BackchannelWorld(
                server,
                ",\"backchannel_authentication_request_signing_alg\":\"ES256\","
                        + "\"backchannel_user_code_parameter\":true");
        KeyPair pair = SigningClient.draw();
        String credential = Customer.created(
                        server,
                        "/v1/applications/" + world.application + "/credentials",
                        SigningClient.body("keys", SigningClient.jwks("one", pair)))
                .get("id")
                .asString();
        signer = new SigningClient(Setup.root(server), world.application, world.clientId, credential, pair, "one");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, Object> claims() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", world.clientId);
        claims.put("aud", server.base("orders"));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 300);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("scope", "openid things:read");
        claims.put("login_hint", "alice");
        claims.put("binding_message", "Table 12");
        claims.put("requested_expiry", 120);
        return claims;
    }

    private Got asked(Map<String, Object> claims, String... more) {
        return world.ask("request=" + signer.sign(signer.header(), claims) + String.join("", more));
    }

    @Test
    void aSignedRequestCountsOnce() {
        String form = "request=" + signer.sign(signer.header(), claims());
        Got got = world.ask(form);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("expires_in").asLong()).isEqualTo(120);
        BackchannelWorld.error(world.ask(form), "invalid_request");
        assertThat(world.answered("allow").text()).contains("Done");
        Got tokens = world.poll(got.json());
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    }

    static List<Map.Entry<String, Object>> wrong() {
        return Stream.<Map.Entry<String, Object>>of(
                        Map.entry("iss", "somebody"),
                        Map.entry("iss", ""),
                        Map.entry("aud", "https://other.example"),
                        Map.entry("aud", ""),
                        Map.entry("exp", 1),
                        Map.entry("exp", ""),
                        Map.entry("nbf", 1),
                        Map.entry("nbf", ""),
                        Map.entry("iat", ""),
                        Map.entry("iat", 99_999_999_999L),
                        Map.entry("jti", ""),
                        Map.entry("jti", "x".repeat(256)),
                        Map.entry("sub", "x"),
                        Map.entry("response_type", "code"),
                        Map.entry("request", "x"),
                        Map.entry("login_hint", List.of("alice")))
                .toList();
    }

    /// What is empty is left out.
    @ParameterizedTest
    @MethodSource("wrong")
    void whatSaysNotAllOrTooMuchIsNone(Map.Entry<String, Object> wrong) {
        Map<String, Object> claims = claims();
        if (wrong.getValue().equals("")) {
            claims.remove(wrong.getKey());
        } else {
            claims.put(wrong.getKey(), wrong.getValue());
        }
        BackchannelWorld.error(asked(claims), "invalid_request");
    }

    /// Section 7.1.1: the issuer is among those that it is for; another address of ours is not enough.
    @Test
    void itIsForTheIssuerAloneOrAmongOthers() {
        String issuer = server.base("orders");
        for (Object aud : List.of(issuer, List.of(issuer), List.of("https://other.example", issuer))) {
            Map<String, Object> claims = claims();
            claims.put("aud", aud);
            Got got = asked(claims);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
        }
        for (Object aud : List.of(
                issuer + "/oauth2/token",
                issuer + BackchannelWorld.ENDPOINT,
                issuer + "/",
                List.of(),
                List.of(List.of(issuer)))) {
            Map<String, Object> claims = claims();
            claims.put("aud", aud);
            BackchannelWorld.error(asked(claims), "invalid_request");
        }
    }

    @Test
    void nothingStandsBesideIt() {
        for (String beside : List.of("&scope=openid", "&login_hint=alice", "&user_code=1", "&requested_expiry=1")) {
            BackchannelWorld.error(asked(claims(), beside), "invalid_request");
        }
        assertThat(asked(claims()).status()).isEqualTo(200);
    }

    /// GAUNTLET E01, E06.
    @Test
    void anotherSignatureIsNone() {
        SigningClient stranger = signer.with(signer.credential(), SigningClient.draw(), "one");
        BackchannelWorld.error(world.ask("request=" + stranger.sign(stranger.header(), claims())), "invalid_request");
        Map<String, Object> none = signer.header();
        none.put("alg", "none");
        BackchannelWorld.error(world.ask("request=" + signer.sign(none, claims())), "invalid_request");
        String assertion = signer.assertion(server.base("orders"), clock.instant());
        BackchannelWorld.error(world.ask("request=" + assertion), "invalid_request");
    }

    /// Section 4: a client that signs always does, and one that does not never.
    @Test
    void aClientSignsAllOrNone() {
        BackchannelWorld.error(world.ask("scope=openid&login_hint=alice"), "invalid_request");
        assertThat(world.changed("{\"backchannel_authentication_request_signing_alg\":\"PS256\"}")
                        .status())
                .isEqualTo(200);
        BackchannelWorld.error(asked(claims()), "invalid_request");
        assertThat(world.changed("{\"backchannel_authentication_request_signing_alg\":null}")
                        .status())
                .isEqualTo(200);
        BackchannelWorld.error(asked(claims()), "invalid_request");
        world.begun("");
    }

    @Test
    void whatIsInItIsReadAsWhatIsSent() {
        for (Map.Entry<String, String> one : Map.of(
                        "login_hint", "nobody",
                        "scope", "things:read",
                        "user_code", "135790",
                        "resource", "urn:x",
                        "binding_message", "a\nb")
                .entrySet()) {
            Map<String, Object> claims = claims();
            claims.put(one.getKey(), one.getValue());
            BackchannelWorld.error(
                    asked(claims),
                    Map.of(
                                    "login_hint", "unknown_user_id",
                                    "scope", "invalid_scope",
                                    "user_code", "invalid_user_code",
                                    "resource", "invalid_target",
                                    "binding_message", "invalid_binding_message")
                            .get(one.getKey()));
        }
    }
}
