package dev.gatehouse.oauth.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
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
import dev.gatehouse.oauth.client.KeyFetch;
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
/// a time for which nobody waits. While that cannot be had, what was read last holds.
public final class ClientDocuments implements Strangers {
    /// How long a document counts without another look.
    static final Duration FRESH = Duration.ofMinutes(10);

    /// How long nobody looks again where looking came to nothing.
    static final Duration PAUSE = Duration.ofSeconds(30);

    /// How many names are remembered.
    private static final int KEPT = 1000;

    /// How many requests look at the same time.
    private static final int BUSY = 8;

    /// With a path, without query; dot segments and fragments are in no such URI.
    private static final Pattern NAME = Pattern.compile("https://[^/?]+/[^?]*");

    private static final class Slot {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile Instant next = Instant.MIN;
    }

    private record Name(Id api, String clientId) {}

    private final Store store;
    private final Registrar registrar;
    private final KeyFetch fetch;
    private final Limiter limiter;
    private final InstantSource clock;
    private final Semaphore busy = new Semaphore(BUSY);
    private final Cache<Name, Slot> slots =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /// For all Apis.
    ///
    /// @param fetch gets documents
    public ClientDocuments(
            Store store,
            KeyFetch fetch,
            Pepper pepper,
            CheckKeys checkKeys,
            Limiter limiter,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.registrar = new Registrar(store, pepper, checkKeys, random);
        this.fetch = fetch;
        this.limiter = limiter;
        this.clock = clock;
    }

    @Override
    public void meet(String clientId, Api api, HttpFacts http) {
        Optional<RegistrationPolicy> policy = api.clients().registration().filter(RegistrationPolicy::documents);
        if (policy.isEmpty() || !possible(clientId)) {
            return;
        }
        Slot slot = slots.get(new Name(api.id(), clientId), _ -> new Slot());
        if (!due(slot) || !slot.looking.tryLock()) {
            return;
        }
        try {
            if (due(slot) && busy.tryAcquire()) {
                looked(slot, clientId, api, policy.get(), http);
            }
        } finally {
            slot.looking.unlock();
        }
    }

    private void looked(Slot slot, String clientId, Api api, RegistrationPolicy policy, HttpFacts http) {
        Instant next = clock.instant().plus(PAUSE);
        try {
            next = look(clientId, api, policy, http);
        } finally {
            slot.next = next;
            busy.release();
        }
    }

    @Override
    public boolean here(Application client, Api api) {
        return store.registrations()
                .registered(client.id())
                .filter(registered -> !registered.api().equals(api.id()))
                .isEmpty();
    }

    static boolean possible(String clientId) {
        return NAME.matcher(clientId).matches()
                && clientId.length() <= Text.MAX_NAME
                && RedirectUri.parse(clientId).filter(RedirectUri::claimed).isPresent();
    }

    private boolean due(Slot slot) {
        return !clock.instant().isBefore(slot.next);
    }

    /// When to look again: at once for the next one where this address may not have it looked at.
    private Instant look(String clientId, Api api, RegistrationPolicy policy, HttpFacts http) {
        Instant now = clock.instant();
        Optional<Application> known = store.members().applicationByClientId(clientId);
        Optional<Registered> registered =
                known.flatMap(one -> store.registrations().registered(one.id()));
        boolean other = known.isPresent()
                && registered
                        .filter(one -> one.token().isEmpty() && one.api().equals(api.id()))
                        .isEmpty();
        if (other || known.filter(one -> one.standing().revoked()).isPresent()) {
            return now.plus(FRESH);
        }
        if (known.isEmpty() && !admitted(api, policy, http)) {
            return now;
        }
        Optional<ClientMetadata> metadata = fetch.fetch(clientId).flatMap(text -> read(text, clientId, api, policy));
        Act act = new Act(new Act.Actor.Itself("registration"), http.id(), now);
        boolean done = metadata.filter(one -> known.isPresent()
                        ? renewed(api, known.get(), registered.orElseThrow(), one, act)
                        : registered(api, policy, clientId, one, act))
                .isPresent();
        return clock.instant().plus(done ? FRESH : PAUSE);
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
    private static Optional<ClientMetadata> read(String text, String clientId, Api api, RegistrationPolicy policy) {
        Optional<Json.Members> json = StrictJson.object(text.getBytes(StandardCharsets.UTF_8))
                .filter(members -> members.text("client_id").equals(Optional.of(clientId)))
                .filter(members -> !members.byName().containsKey("client_secret"));
        return json.map(members -> MetadataReader.read(members, api, policy, ClientMethod.NONE))
                .flatMap(read -> read instanceof ClientMetadata.Read.Good(ClientMetadata good)
                        ? Optional.of(good)
                        : Optional.empty())
                .filter(good -> !Registrar.secret(good.terms().method()))
                .map(good -> good.named(good.name() + " (" + host(clientId) + ")"))
                .filter(good -> Text.name(good.name()));
    }

    private static String host(String clientId) {
        return RedirectUri.parse(clientId).map(RedirectUri::host).orElseThrow();
    }

    private boolean renewed(Api api, Application known, Registered registered, ClientMetadata metadata, Act act) {
        boolean same = known.terms().equals(metadata.terms())
                && known.name().startsWith(metadata.name())
                && registrar.keys(known).equals(metadata.keys());
        return same
                || registrar.alter(api, known, registered, metadata, act).stored() instanceof Stored.Done<Application>;
    }
}
