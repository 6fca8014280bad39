package dev.gatehouse.server.observe;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.oauth.endpoint.TokenWitness;
import dev.gatehouse.server.http.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts decisions, tells traces of them and leaves an event for each token and refusal. Labels are Api names
/// and the fixed reasons of [Refusal], never anything that a caller sent, so that the number of series is bounded
/// (GAUNTLET M05, N01).
public final class Observations implements TokenWitness {
    private static final String ALLOWED = "allowed";

    private final MeterRegistry registry;
    private final Events events;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Outcome.Unsigned, Counter> unsigned;

    /// Counts here and leaves events there.
    public Observations(MeterRegistry registry, Events events) {
        this.registry = registry;
        this.events = events;
        this.unsigned = Arrays.stream(Outcome.Unsigned.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), why -> unsigned(why, registry)));
    }

    private static Counter unsigned(Outcome.Unsigned why, MeterRegistry registry) {
        return Counter.builder("gatehouse.unsigned.answers")
                .description("Answers to signed calls that went without a signature, by reason")
                .tag("reason", why.word())
                .register(registry);
    }

    private record Series(String api, String outcome) {}

    /// A call was allowed at this Api.
    public void allowed(HttpFacts http, String api) {
        count(http, api, ALLOWED);
    }

    /// A request was refused at this Api.
    public void refused(HttpFacts http, String api, Refusal refusal) {
        count(http, api, refusal.reason());
        events.add(Event.Refused.of(http, api, refusal));
    }

    /// A request was turned away for a reason that is no decision about its caller.
    ///
    /// @param api its name, or `-` when none was found
    /// @param reason one of few fixed words
    public void turnedAway(HttpFacts http, String api, String reason) {
        count(http, api, reason);
        events.add(new Event.Refused(api, http.from(), http.id(), reason, "", Optional.empty()));
    }

    @Override
    public void issued(HttpFacts http, Api api, Id credential) {
        count(http, api.name(), ALLOWED);
        events.add(Event.Issued.of(http, api.name(), credential));
    }

    @Override
    public void secretFromPage(HttpFacts http, Api api, Id credential) {
        events.add(new Event.Noticed(api.name(), http.from(), http.id(), "secret_from_page", credential));
    }

    @Override
    public void domainKeyFromProgram(HttpFacts http, Api api, Id credential) {
        events.add(new Event.Noticed(api.name(), http.from(), http.id(), "domain_key_from_program", credential));
    }

    @Override
    public void refused(HttpFacts http, Api api, Refusal refusal) {
        refused(http, api.name(), refusal);
    }

    /// An answer to a signed call goes without a signature.
    public void unsigned(Outcome.Unsigned why) {
        Optional.ofNullable(unsigned.get(why)).ifPresent(Counter::increment);
    }

    private void count(HttpFacts http, String api, String outcome) {
        http.trace().outcome(api, outcome);
        Series series = new Series(api, outcome);
        Counter counter = counters.get(series); // takes no lock, unlike what puts
        (counter == null ? counters.computeIfAbsent(series, this::counter) : counter).increment();
    }

    private Counter counter(Series series) {
        return Counter.builder("gatehouse.decisions")
                .description("Decisions by Api and outcome")
                .tag("api", series.api())
                .tag("outcome", series.outcome())
                .register(registry);
    }
}
