package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns calls away, as their Api says it and where it is seen.
record Denials(CallDialect.Chosen dialects, Observations observations) {
    /// When to ask again what this node cannot tell at the moment.
    static final Duration RETRY = Duration.ofSeconds(1);

    /// Stands in events and metrics for the Api of a call that is turned away before one is looked for.
    private static final String NO_API = "-";

    Outcome refuse(Turn turn, Refusal refusal) {
        return refuse(turn.call(), turn.api(), turn.passage(), refusal);
    }

    Outcome refuse(HttpFacts call, Api api, Passage passage, Refusal refusal) {
        return refuse(call, api, passage, refusal, dialects.of(api).refused(call, api, refusal));
    }

    /// @param reply that says so
    Outcome refuse(HttpFacts call, Api api, Passage passage, Refusal refusal, Reply reply) {
        observations.refused(call, api, refusal);
        return passage.refused(call, Optional.of(api), reply);
    }

    /// Turns a call away for what it is for, whoever makes it.
    ///
    /// @param word in events and metrics
    Outcome turnAway(HttpFacts call, Api api, Passage passage, String word, Reply reply) {
        observations.turnedAway(call, api.name(), word);
        return passage.refused(call, Optional.of(api), reply);
    }

    /// The facts of this node are too old to tell anything by them.
    Outcome stale(HttpFacts call, Optional<Api> api, Passage passage) {
        Refusal stale = new Refusal.Unavailable("facts are not fresh", RETRY);
        observations.refused(call, api.map(Api::name).orElse(NO_API), stale);
        return passage.refused(
                call,
                api,
                api.map(one -> dialects.of(one).refused(call, one, stale)).orElseGet(() -> Refusals.reply(stale)));
    }

    /// No Api is served under the name that the call has.
    Outcome misdirected(HttpFacts call, Passage passage) {
        return passage.refused(call, Optional.empty(), Later.misdirected(call, NO_API, observations));
    }

    /// Goes on where waiting is allowed. A database that is away is no statement about the caller.
    Outcome waiting(Turn turn, Supplier<Outcome> next) {
        return new Outcome.Block(Outcome.Work.VERIFY, () -> {
            try {
                return next.get();
            } catch (FactsUnavailable e) {
                return refuse(turn, new Refusal.Unavailable("facts: " + e.getMessage(), RETRY));
            }
        });
    }
}
