package dev.gatehouse.server.connect;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.client.RequestReferences;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Small texts that clients keep themselves besides keys, through the one client for what others name (GAUNTLET
/// J06, J07): no redirects, only of these types, no more bytes than that.
///
/// @param egress answers within seconds
/// @param types media types in lower case, without parameters
record FetchedTexts(Egress egress, Set<String> types, int most) implements KeyFetch {
    @Override
    public Optional<String> fetch(String uri) {
        return read(asked(uri));
    }

    /// The same where it matters whether anybody looked.
    RequestReferences.Got request(String uri) {
        Fetched fetched = asked(uri);
        return fetched instanceof Fetched.Unreachable(Fetched.Cause cause, boolean _) && cause == Fetched.Cause.BUSY
                ? new RequestReferences.Got.Later()
                : read(fetched)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .<RequestReferences.Got>map(RequestReferences.Got.Text::new)
                        .orElseGet(() -> new RequestReferences.Got.Nothing(
                                "nothing that could be a request was found at request_uri"));
    }

    private Fetched asked(String uri) {
        List<Header> headers = List.of(
                new Header("Accept", String.join(", ", types.stream().sorted().toList())));
        return egress.fetch(new EgressRequest("GET", uri, headers, Bytes.NONE, most));
    }

    private Optional<String> read(Fetched fetched) {
        return fetched instanceof Fetched.Answer answer
                        && answer.status() == 200
                        && answer.only("Content-Type").filter(this::known).isPresent()
                ? Optional.of(new String(answer.body().toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private boolean known(String type) {
        return types.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }
}
