package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.GrantLives;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a person is asked who types the code of a device (RFC 8628 section 3.3). Always, whatever it allowed
/// before: who sends a code to somebody else wants exactly that nobody asks (section 5.4). Blocks.
public final class DeviceQuestions {
    /// How long a device has for that, at least: a dozen of its questions.
    private static final Duration FETCHED = Duration.ofMinutes(1);

    /// Before the name of what was sent to the person, which no code begins with.
    private static final String SENT = "=";

    private final Store store;
    private final Verifier verifier;
    private final DeviceCodes codes;
    private final Limiter limiter;
    private final AskSeal seal;
    private final RandomGenerator random;

    /// @param limiter bounds how many codes are tried
    /// @param random a secure one
    public DeviceQuestions(
            Store store, Verifier verifier, DeviceCodes codes, Limiter limiter, Keys keys, RandomGenerator random) {
        this.store = store;
        this.verifier = verifier;
        this.codes = codes;
        this.limiter = limiter;
        this.seal = new AskSeal(keys, store.clock());
        this.random = random;
    }

    /// Somebody has to sign in first; the code that came along, or none, waits.
    public String waits(Optional<String> typed, Api api) {
        return seal.seal(
                new AskSeal.Waiting(
                        AskSeal.Purpose.DEVICE_SIGN_IN, store.clock().instant(), Optional.empty(), typed.orElse("")),
                api);
    }

    /// The code that waited, or an empty text; nothing for what waits for something else.
    public Optional<String> waited(String ask, Api api) {
        return seal.open(ask, api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.DEVICE_SIGN_IN)
                .map(AskSeal.Waiting::raw);
    }

    /// What waits for the person, with a name of each for [#chosen].
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public List<Sent> sent(Api api, SignedIn who) {
        return addressed(api, who).stream()
                .flatMap(request -> actor(request)
                        .map(actor -> new Sent(
                                name(request),
                                actor.application().name(),
                                request.to().flatMap(DeviceStore.Addressed::message)))
                        .stream())
                .toList();
    }

    /// A request that a client sent to a person.
    ///
    /// @param message what the client shows too
    public record Sent(String name, String client, Optional<String> message) {}

