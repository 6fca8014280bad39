package dev.gatehouse.server.http;

import java.util.function.LongSupplier;

/// What every exchange of a server shares.
record Carriage(
        HttpLimits limits,
        LongSupplier nanos,
        ReplyWriter writer,
        ErrorReplies errors,
        Bulkheads bulkheads,
        BodyBudget bodies,
        Upstreams upstreams,
        OpenExchanges open) {
    Pace pace() {
        return new Pace(limits.minimumRate(), limits.rateGrace(), limits.idle());
    }
}
