package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a client proves itself, in the header or in the body (RFC 6749 section 2.3.1; GAUNTLET C04, C05, C08).
class ClientAuthenticationTest extends TokenEndpointFixture {
    @Test
    void c04OneClientAuthenticationOnly() {
        String pair = "shop-backend:" + world.secret.reveal();
        Header basic = new Header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        refused(basic(pair, GRANT + right()), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_secret=" + world.secret.reveal()), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_id=other"), 400, "invalid_request");
        refused(basic(pair, GRANT + "&client_assertion=x&client_assertion_type=y"), 400, "invalid_request");
        refused(post(GRANT + right() + "&client_assertion=x"), 400, "invalid_request");
        refused(send(World.post(List.of(FORM, basic, basic), GRANT)), 400, "invalid_request");
        refused(
                post(GRANT + "&client_id=shop-backend&client_assertion=x&client_assertion_type=y"),
                401,
                "invalid_client");
        assertThat(basic(pair, GRANT + "&client_id=shop-backend").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC ", "Basic  ", "bAsIc "})
    void c05TheSchemeIsReadWithoutCase(String scheme) {
        String pair = Base64.getEncoder()
                .encodeToString(("shop-backend:" + world.secret.reveal()).getBytes(StandardCharsets.UTF_8));
        assertThat(header(scheme + pair, GRANT).status()).isEqualTo(200);
        assertThat(header(scheme + pair.replace("=", ""), GRANT).status()).isEqualTo(200);
    }

    @Test
    void c05BasicThatCannotBeReadIs401WithAChallenge() {
        String pair = Base64.getEncoder()
                .encodeToString(("shop-backend:" + world.secret.reveal()).getBytes(StandardCharsets.UTF_8));
        List<String> headers = List.of(
                "Basic",
                "Basic ",
                "Basic !!!!",
                "Basic " + pair.substring(0, 5),
                "Basic " + pair.substring(0, 20) + "\r\n" + pair.substring(20),
                "Basic " + pair + " x",
                "Basic\t" + pair,
                "Basic " + pair + "====",
                "Bearer " + pair,
                "Negotiate " + pair,
                pair,
                "Basic " + Base64.getEncoder().encodeToString("no colon".getBytes(StandardCharsets.UTF_8)),
                "Basic " + Base64.getEncoder().encodeToString(":".getBytes(StandardCharsets.UTF_8)),
                "Basic " + Base64.getEncoder().encodeToString("a:b%".getBytes(StandardCharsets.UTF_8)),
                "Basic " + "A".repeat(70_000));
        for (String header : headers) {
            Reply reply = header(header, GRANT);
            refused(reply, 401, "invalid_client");
            assertThat(value(reply, "WWW-Authenticate").orElse("")).startsWith("Basic ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "50%", "a+b", "a b", "αβ123", "ß", "=&?/", "::"})
    void c05SecretsOfAnyCharactersAreReadWhenFormEncoded(String odd) {
        world.put(with(world.members, credential -> withDigest(credential, Secret.of(odd))));
        String encoded = java.net.URLEncoder.encode(odd, StandardCharsets.UTF_8);
        assertThat(basic("shop-backend:" + encoded, GRANT).status()).isEqualTo(200);
        assertThat(post(GRANT + "&client_id=shop-backend&client_secret=" + encoded)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void c05NoCharacterIsReplacedByAnother() {
        world.put(with(world.members, credential -> withDigest(credential, Secret.of("αβ123"))));
        for (String other : List.of("??123", "\uFFFD\uFFFD123", "αβ12", "ΑΒ123", "αβ123\u0000", " αβ123")) {
            refused(basic("shop-backend:" + other, GRANT), 401, "invalid_client");
        }
        refused(
                basicBytes("shop-backend:\u00e1\u00e2123".getBytes(StandardCharsets.ISO_8859_1), GRANT),
                401,
                "invalid_client");
        assertThat(basic("shop-backend:αβ123", GRANT).status()).isEqualTo(200);
    }

    @Test
    void c08NothingButTheClientIdNamesAClient() {
        List<String> names = List.of(
                world.members.holder().id().text(),
                Long.toString(world.members.holder().id().value()),
                world.members.credential().id().text(),
                "SHOP-BACKEND",
                "Shop-backend",
                "shop-backend%20",
                "%20shop-backend",
                "shop-backend%00",
                "shop-backend%0A",
                "shop%EF%BC%8Dbackend",
                "shop-backend%2520",
                "x".repeat(5000));
        for (String name : names) {
            refused(
                    post(GRANT + "&client_id=" + name + "&client_secret=" + world.secret.reveal()),
                    401,
                    "invalid_client");
        }
    }

    @Test
    void anUnknownClientAndAWrongSecretGetTheSameAnswer() {
        Reply unknown = post(GRANT + "&client_id=nobody&client_secret=" + world.secret.reveal());
        Reply wrong = post(GRANT + "&client_id=shop-backend&client_secret="
                + world.secret.reveal().replace('_', '-'));
        assertThat(wrong).isEqualTo(unknown);
        refused(wrong, 401, "invalid_client");
        assertThat(value(wrong, "WWW-Authenticate")).isEmpty();
    }
}
