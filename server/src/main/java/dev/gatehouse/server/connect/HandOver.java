package dev.gatehouse.server.connect;

import dev.gatehouse.connect.authorize.AuthorizationRequest;
import dev.gatehouse.connect.authorize.ConnectFailure;
import dev.gatehouse.connect.authorize.Redeeming.Redeemed;
import dev.gatehouse.connect.authorize.Returned;
import dev.gatehouse.connect.authorize.Ticket;
import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.connect.refresh.PlatformClient;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.egress.Turns;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The way of a browser to a platform and back to a page that is handed what the platform gave, for dialects
/// whose callers expect that ([ConnectFlow] keeps it instead). Nothing is stored before a browser comes back: what
/// says where it was sent is in its cookie, which counts once (GAUNTLET J01-J03).
///
/// @param secrets of the cookies
/// @param random a secure one
/// @param turns of platforms: anybody may come back with a code, and each is a request to the platform
public record HandOver(
        Store store, Outbound outbound, HandOverCookies secrets, RandomGenerator random, Turns<String> turns) {
    /// How many codes may be redeemed at one platform at once.
    private static final int PER_PLATFORM = 8;

    /// A ticket belongs to no stored session.
    private static final Id NO_SESSION = new Id(Kind.CONNECT_SESSION, 0);

    /// One that draws and checks as its pepper says.
    public HandOver(Store store, Outbound outbound, Pepper pepper, RandomGenerator random) {
        this(store, outbound, HandOverCookies.of(pepper), random, new Turns<>(PER_PLATFORM, Integer.MAX_VALUE));
    }

    /// A browser on its way.
    ///
    /// @param url where it goes
    /// @param cookie what only it can bring back
    public record Begun(String url, Secret cookie) {}

    /// What came of a browser that came back.
    public sealed interface Came {
        /// The platform gave what the page is handed.
        ///
        /// @param address where calls go
        record Gave(String redirect, String address, Parts parts) implements Came {}

        /// The page hears why it did not.
        record Not(String redirect, ConnectFailure why) implements Came {}

        /// It was not sent by us, not now, not to there, or it came before.
        record Strange() implements Came {}
    }

    private record Ready(Platform platform, Way way, AuthorizationRequest request) {}

    /// Sends a browser to a platform. Empty for a platform that no browser can be sent to, and for a page that
    /// the Api does not list, spelt exactly so (GAUNTLET J05).
    public Optional<Begun> begin(Api api, String type, String redirect) {
        if (!api.speech().returns().contains(redirect)) {
            return Optional.empty();
        }
        Secret cookie = secrets.draw(new HandOverCookies.About(api.id(), type, redirect), now(), random);
        return ready(api, type)
                .flatMap(ready -> ready.request().url(ticket(cookie)))
                .map(url -> new Begun(url, cookie));
    }

    private Optional<Ready> ready(Api api, String type) {
        Optional<Platform> platform =
                outbound.platforms().find(type).filter(ConnectPaths::leadsTo).filter(HandOver::needsNothing);
        Optional<PlatformClient> client = outbound.clients().at(type);
        return platform.flatMap(there -> Optional.ofNullable(there.ways().get(ConnectionKind.OAUTH_INTERNAL))
                .flatMap(way -> client.map(ours -> new Ready(
                        there,
                        way,
                        new AuthorizationRequest(
                                there, way, Parts.of(Map.of()), ours.id(), ConnectPaths.redirect(api, type))))));
    }

    /// Whether all that a connection consists of is in the platform's token answer. Where somebody has to name an
    /// account first, a consent could not succeed.
    private static boolean needsNothing(Platform platform) {
        OAuth oauth = platform.oauth().orElseThrow();
        Set<String> answered = Stream.concat(
                        Stream.of("access_token", "refresh_token"), oauth.answer().values().stream())
                .collect(Collectors.toUnmodifiableSet());
        return Optional.ofNullable(platform.ways().get(ConnectionKind.OAUTH_INTERNAL))
                .filter(way -> way.token().orElse(oauth.token()).names().isEmpty())
                .filter(way -> answered.containsAll(way.base().names()))
                .filter(way -> way.fields().stream()
                        .filter(Field::required)
                        .map(Field::name)
                        .allMatch(answered::contains))
                .isPresent();
    }

    private static Ticket ticket(Secret cookie) {
        return new Ticket(NO_SESSION, cookie);
    }

    /// Takes what a browser brought back, once. Blocks.
    ///
    /// @param http the request that the browser came with
    /// @param type whose callback was called
    /// @param parameters each at most once, none empty
    /// @param cookie the browser's
    public Came back(HttpFacts http, Api api, String type, Map<String, String> parameters, Secret cookie) {
        Optional<String> redirect = api.speech().returns().stream()
                .filter(page -> secrets.drew(new HandOverCookies.About(api.id(), type, page), cookie, now()))
                .findFirst();
        boolean sent = Optional.ofNullable(parameters.get("state"))
                .filter(ticket(cookie)::sent)
                .isPresent();
        Optional<Ready> ready = ready(api, type);
        if (redirect.isEmpty() || !sent || ready.isEmpty()) {
            return new Came.Strange();
        }
        Optional<Turns.Turn> turn = turns.take(type);
        if (turn.isEmpty()) {
            return new Came.Not(redirect.get(), ConnectFailure.UNAVAILABLE);
        }
        try (Turns.Turn _ = turn.get()) {
            Came came = first(api, cookie)
                    ? taken(api, ready.get(), redirect.get(), parameters, cookie)
                    : new Came.Strange();
            if (came instanceof Came.Gave gave) {
                Act act = new Act(new Act.Actor.Itself("connect"), http.id(), now());
                store.connectSessions().handedOver(api.id(), api.organization(), type, gave.redirect(), act);
            }
            return came;
        }
    }

    private Came taken(Api api, Ready ready, String redirect, Map<String, String> parameters, Secret cookie) {
        return switch (Returned.read(ready.platform(), parameters)) {
            case Returned.Not(ConnectFailure why) -> new Came.Not(redirect, why);
            case Returned.Code(Secret code) -> redeemed(api, ready, redirect, code, ticket(cookie));
        };
    }

    private boolean first(Api api, Secret cookie) {
        return store.assertions().use(api.id(), secrets.name(cookie), now().plus(HandOverCookies.LIFE), now());
    }

    private Came redeemed(Api api, Ready ready, String redirect, Secret code, Ticket ticket) {
        Parts none = ready.request().given();
        return switch (outbound.redeeming()
                .redeem(
                        nobodys(api, ready.platform()),
                        ready.platform(),
                        ready.way(),
                        none,
                        code,
                        ready.request().redirect(),
                        ticket)) {
            case Redeemed.Not(ConnectFailure why) -> new Came.Not(redirect, why);
            case Redeemed.Good(Parts parts, var _) ->
                ready.way()
                        .base()
                        .fill(parts.reveal())
                        .<Came>map(address -> new Came.Gave(redirect, address, parts))
                        .orElseGet(() -> new Came.Not(redirect, ConnectFailure.INCOMPLETE));
        };
    }

    /// What is tried out at the platform is nobody's connection yet; the provider's share of calls is used.
    private Connection nobodys(Api api, Platform platform) {
        return new Connection(
                Id.random(Kind.CONNECTION, random),
                api.organization(),
                platform.type(),
                ConnectionKind.OAUTH_INTERNAL,
                platform.type(),
                "",
                Standing.FRESH,
                now());
    }

    private Instant now() {
        return store.clock().instant();
    }
}
