package dev.gatehouse.server.http;

import java.util.function.LongSupplier;

/// What every exchange of a listener shares. Only the listener itself and the budgets of its bodies and answers are
/// its own: what callers of one listener take, those of another, the admin API before all, still have (GAUNTLET
/// M04).
record Carriage(
        HttpListener listener,
        HttpLimits limits,
        LongSupplier nanos,
        ReplyWriter writer,
        ErrorReplies errors,
        Bulkheads bulkheads,
        BodyBudget bodies,
        AnswerBudget answers,
        Upstreams upstreams,
        OpenExchanges open) {
    Pace pace() {
        return new Pace(limits.minimumRate(), limits.rateGrace(), limits.idle());
    }
}
