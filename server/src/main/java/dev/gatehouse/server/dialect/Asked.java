package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.DialectWriter;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.time.Duration;
import java.util.function.Supplier;

/// A request for one endpoint of a dialect.
record Asked(
        HttpFacts http, Api api, Dialect dialect, DialectWriter writer, Desk desk, Endpoint endpoint, Shown shown) {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// An input that the endpoint's way has; the loader sees to it.
    Secret need(Input input) {
        return shown.get(input).orElseThrow(() -> new IllegalStateException(input.word() + " was not read"));
    }

    Reply answered(Result result) {
        return readable(writer.answered(endpoint, result));
    }

    Reply refused(Refusal refusal) {
        return refused(refusal, Fault.of(refusal));
    }

    Reply refused(Fault fault) {
        return refused(Faults.refusal(fault), fault);
    }

    private Reply refused(Refusal refusal, Fault fault) {
        desk.observations().refused(http, api.name(), refusal);
        return readable(writer.refused(http.path(), fault));
    }

    Reply unavailable(String what) {
        return refused(new Refusal.Unavailable(what, RETRY));
    }

    /// Answers where waiting is allowed. A database that is away is no statement about the caller.
    Outcome blocking(Outcome.Work work, Supplier<Reply> reply) {
        return new Outcome.Block(work, () -> {
            try {
                return new Outcome.Answer(reply.get());
            } catch (FactsUnavailable e) {
                return new Outcome.Answer(unavailable("facts: " + e.getMessage()));
            }
        });
    }

    /// Checks from memory only.
    Checked check(Presented presented, Ask ask) {
        return desk.verifier().verify(presented, api, ask, http.arrivedNanos());
    }

    /// Checks, reading the database when it must.
    Checked.Known checkLoading(Presented presented, Ask ask) {
        return desk.verifier().verifyLoading(presented, api, ask, http.arrivedNanos());
    }

    /// Pages read the answers to what pages ask; those to a server, which has a secret, are for no page (GAUNTLET
    /// I06).
    private Reply readable(Reply reply) {
        if (dialect.cors().isEmpty()) {
            return reply;
        }
        return shown.has(Input.CLIENT_SECRET)
                ? reply.with("Vary", "Origin")
                : desk.cors().varying(reply, http, api);
    }
}
