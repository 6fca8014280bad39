package dev.gatehouse.server.http;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.util.Optional;

/// What stands behind a listener.
public interface Front {
    /// Decides what to do with a request whose head has been read and found unambiguous. Must not block.
    Outcome head(HttpFacts head);

    /// The refusal of a request that could not be read or is over a limit, in the shape that callers of this
    /// listener expect.
    ///
    /// @param head what was read of it; empty when not even the head could be read
    /// @param status 400, 408, 413, 414, 421, 431, 502, 503, 504, ...
    Reply unreadable(Optional<HttpFacts> head, int status, String detail);
}
