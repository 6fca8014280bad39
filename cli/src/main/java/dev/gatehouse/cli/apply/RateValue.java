package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.limit.Rate;
import java.util.Optional;

/// So many requests in so many seconds, and so many at once: as many unless a burst is given.
final class RateValue implements Value {
    static final Value RATE = new RateValue();

    private static final Shape SHAPE = Shape.of(
            Shape.required("requests", Value.number(1, Rate.MAX_REQUESTS)),
            Shape.required("seconds", Value.number(1, Rate.MAX_SECONDS)),
            Shape.optional("burst", Value.number(1, Rate.MAX_REQUESTS)));

    private RateValue() {}

    /// The burst is always said, as the server shows it.
    @Override
    public Optional<Json> read(Node node, Mistakes mistakes) {
        return SHAPE.object(node, mistakes).flatMap(rate -> {
            Optional<Json> requests = rate.get("requests");
            Optional<Json> seconds = rate.get("seconds");
            if (requests.isEmpty() || seconds.isEmpty()) {
                return Optional.empty(); // told already
            }
            Json burst = rate.get("burst").orElse(requests.get());
            if (!Rate.possible(number(requests.get()), number(seconds.get()), number(burst))) {
                mistakes.wrong(node.place(), "must have a burst that is there again within 30 days");
                return Optional.empty();
            }
            return Optional.of(rate.with("burst", burst));
        });
    }

    private static long number(Json json) {
        return json instanceof Json.Num(String digits) ? Long.parseLong(digits) : 0;
    }
}
