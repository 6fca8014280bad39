package dev.gatehouse.oauth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.World;
import dev.gatehouse.oauth.endpoint.JwksEndpoint;
import dev.gatehouse.oauth.endpoint.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an Api publishes of its keys and of itself (RFC 7517, RFC 8414).
class KeyDocumentsTest extends KeysFixture {
    @Test
    void theJwksShowsPublicKeysOfItsApiOnly() {
        world.keys.rotate(world.es256, act());
        JwksEndpoint endpoint = JwksEndpoint.ofTokens(world.keys, world.clock);
        HttpFacts get = World.http("GET", Optional.empty(), List.of(), new byte[0]);
        Reply reply = endpoint.answer(get, world.es256);
        assertThat(reply.headers()).contains(new Header("Cache-Control", "public, max-age=300"));
        List<?> jwks = (List<?>) ((Body.Json) reply.body()).members().get("keys");
        assertThat(jwks)
                .hasSize(2)
                .allSatisfy(
                        jwk -> assertThat(((Map<?, ?>) jwk).keySet().stream().map(Object::toString))
                                .containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "alg", "use"));
        assertThat((List<?>) ((Body.Json) endpoint.answer(get, world.sealed).body())
                        .members()
                        .get("keys"))
                .isEmpty();
        assertThat((List<?>) ((Body.Json) JwksEndpoint.ofAssertions(world.keys, world.clock)
                                .answer(get, world.es256)
                                .body())
                        .members()
                        .get("keys"))
                .hasSize(1);
        Reply post = endpoint.answer(World.http("POST", Optional.empty(), List.of(), new byte[0]), world.es256);
        assertThat(post.status()).isEqualTo(405);
        world.store.down(true);
        assertThatThrownBy(world.keys::changed).isInstanceOf(FactsUnavailable.class);
        assertThat(endpoint.answer(get, world.es256).status()).isEqualTo(503);
    }

    @Test
    void theMetadataNamesWhatIsThere() {
        HttpFacts get = World.http("GET", Optional.empty(), List.of(), new byte[0]);
        Map<String, ?> members = ((Body.Json) Metadata.answer(get, world.es256).body()).members();
        assertThat(members).extractingByKey("issuer").isEqualTo(world.es256.issuer());
        assertThat(members).extractingByKey("token_endpoint").isEqualTo(world.es256.issuer() + "/oauth2/token");
        assertThat(members).extractingByKey("jwks_uri").isEqualTo(world.es256.issuer() + "/oauth2/jwks");
        assertThat(members)
                .extractingByKey("grant_types_supported")
                .isEqualTo(List.of(
                        "client_credentials",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "urn:gatehouse:grant-type:domain-key",
                        "urn:gatehouse:grant-type:renewal"));
        assertThat(members)
                .extractingByKey("scopes_supported")
                .isEqualTo(List.of("orders:read", "orders:write", "tokens:delegate"));
    }
}
