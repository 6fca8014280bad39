package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.gateway.CallDialect;
import dev.gatehouse.server.gateway.Carried;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The dialect of an Api that only another version of Gatehouse can serve, after a rollback or while one goes on;
/// everything is refused until that version is back, and all other Apis are served.
///
/// @param told how refusals are spelt
record UnknownDialect(CallDialect told, Observations observations) implements CallDialect {
    private static final Refusal LATER = new Refusal.Unavailable("an unknown dialect", Duration.ofSeconds(5));

    @Override
    public Optional<Outcome> own(HttpFacts head, Api api) {
        observations.refused(head, api.name(), LATER);
        return Optional.of(new Outcome.Answer(refused(head, api, LATER)));
    }

    @Override
    public Optional<Set<String>> pageHeaders(HttpFacts question) {
        return Optional.empty();
    }

    @Override
    public boolean wantsBody(HttpFacts head) {
        return false;
    }

    @Override
    public Carried read(HttpFacts call, Api api) {
        return new Carried.Unreadable(LATER, refused(call, api, LATER));
    }

    @Override
    public Set<String> secretHeaders(Api api) {
        return told.secretHeaders(api);
    }

    @Override
    public String target(HttpFacts call) {
        return told.target(call);
    }

    @Override
    public Optional<Outcome.Hearing> hearing(HttpFacts call, Api api, Verdict.Allowed allowed) {
        return Optional.empty();
    }

    @Override
    public Optional<Signing> signing() {
        return Optional.empty();
    }

    @Override
    public Reply refused(HttpFacts call, Api api, Refusal refusal) {
        return told.refused(call, api, refusal);
    }

    @Override
    public Reply disconnected(HttpFacts call, ConnectionFault fault) {
        return told.disconnected(call, fault);
    }

    @Override
    public Reply passed(HttpFacts call, Reply reply) {
        return told.passed(call, reply);
    }

    @Override
    public List<Header> left(Quota quota) {
        return told.left(quota);
    }

    @Override
    public Reply wrongMethod(HttpFacts call, Set<String> allowed) {
        return told.wrongMethod(call, allowed);
    }

    @Override
    public Reply ended(HttpFacts call) {
        return told.ended(call);
    }

    @Override
    public Reply unreadable(HttpFacts call, int status, String detail) {
        return told.unreadable(call, status, detail);
    }
}
