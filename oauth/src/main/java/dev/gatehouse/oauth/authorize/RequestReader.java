package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.FormRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Reads an authorization request as far as it takes to know whom errors may be told to: the client, and one of
/// its redirect URIs. Before that no redirect happens (RFC 6749 section 4.1.2.1, GAUNTLET A01-A07).
final class RequestReader {
    /// What reading gave.
    sealed interface Read {
        /// Client and way back are sure.
        record Sure(Asked asked) implements Read {}

        /// They are not.
        record Refused(AuthorizeStep page) implements Read {}
    }

    /// The longest request: it travels in the query of a redirect, sealed.
    static final int MAX_LENGTH = 4096;

    private final Clients clients;
    private final InstantSource clock;

    RequestReader(Clients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /// The parameters as they were sent, by GET in the query or by POST in the body and nowhere else (OpenID
    /// Connect Core section 3.1.2.1). Empty when there are none to read.
    static Optional<String> parameters(HttpFacts http) {
        return switch (http.method()) {
            case "GET", "HEAD" -> http.query();
            case "POST" ->
                FormRequest.read(http) instanceof FormRequest.Read.Sent
                        ? Optional.of(new String(http.body().toArray(), StandardCharsets.US_ASCII))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// @param begun when the request was first heard of
    /// @param http where the client's name came from
    Read read(String raw, Api api, Instant begun, HttpFacts http) {
        Optional<Form> form =
                raw.length() <= MAX_LENGTH ? Form.passing(raw.getBytes(StandardCharsets.ISO_8859_1)) : Optional.empty();
        if (form.isEmpty()) {
            return refused(
                    "invalid_request",
                    "the request cannot be read: too long, or a parameter is malformed or there twice");
        }
        Optional<String> clientId = form.get().value("client_id");
        if (clientId.isEmpty()) {
            return refused("invalid_request", "client_id is missing");
        }
        return switch (clients.named(clientId.get(), http, api)) {
            case Named.Known(Actor client) ->
                client.stands(clock.instant()) && client.application().terms().uses(GrantType.AUTHORIZATION_CODE)
                        ? redirect(form.get(), raw, api, client, begun)
                        : unknown();
            case Named.Refused(Refusal.TooMany(Duration after, var _)) ->
                new Read.Refused(new AuthorizeStep.Later(after));
            case Named.Refused(Refusal.Unavailable(String what, Duration _)) -> throw new FactsUnavailable(what);
            case Named.Refused(Refusal _) -> unknown();
        };
    }

    private static Read unknown() {
        return refused("unauthorized_client", "no such application signs people in here");
    }

    /// The registered URI itself, or the only one when none is named (RFC 6749 section 3.1.2.3).
    private static Read redirect(Form form, String raw, Api api, Actor client, Instant begun) {
        Application application = client.application();
        List<RedirectUri> registered = application.terms().redirects();
        Optional<String> named = form.value("redirect_uri");
        Optional<RedirectUri> found = named.isPresent()
                ? application.terms().redirect(named.get())
                : Optional.of(registered.getFirst()).filter(_ -> registered.size() == 1);
        return found.<Read>map(
                        uri -> new Read.Sure(new Asked(form, raw, api, client, uri, named.orElse(uri.text()), begun)))
                .orElseGet(() -> refused(
                        "invalid_request",
                        named.isPresent()
                                ? "redirect_uri is not one that the application registered"
                                : "redirect_uri is missing"));
    }

    private static Read refused(String error, String description) {
        return new Read.Refused(new AuthorizeStep.Refused(400, error, description));
    }
}
