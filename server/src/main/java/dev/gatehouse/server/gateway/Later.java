package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.util.Optional;
import java.util.function.BiFunction;

/// Goes on with requests whose body is there. It may have taken its time, so the Api is looked up again; one that
/// is gone answers nothing any more.
public record Later(FactSource facts, Observations observations) {
    private static final String MISDIRECTED = "misdirected";

    /// Goes on with the Api as it is now.
    ///
    /// @param api as it was when the head was there
    public Outcome go(HttpFacts whole, Api api, BiFunction<HttpFacts, Api, Outcome> next) {
        Optional<Api> now = facts.api(api.id());
        if (now.isEmpty()) {
            return new Outcome.Answer(misdirected(whole, api.name(), observations));
        }
        return next.apply(whole, now.get());
    }

    /// The refusal of a request that is for no Api.
    static Reply misdirected(HttpFacts http, String api, Observations observations) {
        observations.turnedAway(http, api, MISDIRECTED);
        return Reply.problem(421, MISDIRECTED, "No Api is served under this host name.")
                .closing();
    }
}
