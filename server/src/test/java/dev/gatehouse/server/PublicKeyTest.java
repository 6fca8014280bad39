package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Public keys as credentials: made, shown, rotated, and stopped with everything that stands above them.
class PublicKeyTest extends ClientAssertionFixture {
    /// Whom the verb is applied to.
    enum Member {
        ORGANIZATION,
        APPLICATION,
        CREDENTIAL;

        String path(SigningClient client) {
            return switch (this) {
                case ORGANIZATION -> "/v1/organizations/" + client.organization();
                case APPLICATION -> "/v1/applications/" + client.application();
                case CREDENTIAL -> "/v1/credentials/" + client.credential();
            };
        }
    }

    /// What is done to it.
    enum Verb {
        HOLD,
        CUT,
        REVOKE,
        EXPIRE
    }

    static Stream<Arguments> matrix() {
        return Stream.of(Member.values())
                .flatMap(member -> Stream.of(Verb.values()).map(verb -> Arguments.of(member, verb)));
    }

    private int call(String token) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    @ParameterizedTest(name = "{1} of the {0}")
    @MethodSource("matrix")
    void everyVerbOnEveryAncestorStopsTheKeyAndItsTokensAtOnce(Member member, Verb verb) {
        SigningClient client = client();
        String token = mint(client);
        String path = member.path(client);
        if (verb == Verb.EXPIRE) {
            Got patched = server.admin(
                    "PATCH", path, "{\"expires_at\":\"" + clock.instant().plusSeconds(5) + "\"}");
            assertThat(patched.status()).as(patched.text()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(5));
        } else {
            Got done = posted(path + "/" + verb.name().toLowerCase(Locale.ROOT), "{}");
            assertThat(done.status()).as(done.text()).isEqualTo(200);
        }
        assertThat(call(token)).isEqualTo(401);
        if (verb == Verb.CUT) {
            assertThat(call(mint(client))).as("the key stays").isEqualTo(200);
            return;
        }
        refused(ask(assertion(client)));
        if (verb == Verb.HOLD) {
            assertThat(posted(path + "/lift", "{}").status()).isEqualTo(200);
            assertThat(call(token)).as("lifted").isEqualTo(200);
            assertThat(call(mint(client))).isEqualTo(200);
        }
    }

    @Test
    void keysAreShownWithTheirThumbprintsAndNothingElse() {
        SigningClient client = client();
        var shown = server.admin("GET", "/v1/credentials/" + client.credential(), "")
                .json();
        assertThat(shown.get("kind").asString()).isEqualTo("public_key");
        var key = shown.at("/jwks/keys/0");
        assertThat(key.get("kid").asString()).isEqualTo("one");
        assertThat(key.get("use").asString()).isEqualTo("sig");
        assertThat(key.has("d")).isFalse();
        assertThat(shown.at("/thumbprints/0").asString()).hasSize(43);
        assertThat(shown.get("hint").asString())
                .isEqualTo(shown.at("/thumbprints/0").asString());
        assertThat(shown.has("secret")).isFalse();
        var listed = server.admin("GET", "/v1/applications/" + client.application() + "/credentials", "")
                .json()
                .at("/items/0");
        assertThat(listed.get("jwks")).isEqualTo(shown.get("jwks"));
        var row = server.admin("GET", "/v1/audit?limit=1", "").json().at("/items/0");
        assertThat(row.get("verb").asString()).isEqualTo("credential.add");
        assertThat(row.toString()).contains("public_key").contains(key.get("x").asString());
    }

    @Test
    void rotationWithOverlapTakesBothKeysAndWithoutTheNewOneAlone() {
        SigningClient old = client();
        KeyPair pair = SigningClient.draw();
        String path = "/v1/credentials/" + old.credential() + "/rotate";
        assertThat(posted(path, "{}").status()).as("no keys").isEqualTo(400);
        Got rotated = posted(path, "{\"overlap_seconds\":60,\"jwks\":" + SigningClient.jwks("two", pair) + "}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        assertThat(rotated.json().has("secret")).isFalse();
        SigningClient next = old.with(rotated.json().get("id").asString(), pair, "two");
        assertThat(ask(assertion(old)).status()).isEqualTo(200);
        assertThat(ask(assertion(next)).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));
        refused(ask(assertion(old)));
        KeyPair last = SigningClient.draw();
        Got again = posted(
                "/v1/credentials/" + next.credential() + "/rotate",
                "{\"jwks\":" + SigningClient.jwks("two", last) + "}");
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        refused(ask(assertion(next)));
        assertThat(ask(assertion(next.with("", last, "two"))).status()).isEqualTo(200);
    }

    @Test
    void aKeyThatTwoSetsHaveCountsWhileOneOfThemDoes() {
        SigningClient client = client();
        String both = SigningClient.jwks("one", client.pair());
        Got rotated = posted(
                "/v1/credentials/" + client.credential() + "/rotate", "{\"overlap_seconds\":60,\"jwks\":" + both + "}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        clock.advance(Duration.ofSeconds(60));
        assertThat(ask(assertion(client)).status()).isEqualTo(200);
        String next = "/v1/credentials/" + rotated.json().get("id").asString();
        assertThat(posted(next + "/hold", "{}").status()).isEqualTo(200);
        refused(ask(assertion(client)));
    }

    @Test
    void aKeyMayBeForSomeNetworksOnly() {
        SigningClient client = client();
        Got patched =
                server.admin("PATCH", "/v1/credentials/" + client.credential(), "{\"addresses\":[\"192.0.2.0/24\"]}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        refused(ask(assertion(client)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"public_key\",\"name\":\"k\"}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"jwks\":{\"keys\":[]}}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAA\"}]}}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"jwks\":\"https://example.com\"}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"secret\":\"0123456789abcdef\",\"jwks\":%s}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"environment\":\"live\",\"jwks\":%s}",
                "{\"kind\":\"public_key\",\"name\":\"k\",\"origins\":[\"https://a.example\"],\"jwks\":%s}",
                "{\"kind\":\"secret\",\"name\":\"k\",\"jwks\":%s}",
                "{\"kind\":\"api_key\",\"name\":\"k\",\"jwks\":%s}"
            })
    void whatIsNoSetOfPublicKeysIsRefused(String body) {
        SigningClient client = client();
        Got got = posted(
                "/v1/applications/" + client.application() + "/credentials",
                body.formatted(SigningClient.jwks("two", SigningClient.draw())));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
    }

    @Test
    void aPrivateKeyIsRefusedAndNotRepeated() {
        SigningClient client = client();
        String jwks =
                SigningClient.jwks("two", SigningClient.draw()).replace("\"kid\"", "\"d\":\"c2VjcmV0LXBhcnQ\",\"kid\"");
        Got got =
                posted("/v1/applications/" + client.application() + "/credentials", SigningClient.body("leaked", jwks));
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.text()).contains("private parts").doesNotContain("c2VjcmV0LXBhcnQ");
    }

    @Test
    void theMetadataSayHowClientsMaySign() {
        var metadata = server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        for (String endpoint : java.util.List.of("token", "introspection", "revocation")) {
            assertThat(metadata.get(endpoint + "_endpoint_auth_methods_supported")
                            .toString())
                    .contains("private_key_jwt");
            assertThat(metadata.get(endpoint + "_endpoint_auth_signing_alg_values_supported")
                            .toString())
                    .contains("ES256", "PS256", "EdDSA")
                    .doesNotContain("HS256", "none");
        }
    }
}
