package dev.gatehouse.oauth.client;

import dev.gatehouse.core.client.ClientTerms;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Signed requests that a client keeps at a URL (OpenID Connect Core section 6.2, RFC 9101 section 5.2): fetched from
/// where the client registered and nowhere else, each time anew, so that a fragment that tells states of them apart
/// has nothing to tell here. Blocks.
public final class RequestReferences {
    /// Goes nowhere.
    public static final RequestReferences NONE = new RequestReferences(KeyFetch.NONE);

    /// How many are fetched at the same time.
    private static final int BUSY = 16;

    /// What fetching gave.
    public sealed interface Got {
        /// A text that may be a signed request.
        record Object(String text) implements Got {}

        /// Nothing, and why.
        record Nothing(String why) implements Got {}
    }

    private final KeyFetch fetch;
    private final Semaphore busy = new Semaphore(BUSY);

    /// @param fetch answers within seconds, with no more than [RequestObject#MAX_LENGTH] bytes
    public RequestReferences(KeyFetch fetch) {
        this.fetch = fetch;
    }

    /// What a client keeps there.
    public Got fetch(String uri, ClientTerms terms) {
        if (!terms.openId().requestUris().contains(uri)) {
            return new Got.Nothing("the client did not register this request_uri");
        }
        if (!busy.tryAcquire()) {
            return new Got.Nothing("too many requests are being fetched: try again");
        }
        try {
            int hash = uri.indexOf('#');
            Optional<String> text = fetch.fetch(hash < 0 ? uri : uri.substring(0, hash));
            return text.map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .<Got>map(Got.Object::new)
                    .orElseGet(() -> new Got.Nothing("nothing that could be a request was found at request_uri"));
        } finally {
            busy.release();
        }
    }
}
