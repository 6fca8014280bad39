package dev.gatehouse.server.connect;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.registration.DocumentFetch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Metadata documents of clients that nobody registered, through a client of their own: whoever comes may name one
/// (GAUNTLET J06, J07). No redirects.
///
/// @param egress answers within seconds
record FetchedDocuments(Egress egress) implements DocumentFetch {
    private static final int MOST = 16 * 1024;
    private static final List<Header> HEADERS = List.of(new Header("Accept", "application/json"));

    /// The client may ask again later: nothing is said of the document.
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    @Override
    public Got fetch(String uri) {
        return switch (egress.fetch(new EgressRequest("GET", uri, HEADERS, Bytes.NONE, MOST))) {
            case Fetched.Answer(int status, var _, Bytes body)
            when status == 200 -> new Got.Document(new String(body.toArray(), StandardCharsets.UTF_8));
            case Fetched.Answer(int status, var _, var _)
            when status < 500 && !LATER.contains(status) -> new Got.Nothing();
            case Fetched.Answer _, Fetched.Unreachable _ -> new Got.Silence();
            case Fetched.Refused _ -> new Got.Nothing();
        };
    }
}
