package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.PushedRequestStore.Pushed;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.ClientCheck;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.FormRequest;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.OAuthError;
import dev.gatehouse.oauth.endpoint.TokenWitness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `POST /oauth2/par` (RFC 9126 section 2): the client proves itself as at the token endpoint, its authorization
/// request is checked as if a browser came with it, and is kept under a name that a browser can come with, for a
/// moment. Blocks.
public final class PushedRequestEndpoint {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final int CREATED = 201;

    private static final String KEY = "dpop_jkt";

    private final ClientCheck check;
    private final Clients clients;
    private final PushedRequestStore requests;
    private final RequestUris uris;
    private final RequestObjects objects;
    private final Limiter limiter;
    private final Holders holders;
    private final TokenWitness witness;
    private final InstantSource clock;

    /// @param objects reads what clients sign
    /// @param limiter charges each push
    /// @param holders tells which key a code is to be bound to
    /// @param witness is told of every client that did not prove itself
    /// @param random a secure one
    public PushedRequestEndpoint(
            ClientCheck check,
            Clients clients,
            PushedRequestStore requests,
            RequestObjects objects,
            Pepper pepper,
            Limiter limiter,
            Holders holders,
            TokenWitness witness,
            InstantSource clock,
            RandomGenerator random) {
        this.check = check;
        this.clients = clients;
        this.requests = requests;
        this.uris = new RequestUris(pepper, random);
        this.objects = objects;
        this.limiter = limiter;
        this.holders = holders;
        this.witness = witness;
        this.clock = clock;
    }

    /// Whether a request is one of those that web pages make, which have no secret to send.
    public static boolean forPages(HttpFacts http) {
        return FormRequest.read(http) instanceof FormRequest.Read.Sent(Form form) && ClientCheck.named(http, form);
    }

    /// Answers, writing the request down.
    public Reply answer(HttpFacts http, Api api) {
        if (!api.openId()) {
            return Reply.problem(404, "not-found", "this Api is no OpenID provider");
        }
        // before any signature is checked, under a key that anybody may have drawn
        Optional<Refusal.TooMany> closed = http.values(Holders.HEADER).isEmpty()
                ? Optional.empty()
                : limiter.closed(api, new Ask.Authenticate(http.from(), true));
        return closed.map(refusal -> turnedAway(http, api, refusal)).orElseGet(() -> looked(http, api));
    }

    private Reply turnedAway(HttpFacts http, Api api, Refusal refusal) {
        witness.refused(http, api, refusal);
        return OAuthError.of(refusal, false).reply();
    }

