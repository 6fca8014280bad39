package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// GAUNTLET C04, C06, E03-E06 at every endpoint where clients authenticate: what an assertion must say (RFC 7523
/// section 3), and that it says it once.
class ClientAssertionTest extends ClientAssertionFixture {
    @Test
    void anAssertionProvesItsClientAtEveryEndpoint() {
        SigningClient client = client();
        String token = mint(client);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        Got known =
                server.form("orders", "/oauth2/introspect", SigningClient.form(assertion(client), "token=" + token));
        assertThat(known.json().get("active").asBoolean()).as(known.text()).isTrue();
        Got ended = server.form("orders", "/oauth2/revoke", SigningClient.form(assertion(client), "token=" + token));
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void clientIdIsAllowedAndMustBeTheClients() {
        SigningClient client = client();
        assertThat(ask(assertion(client), "&client_id=" + client.clientId()).status())
                .isEqualTo(200);
        refused(ask(assertion(client), "&client_id=" + client().clientId()));
    }

    @Test
    void anAssertionIsGoodOnceAtWhateverEndpoint() {
        SigningClient client = client();
        String assertion = assertion(client);
        assertThat(ask(assertion).status()).isEqualTo(200);
        refused(ask(assertion));
        refused(server.form("orders", "/oauth2/introspect", SigningClient.form(assertion, "token=x")));
        refused(server.form("orders", "/oauth2/revoke", SigningClient.form(assertion, "token=x")));
    }

    @Test
    void whatIsRefusedIsNotUsedUp() {
        SigningClient client = client();
        String assertion = assertion(client);
        assertThat(posted("/v1/applications/" + client.application() + "/hold", "{}")
                        .status())
                .isEqualTo(200);
        refused(ask(assertion));
        assertThat(posted("/v1/applications/" + client.application() + "/lift", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(ask(assertion).status()).isEqualTo(200);
    }

    /// Whoever is told to come again does so with the same assertion.
    @Test
    void whatIsTooMuchIsNotUsedUp() {
        SigningClient client = client();
        String first = assertion(client);
        String second = assertion(client);
        limits("{\"credential\":{\"requests\":1,\"seconds\":86400,\"burst\":1}}");
        try {
            assertThat(ask(first).status()).isEqualTo(200);
            Got got = ask(second);
            assertThat(got.status()).as(got.text()).isEqualTo(429);
            assertThat(got.header("Retry-After")).isNotEmpty();
        } finally {
            limits("{}");
        }
        refused(ask(first));
        assertThat(ask(second).status()).isEqualTo(200);
        refused(ask(second));
    }

    private void limits(String limits) {
        ObjectNode api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name", "organization"));
        api.set("limits", RunningServer.JSON.readTree(limits));
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    @Test
    void theTokenEndpointIsAnAudienceToo() {
        SigningClient client = client();
        assertThat(ask(client.assertion(issuer() + "/oauth2/token", clock.instant()))
                        .status())
                .isEqualTo(200);
        refused(server.token("parcels", SigningClient.form(client.assertion(issuer(), clock.instant()), GRANT)));
        Map<String, Object> strict = client.header();
        strict.put("typ", "client-authentication+jwt");
        refused(ask(client.sign(strict, client.claims(issuer() + "/oauth2/token", clock.instant()))));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 30})
    void aClockThatIsALittleAheadIsNoMatter(long seconds) {
        SigningClient client = client();
        Map<String, Object> claims = client.claims(issuer(), clock.instant());
        long ahead = clock.instant().getEpochSecond() + seconds;
        claims.put("iat", ahead);
        claims.put("nbf", ahead);
        Got got = signed(client, claims);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private static Arguments claim(String what, BiConsumer<Map<String, Object>, Long> change) {
        return Arguments.of(what, change);
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                claim("no iss", (claims, _) -> claims.remove("iss")),
                claim("no sub", (claims, _) -> claims.remove("sub")),
                claim("another iss", (claims, _) -> claims.put("iss", "another")),
                claim("another sub", (claims, _) -> claims.put("sub", "another")),
                claim("sub is no text", (claims, _) -> claims.put("sub", 1)),
                claim("an unknown client", (claims, _) -> claims.putAll(Map.of("iss", "nobody", "sub", "nobody"))),
                claim("no aud", (claims, _) -> claims.remove("aud")),
                claim(
                        "aud of others too",
                        (claims, _) -> claims.put("aud", java.util.List.of(claims.get("aud"), "https://evil.example"))),
                claim("aud in a list", (claims, _) -> claims.put("aud", java.util.List.of(claims.get("aud")))),
                claim("another aud", (claims, _) -> claims.put("aud", "https://evil.example")),
                claim("aud with a slash", (claims, _) -> claims.put("aud", claims.get("aud") + "/")),
                claim("another endpoint's aud", (claims, _) -> claims.put("aud", claims.get("aud") + "/oauth2/par")),
                claim("no exp", (claims, _) -> claims.remove("exp")),
                claim("exp is over", (claims, now) -> claims.put("exp", now)),
                claim("exp in a year", (claims, now) -> claims.put("exp", now + 31_536_000)),
                claim("exp in more than an hour", (claims, now) -> claims.put("exp", now + 3631)),
                claim("exp is no number", (claims, now) -> claims.put("exp", Long.toString(now + 60))),
                claim("exp is huge", (claims, _) -> claims.put("exp", Long.MAX_VALUE)),
                claim("exp is a fraction", (claims, now) -> claims.put("exp", now + 60.5)),
                claim("nbf is ahead", (claims, now) -> claims.put("nbf", now + 61)),
                claim("iat is ahead", (claims, now) -> claims.put("iat", now + 61)),
                claim("nbf is no time", (claims, _) -> claims.put("nbf", "soon")),
                claim("iat is before time", (claims, _) -> claims.put("iat", -1)),
                claim("no jti", (claims, _) -> claims.remove("jti")),
                claim("an empty jti", (claims, _) -> claims.put("jti", "")),
                claim("a jti of 4 kB", (claims, _) -> claims.put("jti", "j".repeat(4096))),
                claim("jti is no text", (claims, _) -> claims.put("jti", 7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    void c06WrongClaimsAreRefused(String what, BiConsumer<Map<String, Object>, Long> change) {
        SigningClient client = client();
        Map<String, Object> claims = client.claims(issuer(), clock.instant());
        change.accept(claims, clock.instant().getEpochSecond());
        refused(signed(client, claims));
        assertThat(signed(client, client.claims(issuer(), clock.instant())).status())
                .isEqualTo(200);
    }

    static Stream<Arguments> wrongHeaders() {
        return Stream.of(
                claim("alg none", (header, _) -> header.put("alg", "none")),
                claim("alg HS256", (header, _) -> header.put("alg", "HS256")),
                claim("alg of another curve", (header, _) -> header.put("alg", "ES384")),
                claim("alg RS256", (header, _) -> header.put("alg", "RS256")),
                claim("no alg", (header, _) -> header.remove("alg")),
                claim("another kid", (header, _) -> header.put("kid", "two")),
                claim("a kid that is a path", (header, _) -> header.put("kid", "../../../dev/null")),
                claim("a kid of SQL", (header, _) -> header.put("kid", "' OR 1=1--")),
                claim("kid is no text", (header, _) -> header.put("kid", 1)),
                claim("crit", (header, _) -> header.put("crit", java.util.List.of("exp"))),
                claim("b64", (header, _) -> header.put("b64", true)),
                claim("jku", (header, _) -> header.put("jku", "https://evil.example/jwks")),
                claim("jwk", (header, _) -> header.put("jwk", Map.of("kty", "EC"))),
                claim("x5u", (header, _) -> header.put("x5u", "https://evil.example/cert")),
                claim("x5c", (header, _) -> header.put("x5c", java.util.List.of("MII"))),
                claim("typ of an access token", (header, _) -> header.put("typ", "at+jwt")),
                claim("typ of a proof", (header, _) -> header.put("typ", "dpop+jwt")),
                claim("typ of a logout token", (header, _) -> header.put("typ", "logout+jwt")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongHeaders")
    void wrongHeadersAreRefused(String what, BiConsumer<Map<String, Object>, Long> change) {
        SigningClient client = client();
        Map<String, Object> header = client.header();
        change.accept(header, 0L);
        refused(ask(client.sign(header, client.claims(issuer(), clock.instant()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "client-authentication+jwt"})
    void typesOfAssertionsAreTaken(String type) {
        SigningClient client = client();
        Map<String, Object> header = client.header();
        header.put("typ", type);
        assertThat(ask(client.sign(header, client.claims(issuer(), clock.instant())))
                        .status())
                .isEqualTo(200);
    }

    /// RFC 7515 section 4.
    @Test
    void membersOfTheHeaderThatAreNotUnderstoodArePassedOver() {
        SigningClient client = client();
        Map<String, Object> header = client.header();
        header.putAll(Map.of("x5t", "dGh1bWI", "tx_id", 1));
        assertThat(ask(client.sign(header, client.claims(issuer(), clock.instant())))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyNeedsNoNameWhereThereIsOne() {
        SigningClient client = client();
        Map<String, Object> header = client.header();
        header.remove("kid");
        assertThat(ask(client.sign(header, client.claims(issuer(), clock.instant())))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherSignaturesAreRefused() {
        SigningClient client = client();
        SigningClient stranger = client.with(client.credential(), SigningClient.draw(), client.keyId());
        refused(ask(assertion(stranger)));
        String good = assertion(client);
        refused(ask(good.substring(0, good.lastIndexOf('.') + 1)));
        refused(ask(good.substring(0, good.lastIndexOf('.'))));
        refused(ask(good + "AA"));
        refused(ask(good.substring(0, good.length() - 4) + "AAAA"));
        refused(ask("x"));
        refused(ask(mint(client)));
        assertThat(ask(good).status()).isEqualTo(200);
    }

    @Test
    void claimsThatAreThereTwiceAreRefused() {
        SigningClient client = client();
        String claims = RunningServer.JSON.writeValueAsString(client.claims(issuer(), clock.instant()));
        String header = RunningServer.JSON.writeValueAsString(client.header());
        refused(ask(client.sign(header, claims.replaceFirst("\\{", "{\"sub\":\"another\","))));
        refused(ask(client.sign(header.replaceFirst("\\{", "{\"alg\":\"none\","), claims)));
    }

    @Test
    void anotherTypeOfAssertionIsRefused() {
        SigningClient client = client();
        String assertion = assertion(client);
        refused(server.token("orders", GRANT + "&client_assertion=" + assertion));
        refused(server.token(
                "orders",
                GRANT + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Asaml2-bearer"
                        + "&client_assertion=" + assertion));
        refused(server.token("orders", SigningClient.form("", GRANT)));
        assertThat(ask(assertion).status()).isEqualTo(200);
    }

    @Test
    void c04AnAssertionStandsAlone() {
        SigningClient client = client();
        Got secretToo = ask(assertion(client), "&client_secret=secret");
        assertThat(secretToo.status()).isEqualTo(400);
        Got basicToo = server.token(
                "orders",
                SigningClient.form(assertion(client), GRANT),
                "Authorization",
                RunningServer.basic(client.clientId(), "secret"));
        assertThat(basicToo.status()).isEqualTo(400);
        assertThat(basicToo.json().get("error").asString()).isEqualTo("invalid_request");
    }

    @Test
    void c04ThePinnedMethodIsTheOnlyOne() {
        SigningClient signer = client();
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + signer.application() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"pair\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        Got bySecret = server.token("orders", GRANT, "Authorization", RunningServer.basic(signer.clientId(), secret));
        assertThat(bySecret.status()).isEqualTo(401);
        refused(server.token("orders", GRANT + "&client_id=" + signer.clientId()));
        for (String method : java.util.List.of("client_secret", "client_secret_basic", "client_secret_post")) {
            Got patched = server.admin(
                    "PATCH",
                    "/v1/applications/" + signer.application(),
                    "{\"token_endpoint_auth_method\":\"" + method + "\"}");
            assertThat(patched.status()).as(patched.text()).isEqualTo(200);
            refused(ask(assertion(signer)));
        }
    }
}
