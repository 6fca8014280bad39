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

/// A request for one endpoint of a dialect.
record Asked(HttpFacts http, Api api, Dialect dialect, DialectWriter writer, Endpoint endpoint, Shown shown) {
    /// An input that the endpoint's way has; the loader sees to it.
    Secret need(Input input) {
        return shown.get(input).orElseThrow(() -> new IllegalStateException(input.word() + " was not read"));
    }

    Reply answered(Result result) {
        return writer.answered(endpoint, result);
    }

    Reply refused(Refusal refusal) {
        return writer.refused(http.path(), Fault.of(refusal));
    }

    Reply refused(Fault fault) {
        return writer.refused(http.path(), fault);
    }
}
