package dev.gatehouse.server.connect;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.jose.ClientKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Key sets that clients keep themselves, through the one client for what others name (GAUNTLET J06, J07): no
/// redirects, no more bytes than a set may have.
///
/// @param egress answers within seconds
record FetchedKeys(Egress egress) implements KeyFetch {
    private static final List<Header> HEADERS =
            List.of(new Header("Accept", "application/jwk-set+json, application/json"));

    @Override
    public Optional<String> fetch(String uri) {
        Fetched fetched = egress.fetch(new EgressRequest("GET", uri, HEADERS, Bytes.NONE, ClientKeys.MAX_LENGTH));
        return fetched instanceof Fetched.Answer answer && answer.status() == 200
                ? Optional.of(new String(answer.body().toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