    private Reply looked(HttpFacts http, Api api) {
        try {
            return switch (holders.asking(http, api, Metadata.addresses(api, Metadata.PAR_PATH))) {
                case Holders.Looked.Nothing() -> answer(http, api, Optional.empty());
                case Holders.Looked.Proven(DpopProof proof) -> answer(http, api, Optional.of(proof));
                case Holders.Looked.Refused(Refusal.NotHolder refusal) -> turnedAway(http, api, refusal);
            };
        } catch (FactsUnavailable _) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    private Reply answer(HttpFacts http, Api api, Optional<DpopProof> proof) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> error.reply();
            case FormRequest.Read.Sent(Form form) ->
                switch (check.client(http, form, api)) {
                    case Clients.Found.Failed(OAuthError error, Refusal refusal) -> {
                        witness.refused(http, api, refusal);
                        yield error.reply();
                    }
                    case Clients.Found.Known(Application client) ->
                        read(http, ClientCheck.asked(form), api, client, proof);
                };
        };
    }

    /// RFC 9126 section 3: what the client signed counts, and nothing beside it.
    private Reply read(HttpFacts http, Form form, Api api, Application client, Optional<DpopProof> proof) {
        Optional<String> object = form.value(RequestObjects.PARAMETER);
        if (object.isEmpty()) {
            return held(http, form, api, client, proof, false);
        }
        if (!form.value("client_id").orElse(client.clientId()).equals(client.clientId())) {
            return invalid("client_id names another client");
        }
        if (form.has("request_uri")) {
            return invalid("request_uri cannot be pushed");
        }
        return switch (objects.read(object.get(), client, api, http)) {
            case RequestObjects.Read.Good(Form signed) -> held(http, signed, api, client, proof, true);
            case RequestObjects.Read.Wrong(String why) ->
                new OAuthError.InvalidAuthorization(RequestObjects.ERROR, why).reply();
            case RequestObjects.Read.Nowhere(String why) ->
                new OAuthError.InvalidAuthorization(RequestObjects.NOWHERE, why).reply();
            case RequestObjects.Read.Later(Refusal.TooMany refusal) -> turnedAway(http, api, refusal);
        };
    }

    private Reply held(
            HttpFacts http, Form asked, Api api, Application client, Optional<DpopProof> proof, boolean signed) {
        boolean fits = proof.map(one -> one.fits(api.clients().profile(client.terms())))
                .orElse(true);
        return unlike(asked, proof) || !fits
                ? new OAuthError.InvalidProof().reply()
                : pushed(http, bound(asked, proof), api, client, proof, signed);
    }

    /// RFC 9449 section 10.1: the key that is proven is the one that the code is bound to.
    private static boolean unlike(Form form, Optional<DpopProof> proof) {
        return proof.map(DpopProof::key)
                .filter(key -> !form.value(KEY).orElse(key).equals(key))
                .isPresent();
    }

    private static Form bound(Form form, Optional<DpopProof> proof) {
        return proof.map(shown -> form.with(KEY, shown.key())).orElse(form);
    }

    /// RFC 9126 section 2.1, in its order.
    private Reply pushed(
            HttpFacts http, Form form, Api api, Application client, Optional<DpopProof> proof, boolean signed) {
        if (form.has("request_uri")) {
            return invalid("request_uri cannot be pushed");
        }
        if (!form.value("client_id").equals(Optional.of(client.clientId()))) {
            return invalid("client_id is missing, or names another client");
        }
        if (!client.terms().signsIn()) {
            return new OAuthError.UnauthorizedClient().reply();
        }
        String text = form.text();
        if (new KeptRequest(signed, text).text().length() > RequestReader.MAX_LENGTH) {
            return invalid("the request is longer than " + RequestReader.MAX_LENGTH + " characters");
        }
        if (RequestReader.form(text).isEmpty()) {
            return invalid("the request has more parameters than a browser can come with");
        }
        Actor actor = clients.actor(client.clientId())
                .orElseThrow(() -> new FactsUnavailable("a client that has just proven itself"));
        if (!actor.stands(clock.instant())) {
            return turnedAway(http, api, new Refusal.BadCredential("a client that does not stand"));
        }
        Origin origin = new Origin(clock.instant(), Optional.empty(), signed);
        return switch (RequestReader.redirect(form, text, api, actor, origin, Optional.empty())) {
            case RequestReader.Read.Refused(AuthorizeStep step) -> wrong(step);
            case RequestReader.Read.Sure(Asked asked) ->
                RequestChecks.content(asked)
                        .map(error -> new OAuthError.InvalidAuthorization(error.error(), error.description()).reply())
                        .orElseGet(() -> charged(http, asked, proof));
        };
    }

    private static Reply wrong(AuthorizeStep step) {
        return step instanceof AuthorizeStep.Refused(int _, String error, String description)
                ? new OAuthError.InvalidAuthorization(error, description).reply()
                : new OAuthError.Unavailable(RETRY).reply();
    }

    /// Nothing is written for whoever is over a limit, and nothing that is refused is charged or uses a proof up.
    private Reply charged(HttpFacts http, Asked asked, Optional<DpopProof> proof) {
        return switch (limiter.push(asked.api(), asked.client().application(), http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> turnedAway(http, asked.api(), refusal);
            case Charge.Made charge -> {
                boolean kept = false;
                try {
                    Reply reply = proof.flatMap(holders::use)
                            .map(refusal -> OAuthError.of(refusal, false).reply())
                            .orElseGet(() -> kept(asked));
                    kept = reply.status() == CREATED;
                    yield reply;
                } finally {
                    if (!kept) {
                        limiter.refund(charge);
                    }
                }
            }
        };
    }

    private Reply kept(Asked asked) {
        Api api = asked.api();
        Duration life = life(api, asked.client().application());
        Instant now = clock.instant();
        RequestUris.Drawn drawn = uris.draw(api);
        Pushed request = new Pushed(
                drawn.digest(),
                api.id(),
                asked.client().application().id(),
                new KeptRequest(asked.signed(), asked.raw()).text(),
                now.plus(life));
        if (!requests.push(request, now)) {
            return new OAuthError.TooMany(new Refusal.TooMany(life)).reply();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request_uri", drawn.uri());
        members.put("expires_in", life.toSeconds());
        return Reply.json(CREATED, members).with("Cache-Control", "no-store");
    }

    private static Duration life(Api api, Application client) {
        Duration usual = api.clients().pushedLife();
        boolean shorter = api.clients().profile(client.terms()).isPresent();
        return shorter && usual.compareTo(ClientProfile.PUSHED_LIFE) > 0 ? ClientProfile.PUSHED_LIFE : usual;
    }

    private static Reply invalid(String what) {
        return new OAuthError.InvalidRequest(what).reply();
    }
}
