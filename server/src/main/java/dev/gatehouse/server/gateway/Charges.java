package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What calls cost under the limits of their Api: the last thing that a call can be refused for but what counts
/// once, so that nothing refused is charged.
record Charges(Limiter limiter, CallDialect.Chosen dialects, Denials denials) {
    /// @param through lets the call through, telling the caller what is left
    Outcome open(HttpFacts call, Api api, Route route, Passage passage, Function<List<Header>, Outcome> through) {
        return switch (limiter.open(api, route, call.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> denials.refuse(call, api, passage, refusal);
            case Charge.Made made -> through.apply(left(api, route, made));
        };
    }

    /// Who is refused uses nothing up, and nothing refused is charged: what was used before gives the charge back.
    ///
    /// @param through lets the call through
    Outcome of(Turn turn, Verdict.Allowed allowed, Function<Charge.Made, Outcome> through) {
        return switch (limiter.call(
                turn.api(), turn.route(), allowed, turn.call().from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> denials.refuse(turn, refusal);
            case Charge.Made made -> {
                Optional<Refusal> used = turn.use().get();
                if (used.isEmpty()) {
                    yield through.apply(made);
                }
                refund(made);
                yield denials.refuse(turn, used.get());
            }
        };
    }

    void refund(Charge.Made made) {
        limiter.refund(made);
    }

    /// What the caller is told of what is left, and of how long the route will be there.
    List<Header> left(Api api, Route route, Charge.Made charge) {
        List<Header> left = charge.left().map(dialects.of(api)::left).orElse(List.of());
        return route.retirement().isEmpty()
                ? left
                : Stream.concat(left.stream(), RetiredRoutes.headers(route).stream())
                        .toList();
    }
}
