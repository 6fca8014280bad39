package dev.gatehouse.server;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.FormOutage;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;
import java.util.function.BiFunction;

/// An endpoint that takes a form and answers from memory when it can.
record FormEndpoint(
        Later later,
        Outcome.Work work,
        BiFunction<HttpFacts, Api, Optional<Reply>> warm,
        BiFunction<HttpFacts, Api, Reply> loading)
        implements OwnEndpoint {
    @Override
    public Outcome answer(HttpFacts head, Api api) {
        return new Outcome.ReadBody(TokenEndpoint.MAX_BODY, http -> later.go(http, api, this::read));
    }

    private Outcome read(HttpFacts http, Api api) {
        return warm.apply(http, api)
                .<Outcome>map(Outcome.Answer::new)
                .orElseGet(() -> new Outcome.Block(work, () -> new Outcome.Answer(loading.apply(http, api))));
    }

    @Override
    public Reply unavailable(String detail) {
        return FormOutage.reply();
    }
}