    /// The person looks at one of them.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public DeviceStep chosen(String name, Api api, SignedIn who, HttpFacts http) {
        return asked(SENT + name, waiting(SENT + name, api, who), api, who, http);
    }

    private List<Waiting> addressed(Api api, SignedIn who) {
        return store.devices().addressed(who.user(), api.id(), store.clock().instant());
    }

    private static String name(Waiting request) {
        return Base64Url.encode(request.code().bytes());
    }

    /// What was sent to the person goes by its name, what a person types by that.
    private Optional<Waiting> waiting(String raw, Api api, SignedIn who) {
        return raw.startsWith(SENT)
                ? addressed(api, who).stream()
                        .filter(request -> name(request).equals(raw.substring(SENT.length())))
                        .findFirst()
                : waiting(raw, api);
    }

    /// The person typed this. Each try is charged before anything is looked up (GAUNTLET L02).
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public DeviceStep typed(String text, Api api, SignedIn who, HttpFacts http) {
        if (limiter.typed(api, who.user(), http.from()) instanceof Charge.TooMuch(Refusal.TooMany refusal)) {
            return new DeviceStep.Later(refusal.retryAfter());
        }
        Optional<String> typed = DeviceCodes.typed(text);
        return asked(typed.orElse(""), typed.flatMap(code -> waiting(code, api)), api, who, http);
    }

    private DeviceStep asked(String raw, Optional<Waiting> device, Api api, SignedIn who, HttpFacts http) {
        Optional<Actor> actor = device.flatMap(this::actor);
        if (actor.isEmpty()) {
            return new DeviceStep.Unknown();
        }
        Scopes scopes = device.get()
                .scopes()
                .orElseGet(() -> actor.get()
                        .role()
                        .filter(_ -> device.get().details().isEmpty())
                        .map(role -> role.rights().at(api.id()))
                        .orElse(Scopes.NONE));
        return switch (verdict(http, api, device.get(), actor.get(), who, scopes)) {
            case Checked.Refused(Refusal refusal) -> refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                question(api, actor.get(), raw, device.get(), who, allowed);
        };
    }

    private Optional<Waiting> waiting(String typed, Api api) {
        return store.devices()
                .waiting(codes.typedDigests(typed, api), api.id(), store.clock().instant());
    }

    private Optional<Actor> actor(Waiting device) {
        FactSource facts = store.facts();
        GrantType grant = device.to().isPresent() ? GrantType.CIBA : GrantType.DEVICE_CODE;
        return facts.loadActor(device.application()) instanceof Look.Known<Actor>(Actor actor)
                        && actor.stands(store.clock().instant())
                        && actor.application().terms().uses(grant)
                ? Optional.of(actor)
                : Optional.empty();
    }

    private DeviceStep question(
            Api api, Actor actor, String raw, Waiting device, SignedIn who, Verdict.Allowed allowed) {
        AskSeal.Shown shown = new AskSeal.Shown(who.user(), who.session(), allowed.scopes());
        String ask = seal.seal(
                new AskSeal.Waiting(
                        AskSeal.Purpose.DEVICE_CONSENT, store.clock().instant(), Optional.of(shown), raw),
                api);
        AskingClient client = new AskingClient(
                actor.application().id(),
                actor.application().clientId(),
                actor.application().name());
        return new DeviceStep.Question(
                ask,
                client,
                ScopeText.of(allowed.scopes(), api.catalogue()),
                DetailText.of(allowed.details(), api.catalogue()),
                device.to().map(to -> to.message().orElse("")).orElseGet(() -> DeviceCodes.shown(raw)));
    }

    private Checked.Known verdict(HttpFacts http, Api api, Waiting device, Actor actor, SignedIn who, Scopes scopes) {
        return store.sessions()
                .session(who.session())
                .filter(one -> one.user().equals(who.user()))
                .map(login -> verifier.verifyLoading(
                        new Presented.Consenting(login, actor.application().id()),
                        api,
                        new Ask.Consent(Id.random(Kind.GRANT, random), scopes, device.details(), http.from()),
                        http.arrivedNanos()))
                .orElseGet(() -> new Checked.Refused(new Refusal.BadCredential("the login is over")));
    }

    private static DeviceStep refused(Refusal refusal) {
        if (refusal instanceof Refusal.Unavailable unavailable) {
            throw new FactsUnavailable(unavailable.what());
        }
        return new DeviceStep.Impossible();
    }

    /// What was shown to this person in this login (GAUNTLET J02).
    private Optional<AskSeal.Waiting> shown(String ask, Api api, SignedIn who) {
        return seal.open(ask, api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.DEVICE_CONSENT)
                .filter(waiting -> waiting.shown()
                        .filter(shown -> shown.user().equals(who.user())
                                && shown.session().equals(who.session()))
                        .isPresent());
    }

    /// The person says yes, to what it was shown and no more (GAUNTLET G01).
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public DeviceStep allowed(String ask, Api api, SignedIn who, HttpFacts http) {
        Optional<AskSeal.Waiting> shown = shown(ask, api, who);
        Optional<Waiting> device = shown.flatMap(waiting -> waiting(waiting.raw(), api, who));
        Optional<Actor> actor = device.flatMap(this::actor);
        if (actor.isEmpty()) {
            return new DeviceStep.Unknown();
        }
        Scopes scopes = shown.flatMap(AskSeal.Waiting::shown).orElseThrow().scopes();
        return switch (verdict(http, api, device.get(), actor.get(), who, scopes)) {
            case Checked.Refused(Refusal refusal) -> refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) -> granted(http, device.get(), actor.get(), who, allowed);
        };
    }

    private DeviceStep granted(HttpFacts http, Waiting device, Actor actor, SignedIn who, Verdict.Allowed allowed) {
        Instant now = store.clock().instant();
        Lineage lineage = allowed.lineage();
        Claims claims = new Claims(
                        lineage.granted().orElseThrow().grant(),
                        device.api(),
                        who.user().text(),
                        actor.application().clientId(),
                        lineage,
                        allowed.scopes(),
                        now,
                        now.plus(GrantLives.WHOLE))
                .detailed(allowed.details());
        Grant grant = new Grant(
                claims,
                who.user(),
                who.session(),
                who.authenticated(),
                who.methods(),
                new Grant.Binding(Optional.empty(), Optional.empty()),
                Optional.empty());
        return switch (store.grants()
                .openForDevice(grant, device.code(), fetched(device, now), act(http, who, lineage))) {
            case Stored.Done<Grant> _ -> new DeviceStep.Answered(true);
            case Stored.Moved<Grant> _, Stored.Conflict<Grant> _ -> new DeviceStep.Unknown();
            case Stored.Missing<Grant> _, Stored.Full<Grant> _, Stored.Forbidden<Grant> _ ->
                new DeviceStep.Impossible();
        };
    }

    /// Until when the device fetches what it was allowed: a yes in the last moment counts too.
    private static Instant fetched(Waiting device, Instant now) {
        Instant soon = now.plus(FETCHED);
        return soon.isAfter(device.until()) ? soon : device.until();
    }

    private Act act(HttpFacts http, SignedIn who, Lineage lineage) {
        return new Act(
                new Act.Actor.Member(lineage.organization(), who.user(), lineage.credential()),
                http.id(),
                store.clock().instant());
    }

    /// The person says no.
    ///
    /// @param act by whom
    /// @throws FactsUnavailable when the database does not answer in time
    public DeviceStep denied(String ask, Api api, SignedIn who, Act act) {
        return shown(ask, api, who)
                .flatMap(waiting -> waiting(waiting.raw(), api, who))
                .filter(device -> store.devices().deny(device, act) instanceof Stored.Done)
                .<DeviceStep>map(_ -> new DeviceStep.Answered(false))
                .orElseGet(DeviceStep.Unknown::new);
    }
}
