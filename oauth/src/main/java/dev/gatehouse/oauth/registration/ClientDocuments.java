package dev.gatehouse.oauth.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.oauth.client.Sectors;
import dev.gatehouse.oauth.endpoint.Strangers;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Clients whose name is the URL of their metadata (OAuth Client ID Metadata Document). The first time that one
/// asks for something, where the policy of the Api lets it, it becomes an application under that name, which is
/// seen, held and revoked like any other; later its document is looked at again now and then, by one request at
/// a time for which nobody waits. While nobody can tell what is there, what was read last holds for a day; a
/// client whose document is gone, or is none any more that the policy lets in, begins nothing until it is good
/// again.
public final class ClientDocuments implements Strangers {
    /// How long a document counts without another look.
    static final Duration FRESH = Duration.ofMinutes(10);

    /// How long nobody looks again where looking came to nothing.
    static final Duration PAUSE = Duration.ofSeconds(30);

    /// How long what was read last holds while nobody can tell what is there.
    static final Duration STALE = Duration.ofDays(1);

    /// How many names are remembered.
    private static final int KEPT = 1000;

    /// How many requests look at the same time.
    private static final int BUSY = 8;

    /// The longest name with its host: what tells it apart from others fits behind it.
    private static final int MAX_NAME = Text.MAX_NAME - 9;

    /// With a path, without query; dot segments and fragments are in no such URI.
    private static final Pattern NAME = Pattern.compile("https://[^/?]+/[^?]*");

    /// What this node knows of a document.
    ///
    /// @param next when to look again
    /// @param good when it was good last, or was first looked at here
    /// @param counts whether the client may begin something
    private record State(Instant next, Instant good, boolean counts) {
        State paused(Instant now) {
            return new State(now.plus(PAUSE), good, counts && now.isBefore(good.plus(STALE)));
        }

        State refused(Instant now) {
            return new State(now.plus(PAUSE), good, false);
        }
    }

    private static final class Slot {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile Optional<State> state = Optional.empty();
    }

    private record Name(Id api, String clientId) {}

    /// How many clients are remembered with the Api that they registered at, which never changes.
    private static final int HOMES = 10_000;

    private final Store store;
    private final Registrar registrar;
    private final ClientUses uses;
    private final DocumentFetch fetch;
    private final Sectors sectors;
    private final Limiter limiter;
    private final InstantSource clock;
    private final Semaphore busy = new Semaphore(BUSY);
    private final Cache<Name, Slot> slots =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<Id, Optional<Id>> homes =
            Caffeine.newBuilder().maximumSize(HOMES).build();

    /// For all Apis.
    ///
    /// @param fetch gets documents
    /// @param sectors tell whether clients are of the sectors that they say
    public ClientDocuments(
            Store store,
            DocumentFetch fetch,
            Sectors sectors,
            Pepper pepper,
            CheckKeys checkKeys,
            Limiter limiter,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.registrar = new Registrar(store, pepper, checkKeys, random);
        this.uses = new ClientUses(store.unusedClients());
        this.fetch = fetch;
        this.sectors = sectors;
        this.limiter = limiter;
        this.clock = clock;
    }

    @Override
    public boolean due(String clientId, Api api) {
        if (policy(api).isEmpty() || !possible(clientId) || busy.availablePermits() == 0) {
            return false;
        }
        Slot slot = slots.getIfPresent(new Name(api.id(), clientId));
        return slot == null || (due(slot) && !slot.looking.isLocked());
    }

    @Override
    public boolean used(Application client, Api api) {
        return uses.noted(client, api, clock.instant());
    }

    private static Optional<RegistrationPolicy> policy(Api api) {
        return api.clients().registration().filter(RegistrationPolicy::documents);
    }

    @Override
    public void meet(String clientId, Api api, HttpFacts http) {
        Optional<RegistrationPolicy> policy = policy(api);
        if (policy.isEmpty() || !possible(clientId) || !busy.tryAcquire()) {
            return;
        }
        try {
            looked(new Name(api.id(), clientId), api, policy.get(), http);
        } finally {
            busy.release();
        }
    }

    private void looked(Name name, Api api, RegistrationPolicy policy, HttpFacts http) {
        Slot slot = slots.get(name, _ -> new Slot());
        if (!due(slot) || !slot.looking.tryLock()) {
            return;
        }
        Instant now = clock.instant();
        State before = slot.state.orElseGet(() -> new State(now, now, true));
        State after = before.paused(now);
        try {
            after = look(before, name.clientId(), api, policy, http);
        } finally {
            slot.state = Optional.of(after);
            slot.looking.unlock();
        }
    }

    @Override
    public boolean here(Application client, Api api) {
        return homes.get(client.id(), id -> store.registrations().registered(id).map(Registered::api))
                .filter(home -> !home.equals(api.id()))
                .isEmpty();
    }

    @Override
    public boolean counts(Application client, Api api) {
        Slot slot = slots.getIfPresent(new Name(api.id(), client.clientId()));
        return slot == null || slot.state.map(State::counts).orElse(true);
    }

