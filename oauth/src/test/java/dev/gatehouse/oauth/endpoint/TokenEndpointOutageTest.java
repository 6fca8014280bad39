package dev.gatehouse.oauth.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the token endpoint answers while facts are cold or stale, the database is away or a key is missing.
class TokenEndpointOutageTest extends TokenEndpointFixture {
    @Test
    void coldFactsAskForAThreadThatMayBlock() {
        world.facts.cold = true;
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        assertThat(world.endpoint.tryAnswer(http, world.sealed)).isEmpty();
        assertThat(world.endpoint.answer(http, world.sealed).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void staleFactsAre503AtTheStartAndJustBeforeSigning(int freshFor) {
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        world.facts.freshFor = freshFor;
        Reply reply = world.endpoint.answer(http, world.sealed);
        refused(reply, 503, "temporarily_unavailable");
        assertThat(value(reply, "Retry-After")).contains("1");
        world.facts.freshFor = freshFor;
        assertThat(world.endpoint.tryAnswer(http, world.sealed).orElseThrow()).isEqualTo(reply);
        String refused = "refused " + world.sealed.name() + " unavailable";
        assertThat(world.witnessed).containsExactly(refused, refused);
    }

    @Test
    void aBrokenDatabaseIs503AndNever401() {
        world.facts.cold = true;
        world.facts.down = true;
        refused(
                world.endpoint.answer(World.post(List.of(FORM), GRANT + right()), world.sealed),
                503,
                "temporarily_unavailable");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysThatWereNotReadYetAreReadWhereWaitingIsAllowed(boolean signed) {
        Api api = signed ? world.es256 : world.sealed;
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        JwksEndpoint jwks = JwksEndpoint.ofTokens(world.keys, world.clock);
        HttpFacts get = World.http("GET", Optional.empty(), List.of(), new byte[0]);
        Secret token = world.token(api).text();
        world.store.down(true);
        assertThatThrownBy(world.keys::changed).isInstanceOf(FactsUnavailable.class);
        int reads = world.store.reads();
        assertThat(world.endpoint.tryAnswer(http, api)).isEmpty();
        assertThat(jwks.tryAnswer(get, api)).isEmpty();
        assertThatThrownBy(() -> world.formats.read(token, api)).isInstanceOf(FactsUnavailable.class);
        assertThat(world.store.reads()).isEqualTo(reads);

        refused(world.endpoint.answer(http, api), 503, "temporarily_unavailable");
        assertThat(jwks.answer(get, api).status()).isEqualTo(503);
        assertThatThrownBy(() -> world.formats.readLoading(token, api)).isInstanceOf(FactsUnavailable.class);
        world.store.down(false);
        assertThat(world.formats.readLoading(token, api)).isInstanceOf(TokenReader.Read.Proven.class);
        assertThat(world.endpoint.tryAnswer(http, api).orElseThrow().status()).isEqualTo(200);
        assertThat(jwks.tryAnswer(get, api).orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void anApiThatBecameAJwtApiGetsItsKeyAtTheFirstToken() {
        Api changed = World.with(world.sealed, world.eddsa.tokens());
        HttpFacts http = World.post(List.of(FORM), GRANT + right());
        assertThat(world.endpoint.tryAnswer(http, changed)).isEmpty();
        world.store.down(true);
        refused(world.endpoint.answer(http, changed), 503, "temporarily_unavailable");
        assertThat(world.witnessed).containsExactly("refused " + changed.name() + " unavailable");
        world.store.down(false);
        assertThat(world.endpoint.answer(http, changed).status()).isEqualTo(200);
        assertThat(world.endpoint.tryAnswer(http, changed).orElseThrow().status())
                .isEqualTo(200);
        assertThat(changed.tokens().life()).isEqualTo(Duration.ofMinutes(15));
    }
}
