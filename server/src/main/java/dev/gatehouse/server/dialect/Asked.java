package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.DialectWriter;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.cors.Cors;

/// A request for one endpoint of a dialect.
record Asked(
        HttpFacts http, Api api, Dialect dialect, DialectWriter writer, Cors cors, Endpoint endpoint, Shown shown) {
    /// An input that the endpoint's way has; the loader sees to it.
    Secret need(Input input) {
        return shown.get(input).orElseThrow(() -> new IllegalStateException(input.word() + " was not read"));
    }

    Reply answered(Result result) {
        return readable(writer.answered(endpoint, result));
    }

    Reply refused(Refusal refusal) {
        return refused(Fault.of(refusal));
    }

    Reply refused(Fault fault) {
        return readable(writer.refused(http.path(), fault));
    }

    /// Pages read the answers to what pages ask; those to a server, which has a secret, are for no page (GAUNTLET
    /// I06).
    private Reply readable(Reply reply) {
        boolean page = dialect.cors().isPresent() && http.fromPage() && !shown.has(Input.CLIENT_SECRET);
        return page ? cors.onto(reply, http, api).with("Vary", "Origin") : reply;
    }
}