    static boolean possible(String clientId) {
        return NAME.matcher(clientId).matches()
                && clientId.length() <= Text.MAX_NAME
                && RedirectUri.parse(clientId).filter(RedirectUri::claimed).isPresent();
    }

    private boolean due(Slot slot) {
        return slot.state
                .filter(state -> clock.instant().isBefore(state.next()))
                .isEmpty();
    }

    /// What is known afterwards. One that this address may not have looked at is left for the next one.
    private State look(State before, String clientId, Api api, RegistrationPolicy policy, HttpFacts http) {
        Instant now = clock.instant();
        State good = new State(now.plus(FRESH), now, true);
        Optional<Application> known = store.members().applicationByClientId(clientId);
        Optional<Registered> registered =
                known.flatMap(one -> store.registrations().registered(one.id()));
        boolean other = known.isPresent()
                && registered
                        .filter(one -> one.token().isEmpty() && one.api().equals(api.id()))
                        .isEmpty();
        if (other || known.filter(one -> one.standing().revoked()).isPresent()) {
            return good;
        }
        if (known.isEmpty() && !admitted(api, policy, http)) {
            return new State(now, before.good(), before.counts());
        }
        return switch (fetch.fetch(clientId)) {
            case DocumentFetch.Got.Silence _ -> before.paused(clock.instant());
            case DocumentFetch.Got.Nothing _ -> before.refused(clock.instant());
            case DocumentFetch.Got.Document(String text) -> {
                Act act = new Act(new Act.Actor.Itself("registration"), http.id(), now);
                yield read(text, clientId, api, policy, known)
                        .map(metadata -> known.isPresent()
                                ? renewed(api, known.get(), registered.orElseThrow(), metadata, act)
                                : registered(api, policy, clientId, metadata, act))
                        .map(done -> done ? good : before.paused(clock.instant()))
                        .orElseGet(() -> before.refused(clock.instant()));
            }
        };
    }

    private boolean registered(Api api, RegistrationPolicy policy, String clientId, ClientMetadata metadata, Act act) {
        return Home.of(policy, api, store)
                .map(home -> registrar.register(
                        api, home, metadata, Optional.of(clientId), Optional.empty(), List.of(), act))
                .filter(written -> written.stored() instanceof Stored.Done<Application>)
                .isPresent();
    }

    private boolean admitted(Api api, RegistrationPolicy policy, HttpFacts http) {
        return limiter.registration(api, policy.rate(), http.from()) instanceof Charge.Made;
    }

    /// The document names the URL that it is at, and proves itself by keys or by nothing: a secret would be
    /// everybody's. People are shown whose site it is.
    private Optional<ClientMetadata> read(
            String text, String clientId, Api api, RegistrationPolicy policy, Optional<Application> known) {
        Optional<Json.Members> json = StrictJson.object(text.getBytes(StandardCharsets.UTF_8))
                .filter(members -> members.text("client_id").equals(Optional.of(clientId)))
                .filter(members -> !members.byName().containsKey("client_secret"));
        return json.map(members -> MetadataReader.read(members, api, policy, ClientMethod.NONE))
                .flatMap(read -> read instanceof ClientMetadata.Read.Good(ClientMetadata good)
                        ? Optional.of(good)
                        : Optional.empty())
                .filter(good -> !Registrar.secret(good.terms().method()))
                .filter(good -> inSector(good.terms(), clientId, known))
                .filter(good -> known.flatMap(
                                one -> good.within(one.terms()).terms().unfit())
                        .isEmpty())
                .map(good -> good.named(good.name() + " (" + host(clientId) + ")"))
                .filter(good -> good.name().length() <= MAX_NAME && Text.name(good.name()));
    }

    /// The list is where the document is: whoever has one has no others asked. It is looked at where something
    /// of it is new, so that a client that is known stays so while its list is away.
    private boolean inSector(ClientTerms terms, String clientId, Optional<Application> known) {
        Optional<RedirectUri> list = terms.openId().sectorUri();
        boolean looked = known.map(Application::terms)
                .filter(before -> before.openId().sectorUri().equals(list)
                        && before.redirects().equals(terms.redirects()))
                .isPresent();
        boolean there = list.map(uri -> uri.host().equals(host(clientId))).orElse(true);
        return there && (looked || sectors.mistake(terms).isEmpty());
    }

    private static String host(String clientId) {
        return RedirectUri.parse(clientId).map(RedirectUri::host).orElseThrow();
    }

    private boolean renewed(Api api, Application known, Registered registered, ClientMetadata read, Act act) {
        ClientMetadata metadata = read.within(known.terms());
        boolean same = known.terms().equals(metadata.terms())
                && known.name().startsWith(metadata.name())
                && registrar.keys(known).equals(metadata.keys());
        return same
                || registrar.alter(api, known, registered, metadata, act).stored() instanceof Stored.Done<Application>;
    }
}
