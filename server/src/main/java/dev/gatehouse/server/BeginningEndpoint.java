package dev.gatehouse.server;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.FormOutage;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.Meetings;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Outcome;
import java.util.function.BiFunction;

/// An endpoint at which clients begin something by a form.
record BeginningEndpoint(Later later, Meetings meetings, BiFunction<HttpFacts, Api, Reply> answer)
        implements OwnEndpoint {
    @Override
    public Outcome answer(HttpFacts head, Api api) {
        return new Outcome.ReadBody(
                TokenEndpoint.MAX_BODY,
                http -> later.go(
                        http,
                        api,
                        (whole, now) -> meetings.before(
                                whole,
                                now,
                                new Outcome.Block(
                                        Outcome.Work.MINT, () -> new Outcome.Answer(answer.apply(whole, now))))));
    }

    @Override
    public Reply unavailable(String detail) {
        return FormOutage.reply();
    }
}
