package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.client.Sectors;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.OAuthError;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/oauth2/register`: a client registers itself by POST (RFC 7591 section 3), and looks after its registration
/// with GET, PUT and DELETE under its own token (RFC 7592), where the policy of the Api lets it. Blocks.
public final class RegistrationEndpoint {
    /// The longest body.
    public static final int MAX_BODY = 32 * 1024;

    /// By which scanners find leaked tokens of clients.
    private static final String PREFIX = "gtr_";

    private static final int TOKEN_BYTES = 32;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Store store;
    private final Registrar registrar;
    private final Management management;
    private final Sectors sectors;
    private final Pepper pepper;
    private final Limiter limiter;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// For all Apis.
    ///
    /// @param checkKeys make the checks of secrets
    /// @param sectors tell whether clients are of the sectors that they say
    /// @param random a secure one
    public RegistrationEndpoint(
            Store store,
            Clients clients,
            Verifier verifier,
            Pepper pepper,
            CheckKeys checkKeys,
            Sectors sectors,
            Limiter limiter,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.registrar = new Registrar(store, pepper, checkKeys, random);
        this.management = new Management(store, clients, verifier, registrar, sectors, pepper, limiter, clock);
        this.sectors = sectors;
        this.pepper = pepper;
        this.limiter = limiter;
        this.clock = clock;
        this.random = random;
    }

    /// Answers a request at this path.
    public Reply answer(HttpFacts http, Api api) {
        Optional<RegistrationPolicy> policy = api.clients().registration();
        if (policy.isEmpty()) {
            return Reply.problem(404, "not-found", "nobody registers clients here");
        }
        try {
            return switch (http.method()) {
                case "POST" -> charged(http, api, policy.get());
                case "GET", "PUT", "DELETE" -> management.answer(http, api, policy.get());
                default ->
                    Reply.problem(405, "method-not-allowed", "the method must be POST, GET, PUT or DELETE")
                            .with("Allow", "DELETE, GET, POST, PUT");
            };
        } catch (FactsUnavailable e) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    /// Whoever has a token that counts uses up that, and nothing of what addresses may do.
    private Reply charged(HttpFacts http, Api api, RegistrationPolicy policy) {
        return switch (limiter.registration(api, policy.rate(), http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> new OAuthError.TooMany(refusal).reply();
            case Charge.Made charge -> {
                Reply reply = register(http, api, policy);
                if (reply.status() == 201 && Bearer.shown(http).isPresent()) {
                    limiter.refund(charge);
                }
                yield reply;
            }
        };
    }

    /// The checks in order; the first that fails answers.
    private Reply register(HttpFacts http, Api api, RegistrationPolicy policy) {
        Optional<Secret> shown = Bearer.shown(http);
        if (shown.isEmpty() && (!policy.open() || Bearer.any(http))) {
            return Bearer.challenge(Bearer.any(http));
        }
        if (!good(api, shown)) {
            return Bearer.challenge(true);
        }
        if (!Body.json(http)) {
            return new OAuthError.WrongMediaType().reply();
        }
        Optional<Json.Members> json = StrictJson.object(http.body().toArray());
        if (json.isEmpty()) {
            return Answers.wrong("the body is no JSON object that can be read");
        }
        return switch (MetadataReader.read(json.get(), api, policy)) {
            case ClientMetadata.Read.Wrong(String error, String why) -> Answers.wrong(error, why);
            case ClientMetadata.Read.Good(ClientMetadata metadata) ->
                Home.of(policy, api, store)
                        .map(home -> sectors.mistake(metadata.terms())
                                .map(Answers::wrong)
                                .orElseGet(() -> registered(http, api, home, metadata, shown)))
                        .orElseGet(Answers::nowhere);
        };
    }

    /// RFC 6750 section 3.1: whose token is none is told nothing of what it would open. Using it up decides.
    private boolean good(Api api, Optional<Secret> shown) {
        return shown.isEmpty()
                || store.registrations()
                        .good(api.id(), pepper.digests(shown.get()), clock.instant())
                        .isPresent();
    }

    private Reply registered(HttpFacts http, Api api, Home home, ClientMetadata metadata, Optional<Secret> shown) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        Secret token = Secret.of(PREFIX + Base64Url.encode(bytes));
        List<Digest> initial = shown.map(pepper::digests).orElse(List.of());
        Act act = new Act(new Act.Actor.Itself("registration"), http.id(), clock.instant());
        Registrar.Written written = registrar.register(
                api, home, metadata, Optional.empty(), Optional.of(pepper.digest(token)), initial, act);
        return switch (written.stored()) {
            case Stored.Done<Application>(Application client, var _) -> {
                Map<String, Object> members = new LinkedHashMap<>(
                        ClientInformation.of(client, metadata.keys(), metadata.told(), home.scopes(api), api));
                written.secret().ifPresent(secret -> Answers.secret(members, secret));
                members.put("registration_access_token", token.reveal());
                members.put("registration_client_uri", Answers.address(api, client));
                yield Reply.json(201, members).with("Cache-Control", "no-store");
            }
            case Stored.Missing<Application> _ -> good(api, shown) ? Answers.nowhere() : Bearer.challenge(true);
            case Stored.Full<Application> _ -> Answers.forbidden("no more clients register here");
            case Stored.Conflict<Application> conflict when conflict.passing() -> Answers.upgrading();
            case Stored.Conflict<Application> _, Stored.Moved<Application> _, Stored.Forbidden<Application> _ ->
                Answers.nowhere();
        };
    }
}
