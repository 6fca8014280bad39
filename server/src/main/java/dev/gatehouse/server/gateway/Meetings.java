package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.http.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Has clients looked at that are known by a URL only, before they begin something. Their sites may be slow, so
/// that is done where it takes no place of those who get tokens or end something.
public record Meetings(Clients clients) {
    /// What to do with a request, after the client that it names has been looked at.
    public Outcome before(HttpFacts http, Api api, Outcome next) {
        return named(http)
                .filter(name -> clients.unmet(name, api))
                .<Outcome>map(name -> new Outcome.Block(Outcome.Work.PLATFORM, () -> {
                    clients.meet(name, http, api);
                    return next;
                }))
                .orElse(next);
    }

    private static Optional<String> named(HttpFacts http) {
        byte[] form = http.method().equals("POST")
                ? http.body().toArray()
                : http.query().orElse("").getBytes(StandardCharsets.ISO_8859_1);
        return Form.passing(form).flatMap(sent -> sent.value("client_id"));
    }
}
