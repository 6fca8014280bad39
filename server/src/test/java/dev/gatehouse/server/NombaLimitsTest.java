package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import org.junit.jupiter.api.Test;

/// Limits as customers of Nomba know them: in its header fields and its own words.
class NombaLimitsTest extends NombaFixture {
    private void limit(int requests) {
        Got got = server.admin(
                "PUT",
                "/v1/apis/nomba",
                api(
                        "\"version\": 0, \"limits\": {\"credential\": {\"requests\": " + requests
                                + ", \"seconds\": 3600}}",
                        server.upstreamBase()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private static void left(Got got, int status, int limit, int remaining) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.header("X-Rate-Limit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(got.header("X-Rate-Limit-Remaining")).isEqualTo(Integer.toString(remaining));
        assertThat(got.header("X-Rate-Limit-Window")).isEqualTo("3600s");
        assertThat(got.header("RateLimit")).as("a name that Nomba has not").isEmpty();
    }

    /// The provider's own rate of this endpoint, where the Api says nothing.
    @Test
    void aTokenTellsTheRateOfItsEndpoint() {
        Got issued = issue(parent, SECRET);
        assertThat(issued.status()).as(issued.text()).isEqualTo(200);
        assertThat(issued.header("X-Rate-Limit-Limit")).isEqualTo("40");
        assertThat(issued.header("X-Rate-Limit-Remaining")).isEqualTo("39");
        assertThat(issued.header("X-Rate-Limit-Window")).isEqualTo("1s");
        assertThat(call("Bearer " + issued.json().at("/data/access_token").asString(), parent)
                        .header("X-Rate-Limit-Limit"))
                .as("a call is the provider's own")
                .isEmpty();
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        limit(3);
        Got issued = issue(parent, SECRET);
        left(issued, 200, 3, 2);
        String token = issued.json().at("/data/access_token").asString();
        left(call("Bearer " + token, parent), 200, 3, 1);
        left(call("Bearer " + token, sub), 200, 3, 0);
        Got over = call("Bearer " + token, parent);
        left(over, 429, 3, 0);
        refused(over, 429, "429", "Too many requests. Please slow down.");
        assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(1000, 1200);
    }

    /// A token is replaced by another one or by nothing.
    @Test
    void whoIsOverTheLimitKeepsTheTokenThatItHas() {
        limit(1);
        String token = token(parent);
        for (int i = 0; i < 3; i++) {
            refused(issue(parent, SECRET), 429, "429", "Too many requests. Please slow down.");
        }
        Got got = server.admin("PUT", "/v1/apis/nomba", api("\"version\": 1", server.upstreamBase()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(call("Bearer " + token, parent).status()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedTellsNothing() {
        limit(2);
        Got wrong = issue(parent, "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("X-Rate-Limit-Remaining")).isEmpty();
        left(issue(parent, SECRET), 200, 2, 1);
    }
}
