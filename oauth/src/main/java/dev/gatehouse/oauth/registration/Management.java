package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Named;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.client.Sectors;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.OAuthError;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The client configuration endpoint (RFC 7592 section 2). The token of a client opens its own registration and
/// nothing else; it lives as long as the client and is never another, so that no lost answer locks a client out.
record Management(
        Store store,
        Clients clients,
        Verifier verifier,
        Registrar registrar,
        Sectors sectors,
        Pepper pepper,
        Limiter limiter,
        InstantSource clock) {
    /// How often a registration is written when others write the application at the same time.
    private static final int LOOKS = 3;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /// A client that has shown its token.
    private record Proven(Application client, Registered registered, Secret token) {}

    Reply answer(HttpFacts http, Api api, RegistrationPolicy policy) {
        return switch (limiter.browser(api, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> new OAuthError.TooMany(refusal).reply();
            case Charge.Made _ ->
                proven(http, api)
                        .map(proven -> decided(http, api, policy, proven))
                        .orElseGet(() -> Bearer.challenge(Bearer.any(http)));
        };
    }

    /// What does not fit is one and the same, whether or not there is such a client (RFC 7592 section 2).
    private Optional<Proven> proven(HttpFacts http, Api api) {
        Optional<Secret> token = Bearer.shown(http);
        Optional<Application> client = http.query()
                .flatMap(query -> Form.parse(query.getBytes(StandardCharsets.ISO_8859_1)))
                .flatMap(form -> form.value("client_id"))
                .flatMap(clients::actor)
                .map(Actor::application);
        if (token.isEmpty() || client.isEmpty()) {
            return Optional.empty();
        }
        return store.registrations()
                .registered(client.get().id())
                .filter(registered -> registered.api().equals(api.id()))
                .filter(registered -> registered
                        .token()
                        .filter(digest -> pepper.matches(digest, token.get()))
                        .isPresent())
                .map(registered -> new Proven(client.get(), registered, token.get()));
    }

    /// One that is held manages nothing, least of all its hold (GAUNTLET H03).
    private Reply decided(HttpFacts http, Api api, RegistrationPolicy policy, Proven proven) {
        return switch (verifier.named(
                proven.client().clientId(), api, new Ask.Authenticate(http.from()), http.arrivedNanos())) {
            case Named.Refused(Refusal.Unavailable refusal) -> new OAuthError.Unavailable(refusal.retryAfter()).reply();
            case Named.Refused(Refusal.TooMany refusal) -> new OAuthError.TooMany(refusal).reply();
            case Named.Refused _ -> Bearer.challenge(true);
            case Named.Known(Actor actor) when actor.application().standing().revoked() -> Bearer.challenge(true);
            case Named.Known(Actor actor)
            when !actor.stands(clock.instant()) -> Answers.forbidden("the client does not stand");
            case Named.Known _ ->
                switch (http.method()) {
                    case "GET" -> shown(api, proven, Optional.empty());
                    case "DELETE" -> deleted(http, proven);
                    default -> replaced(http, api, policy, proven);
                };
        };
    }

    private Reply shown(Api api, Proven proven, Optional<Secret> secret) {
        Application client = store.members().application(proven.client().id()).orElse(proven.client());
        Map<String, Object> told = store.registrations()
                .registered(client.id())
                .map(Registered::metadata)
                .map(Management::told)
                .orElse(Map.of());
        Scopes scopes = client.role()
                .flatMap(store.apis()::role)
                .map(role -> role.rights().at(api.id()))
                .orElse(Scopes.NONE);
        Map<String, Object> members =
                new LinkedHashMap<>(ClientInformation.of(client, registrar.keys(client), told, scopes, api));
        secret.ifPresent(some -> Answers.secret(members, some));
        members.put("registration_access_token", proven.token().reveal());
        members.put("registration_client_uri", Answers.address(api, client));
        return Reply.json(200, members).with("Cache-Control", "no-store");
    }

    private static Map<String, Object> told(String metadata) {
        Map<String, Object> told = new LinkedHashMap<>();
        StrictJson.object(metadata.getBytes(StandardCharsets.UTF_8))
                .map(Json.Members::byName)
                .orElse(Map.of())
                .forEach((name, value) -> plain(value).ifPresent(one -> told.put(name, one)));
        return told;
    }

    private static Optional<Object> plain(Json value) {
        return switch (value) {
            case Json.Text(String text) -> Optional.of(text);
            case Json.Bool(boolean flag) -> Optional.of(flag);
            case Json.Items(var items) ->
                Optional.of(items.stream().flatMap(item -> plain(item).stream()).toList());
            case Json.Whole _, Json.OtherNumber _, Json.Null _, Json.Members _ -> Optional.empty();
        };
    }

    /// Section 2.3: all that was issued to it ends with it.
    private Reply deleted(HttpFacts http, Proven proven) {
        return switch (store.members().revoke(proven.client().id(), act(http))) {
            case Stored.Done<?> _ -> Reply.empty(204).with("Cache-Control", "no-store");
            case Stored.Missing<?> _ -> Bearer.challenge(true);
            case Stored.Conflict<?> _, Stored.Moved<?> _, Stored.Full<?> _, Stored.Forbidden<?> _ ->
                Answers.forbidden("the client cannot be deleted");
        };
    }

    private Act act(HttpFacts http) {
        return new Act(new Act.Actor.Itself("registration"), http.id(), clock.instant());
    }

    /// Section 2.2: what is left out is no more.
    private Reply replaced(HttpFacts http, Api api, RegistrationPolicy policy, Proven proven) {
        if (!Body.json(http)) {
            return new OAuthError.WrongMediaType().reply();
        }
        Optional<Json.Members> json = StrictJson.object(http.body().toArray());
        if (json.isEmpty()) {
            return Answers.wrong("the body is no JSON object that can be read");
        }
        Optional<String> mistake =
                Update.mistake(json.get(), proven.client(), secret -> registrar.proves(proven.client(), secret));
        if (mistake.isPresent()) {
            return Answers.wrong(mistake.get());
        }
        return switch (MetadataReader.read(json.get(), api, policy)) {
            case ClientMetadata.Read.Wrong(String error, String why) -> Answers.wrong(error, why);
            case ClientMetadata.Read.Good(ClientMetadata metadata) ->
                sectors.mistake(metadata.terms())
                        .map(Answers::wrong)
                        .orElseGet(() -> altered(http, api, proven, metadata));
        };
    }

    private Reply altered(HttpFacts http, Api api, Proven proven, ClientMetadata metadata) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Application> before =
                    store.members().application(proven.client().id());
            if (before.isEmpty()) {
                return Bearer.challenge(true);
            }
            ClientMetadata bounded = metadata.within(before.get().terms());
            Optional<String> unfit = bounded.terms().unfit();
            if (unfit.isPresent()) {
                return Answers.wrong(unfit.get());
            }
            Registrar.Written written = registrar.alter(api, before.get(), proven.registered(), bounded, act(http));
            if (written.stored() instanceof Stored.Done<Application>) {
                return shown(api, proven, written.secret());
            }
            if (written.stored() instanceof Stored.Conflict<Application> conflict && conflict.passing()) {
                return Answers.upgrading();
            }
            if (!(written.stored() instanceof Stored.Moved<Application>)) {
                return Answers.forbidden("the client cannot be written anew");
            }
        }
        return new OAuthError.Unavailable(RETRY).reply();
    }
}
