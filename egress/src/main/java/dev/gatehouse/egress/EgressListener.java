package dev.gatehouse.egress;

/// Hears of every request when it is over, for metrics. Runs on the thread of the request and must not block.
@FunctionalInterface
public interface EgressListener {
    /// Nobody listens.
    EgressListener NONE = (_, _, _) -> {};

    /// A request is over.
    ///
    /// @param host the host of the URL; empty when the URL names none
    /// @param nanos how long it took
    void fetched(String host, Fetched outcome, long nanos);
}
