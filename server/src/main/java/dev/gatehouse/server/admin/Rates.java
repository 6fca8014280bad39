package dev.gatehouse.server.admin;

import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Rate;
import java.util.List;
import java.util.Optional;

/// Rates as they are written, and the limits of an Api.
final class Rates {
    private static final Attribute<Rate, Long> REQUESTS =
            Attribute.of("requests", Type.number(1, Rate.MAX_REQUESTS), Rate::requests);
    private static final Attribute<Rate, Long> SECONDS =
            Attribute.of("seconds", Type.number(1, Rate.MAX_SECONDS), Rate::seconds);
    private static final Attribute<Rate, Long> BURST =
            Attribute.of("burst", Type.number(1, Rate.MAX_REQUESTS), Rate::burst);

    private static final Type<Rate> OBJECT = Type.object(
            Form.of(Form.required(REQUESTS), Form.required(SECONDS), Form.optional(BURST)),
            Rates::rate,
            rate -> Noun.show(rate, List.of(REQUESTS, SECONDS, BURST), View.NONE));

    /// So many requests in so many seconds; as many at once unless a burst is given.
    static final Type<Rate> RATE = Types.described(
            OBJECT, Schema.of("examples", List.of(Schema.of("requests", 600L, "seconds", 60L, "burst", 100L))));

    private static final Attribute<Limits, Rate> CREDENTIAL =
            Attribute.optional("credential", RATE, Limits::credential);
    private static final Attribute<Limits, Rate> ADDRESS = Attribute.optional("address", RATE, Limits::address);
    private static final Attribute<Limits, Rate> GUESSES = Attribute.optional("guesses", RATE, Limits::guesses);
    private static final Attribute<Limits, Rate> DOMAIN_KEY = Attribute.optional("domain_key", RATE, Limits::domainKey);

    /// How often an Api may be called.
    static final Type<Limits> LIMITS = Type.object(
            Form.of(
                    Form.optional(CREDENTIAL),
                    Form.optional(ADDRESS),
                    Form.optional(GUESSES),
                    Form.optional(DOMAIN_KEY)),
            given -> Got.of(
                    new Limits(given.get(CREDENTIAL), given.get(ADDRESS), given.get(GUESSES), given.get(DOMAIN_KEY))),
            limits -> Noun.show(limits, List.of(CREDENTIAL, ADDRESS, GUESSES, DOMAIN_KEY), View.NONE));

    private Rates() {}

    private static Got<Rate> rate(Given given) {
        long requests = given.need(REQUESTS);
        long seconds = given.need(SECONDS);
        long burst = given.get(BURST).orElse(requests);
        return Rate.possible(requests, seconds, burst)
                ? Got.of(new Rate(requests, seconds, burst))
                : Got.no(new Problem.InvalidField("burst", "so small that it is there again within 30 days"));
    }

    /// Whether whoever has one of two restrictions may do what the other does not let it.
    static boolean wider(Optional<Rate> before, Optional<Rate> after) {
        return before.isPresent() && (after.isEmpty() || !after.get().within(before.get()));
    }
}
