package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.PushedRequestStore.Pushed;
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
    static final int MAX_LENGTH = PushedRequestStore.MAX_LENGTH;

    /// The longest request with an object in it, of which what was signed travels on.
    private static final int MAX_WITH_OBJECT = 12 * 1024;

    private static final String REQUEST_URI = "request_uri";

    private final Clients clients;
    private final PushedRequestStore requests;
    private final RequestUris uris;
    private final RequestObjects objects;
    private final InstantSource clock;

    RequestReader(
            Clients clients,
            PushedRequestStore requests,
            RequestUris uris,
            RequestObjects objects,
            InstantSource clock) {
        this.clients = clients;
        this.requests = requests;
        this.uris = uris;
        this.objects = objects;
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

    /// A request that a browser brings, or the one that it names.
    ///
    /// @param http where the client's name came from
    Read first(String raw, Api api, HttpFacts http) {
        Optional<Form> form = form(raw);
        Optional<String> uri =
                form.flatMap(sent -> sent.value(REQUEST_URI)).filter(one -> one.startsWith(RequestUris.PREFIX));
        if (uri.isEmpty()) {
            return read(raw, api, new Origin(clock.instant(), Optional.empty(), false), http);
        }
        // RFC 9101 section 5: one of the two
        return form.get().has(RequestObjects.PARAMETER)
                ? refused("invalid_request", "request and request_uri exclude each other")
                : pushed(form.get(), uri.get(), api, http);
    }

    /// One that was read before and waited for a person.
    Read again(AskSeal.Waiting waiting, Api api, HttpFacts http) {
        return read(waiting.raw(), api, waiting.origin(), http);
    }

    /// RFC 9126 section 4, RFC 9101 section 5: of what stands beside `request_uri` only the `client_id` counts,
    /// and it is the one of the client that pushed it (GAUNTLET B07).
    private Read pushed(Form sent, String uri, Api api, HttpFacts http) {
        Instant now = clock.instant();
        return uris.digests(uri, api)
                .flatMap(digests -> requests.waiting(digests, api.id(), now))
                .map(request -> switch (read(KeptRequest.read(request.parameters()), request, api, now, http)) {
                    case Read.Sure(Asked asked)
                    when asked.client().application().id().equals(request.application())
                            && sent.value("client_id").equals(asked.form().value("client_id")) -> new Read.Sure(asked);
                    case Read.Sure _ -> over();
                    case Read.Refused refused -> refused;
                })
                .orElseGet(RequestReader::over);
    }

    private static Read over() {
        return refused(
                "invalid_request_uri",
                "this request took too long, was answered before, or is another application's: go back to the"
                        + " application and start again");
    }

    private Read read(KeptRequest kept, Pushed request, Api api, Instant now, HttpFacts http) {
        return read(kept.parameters(), api, new Origin(now, Optional.of(request.digest()), kept.signed()), http);
    }

    /// What a browser's request is read as, a pushed one included.
    static Optional<Form> form(String raw) {
        return raw.length() > MAX_WITH_OBJECT
                ? Optional.empty()
                : Form.passing(raw.getBytes(StandardCharsets.ISO_8859_1))
                        .filter(form -> raw.length() <= MAX_LENGTH || form.has(RequestObjects.PARAMETER));
    }

    private Read read(String raw, Api api, Origin origin, HttpFacts http) {
        Optional<Form> form = form(raw);
        if (form.isEmpty()) {
            return refused(
                    "invalid_request",
                    "the request cannot be read: too long, or a parameter is malformed or there twice");
        }
        Optional<String> clientId = form.get().value("client_id");
        if (clientId.isEmpty()) {
            return refused("invalid_request", "client_id is missing");
        }
        return switch (clients.beginning(clientId.get(), http, api)) {
            case Named.Known(Actor client) ->
                client.stands(clock.instant()) && client.application().terms().signsIn()
                        ? read(form.get(), raw, api, client, origin, http)
                        : unknown();
            case Named.Refused(Refusal.TooMany(Duration after, var _)) ->
                new Read.Refused(new AuthorizeStep.Later(after));
            case Named.Refused(Refusal.Unavailable(String what, Duration _)) -> throw new FactsUnavailable(what);
            case Named.Refused(Refusal _) -> unknown();
        };
    }

    /// What was signed counts and nothing beside it (RFC 9101 section 6.3). What is wrong with an object is told
    /// to the client where the rest of the request says that it may be.
    private Read read(Form form, String raw, Api api, Actor client, Origin origin, HttpFacts http) {
        Optional<String> object = form.value(RequestObjects.PARAMETER);
        Optional<String> uri = form.value(REQUEST_URI);
        if (object.isEmpty() && uri.isEmpty()) {
            return redirect(form, raw, api, client, origin, Optional.empty());
        }
        if (object.isPresent() && uri.isPresent()) {
            return refused("invalid_request", "request and request_uri exclude each other");
        }
        // whoever has to push is told so before anything is fetched
        if (uri.isPresent()
                && api.clients().require(ClientRule.PUSHED, client.application().terms())) {
            return flawed(
                    form, raw, api, client, origin, RequestObjects.NOWHERE, "this client has to push its requests");
        }
        return switch (object.isPresent()
                ? objects.read(object.get(), client.application(), api, http)
                : objects.fetch(uri.orElseThrow(), client.application(), api, http)) {
            case RequestObjects.Read.Good(Form signed) ->
                signed.text().length() > MAX_LENGTH
                        ? refused(RequestObjects.ERROR, "the request object is too long")
                        : redirect(signed, signed.text(), api, client, origin.bySignature(), Optional.empty());
            case RequestObjects.Read.Wrong(String why) ->
                flawed(form, raw, api, client, origin, RequestObjects.ERROR, why);
            case RequestObjects.Read.Nowhere(String why) ->
                flawed(form, raw, api, client, origin, RequestObjects.NOWHERE, why);
            case RequestObjects.Read.Later(Refusal.TooMany refusal) ->
                new Read.Refused(new AuthorizeStep.Later(refusal.retryAfter()));
        };
    }

    private static Read flawed(Form form, String raw, Api api, Actor client, Origin origin, String error, String why) {
        return redirect(form, raw, api, client, origin, Optional.of(new AuthorizeError(error, why)))
                        instanceof Read.Sure told
                ? told
                : refused(error, why);
    }

    private static Read unknown() {
        return refused("unauthorized_client", "no such application signs people in here");
    }

    /// The registered URI itself, or the only one when none is named (RFC 6749 section 3.1.2.3).
    ///
    /// @param flaw what is wrong with the object that the request came in
    static Read redirect(Form form, String raw, Api api, Actor client, Origin origin, Optional<AuthorizeError> flaw) {
        Application application = client.application();
        List<RedirectUri> registered = application.terms().redirects();
        Optional<String> named = form.value("redirect_uri");
        Optional<RedirectUri> found = named.isPresent()
                ? application.terms().redirect(named.get())
                : Optional.of(registered.getFirst()).filter(_ -> registered.size() == 1);
        return found.<Read>map(uri -> new Read.Sure(new Asked(
                        form,
                        raw,
                        api,
                        client,
                        uri,
                        named.orElse(uri.text()),
                        origin.begun(),
                        origin.pushed(),
                        origin.signed(),
                        origin.waited(),
                        flaw)))
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
