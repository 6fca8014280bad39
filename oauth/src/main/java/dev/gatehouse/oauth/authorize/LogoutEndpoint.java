package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.IdTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `/oauth2/logout`, the end session endpoint (OpenID Connect RP-Initiated Logout 1.0). The person is always
/// asked: nobody signs it out by a link (GAUNTLET L06). Afterwards it is sent only to where the client registered
/// that the ID token was for, or that the request names. Blocks.
public final class LogoutEndpoint {
    private static final int MAX_STATE = 512;

    /// The client and its way back, when there is one.
    private record Target(Optional<Actor> client, Optional<String> redirect) {}

    private final Clients clients;
    private final IdTokens idTokens;
    private final AskSeal seal;
    private final InstantSource clock;

    /// Over these clients.
    public LogoutEndpoint(Clients clients, IdTokens idTokens, Keys keys, InstantSource clock) {
        this.clients = clients;
        this.idTokens = idTokens;
        this.seal = new AskSeal(keys, clock);
        this.clock = clock;
    }

    /// A request to sign out; all of its parameters may be left out (section 2).
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public LogoutStep ask(HttpFacts http, Api api) {
        if (!api.openId()) {
            return new LogoutStep.Refused(404, "not_found", "nobody signs in here");
        }
        boolean empty = (http.method().equals("GET") && http.query().isEmpty())
                || (http.method().equals("POST") && http.body().length() == 0);
        String raw = empty ? "" : RequestReader.parameters(http).orElse("%");
        Optional<Form> form = form(raw);
        if (form.isEmpty()) {
            return refused("the request cannot be read");
        }
        if (!known(form.get(), http, api)) {
            return refused("no such application signs people in here");
        }
        Optional<Target> target = target(form.get(), api);
        if (target.isEmpty()) {
            return refused("id_token_hint or post_logout_redirect_uri is not of the application that asks");
        }
        String ask =
                seal.seal(new AskSeal.Waiting(AskSeal.Purpose.SIGN_OUT, clock.instant(), Optional.empty(), raw), api);
        return question(ask, form.get(), target.get());
    }

    /// Whether who is named without a hint is a client: names that come with a request may be made up.
    private boolean known(Form form, HttpFacts http, Api api) {
        Optional<String> named = form.value("client_id").filter(_ -> !form.has("id_token_hint"));
        return named.isEmpty()
                || switch (clients.named(named.get(), http, api)) {
                    case Named.Known _ -> true;
                    case Named.Refused(Refusal.Unavailable(String what, Duration _)) ->
                        throw new FactsUnavailable(what);
                    case Named.Refused _ -> false;
                };
    }

    /// The request that was sealed, for the same question once more.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public LogoutStep resume(String ask, Api api) {
        return opened(ask, api)
                .flatMap(form -> target(form, api).map(target -> question(ask, form, target)))
                .orElseGet(() -> refused("this took too long: go back to the application and start again"));
    }

    private static LogoutStep question(String ask, Form form, Target target) {
        return new LogoutStep.Question(
                ask,
                target.client()
                        .map(Actor::application)
                        .map(one -> new AskingClient(one.id(), one.clientId(), one.name())),
                form.value("ui_locales"),
                form.has("id_token_hint"));
    }

    private Optional<Form> opened(String ask, Api api) {
        return seal.open(ask, api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.SIGN_OUT)
                .flatMap(waiting -> form(waiting.raw()));
    }

    /// The person has signed out: where it goes from here.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public LogoutStep signedOut(String ask, Api api) {
        return opened(ask, api)
                .flatMap(one -> target(one, api)
                        .flatMap(Target::redirect)
                        .<LogoutStep>map(uri -> new LogoutStep.Answer(Answers.redirect(uri, state(one))
                                .with("Cache-Control", "no-store")
                                .with("Referrer-Policy", "no-referrer"))))
                .orElseGet(LogoutStep.SignedOut::new);
    }

    private static Optional<Form> form(String raw) {
        if (raw.length() > RequestReader.MAX_LENGTH) {
            return Optional.empty();
        }
        return raw.isEmpty()
                ? Optional.of(new Form(Map.of()))
                : Form.parse(raw.getBytes(StandardCharsets.ISO_8859_1))
                        .filter(form -> form.value("state").orElse("").length() <= MAX_STATE);
    }

    private static LogoutStep refused(String description) {
        return new LogoutStep.Refused(400, "invalid_request", description);
    }

    private static Map<String, String> state(Form form) {
        Map<String, String> members = new HashMap<>();
        form.value("state").ifPresent(state -> members.put("state", state));
        return members;
    }

    /// Empty when there is a way back that must not be taken (section 3), to where the client did not register,
    /// character by character; or an ID token that is none of ours, or of another client than the `client_id`
    /// beside it (section 2). A client that is only named will do: who hears of the end is who registered, and the
    /// person says yes.
    private Optional<Target> target(Form form, Api api) {
        Optional<IdTokens.Hint> hint = form.value("id_token_hint").flatMap(text -> idTokens.hint(text, api));
        boolean foreign = form.has("id_token_hint")
                && (hint.isEmpty()
                        || !form.value("client_id")
                                .orElse(hint.get().clientId())
                                .equals(hint.get().clientId()));
        Optional<Actor> client = hint.map(IdTokens.Hint::clientId)
                .or(() -> form.value("client_id"))
                .flatMap(clients::actor)
                .filter(one -> one.stands(clock.instant()));
        Optional<String> asked = form.value("post_logout_redirect_uri");
        Optional<String> redirect = asked.filter(uri -> client.stream()
                .flatMap(one -> one.application().terms().afterLogout().stream())
                .anyMatch((RedirectUri registered) -> registered.text().equals(uri)));
        return foreign || (asked.isPresent() && redirect.isEmpty())
                ? Optional.empty()
                : Optional.of(new Target(client, redirect));
    }
}
