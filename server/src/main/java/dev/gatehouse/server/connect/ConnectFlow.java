package dev.gatehouse.server.connect;

import dev.gatehouse.connect.authorize.AuthorizationRequest;
import dev.gatehouse.connect.authorize.ConnectFailure;
import dev.gatehouse.connect.authorize.Redeeming.Redeemed;
import dev.gatehouse.connect.authorize.Returned;
import dev.gatehouse.connect.authorize.Ticket;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.connect.refresh.PlatformClient;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.ConnectSessionStore.Held;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The way of a browser from a link to a platform and back. Each step is one conditional write of the session, so
/// that whatever comes twice, late, or from another browser changes nothing (GAUNTLET J01-J03). Blocks.
///
/// @param random a secure one
public record ConnectFlow(
        Store store, Outbound outbound, Pepper pepper, ConnectSecrets secrets, RandomGenerator random) {
    /// One that draws as its pepper says.
    public ConnectFlow(Store store, Outbound outbound, Pepper pepper, RandomGenerator random) {
        this(store, outbound, pepper, ConnectSecrets.of(pepper), random);
    }

    /// What a link leads to.
    ///
    /// @param organization the name of whose connection it will be
    /// @param leads where the platform's own page is
    public record Asked(ConnectSession session, String platform, String organization, String leads) {}

    /// A session that a browser has taken.
    ///
    /// @param url where it goes
    public record Begun(String url, Ticket ticket) {}

    /// What came of a browser that came back.
    public sealed interface Came {
        /// It goes on to the page of the organization, which tells by the parameters.
        record On(ConnectSession session, Map<String, String> parameters) implements Came {}

        /// It was not sent by us, not now, or its way is over.
        record Strange() implements Came {}

        /// The page that it was to go on to is none of the Api's any more (GAUNTLET J05).
        record Nowhere() implements Came {}
    }

    private record Ready(Held held, Platform platform, Way way, AuthorizationRequest request) {}

    /// What is asked of whoever has a link. Empty when it is no link of this Api, taken, or over.
    public Optional<Asked> asked(Secret link, Api api) {
        return ready(link, api)
                .flatMap(ready -> ready.request()
                        .origin()
                        .map(origin -> new Asked(
                                ready.held().session(),
                                ready.platform().title(),
                                store.members()
                                        .organization(ready.held().session().organization())
                                        .map(Organization::name)
                                        .orElse(""),
                                origin)));
    }

    private Optional<Ready> ready(Secret link, Api api) {
        return Optional.of(link)
                .filter(secrets::drew)
                .flatMap(drawn -> sessions().linked(pepper.digests(drawn), now()))
                .filter(held -> held.session().api().equals(api.id()))
                .flatMap(held -> ready(held, api));
    }

    private Optional<Ready> ready(Held held, Api api) {
        String type = held.session().platform();
        Optional<Platform> platform = outbound.platforms().find(type).filter(ConnectPaths::leadsTo);
        Optional<PlatformClient> client = outbound.clients().at(type);
        Optional<Parts> given = outbound.sessions().open(held);
        if (platform.isEmpty() || client.isEmpty() || given.isEmpty()) {
            return Optional.empty();
        }
        return way(platform.get())
                .map(way -> new Ready(
                        held,
                        platform.get(),
                        way,
                        new AuthorizationRequest(
                                platform.get(),
                                way,
                                given.get(),
                                client.get().id(),
                                ConnectPaths.redirect(api, type))));
    }

    private static Optional<Way> way(Platform platform) {
        return Optional.ofNullable(platform.ways().get(ConnectionKind.OAUTH_INTERNAL));
    }

    /// Gives the session of a link to the browser that asks. Of any number of browsers one gets it.
    public Optional<Begun> begin(Secret link, Api api, HttpFacts http) {
        Optional<Ready> ready = ready(link, api);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        ConnectSession session = ready.get().held().session();
        Ticket ticket = new Ticket(session.id(), secrets.draw(random));
        Optional<String> url = ready.get().request().url(ticket);
        boolean taken = url.isPresent()
                && sessions().start(session.id(), pepper.digest(ticket.text()), act(http)) instanceof Stored.Done;
        return taken ? url.map(to -> new Begun(to, ticket)) : Optional.empty();
    }

    /// Takes what a browser brought back, once. Who comes without the cookie of the browser that was sent, or
    /// with another state, is told so and takes nothing from anybody.
    ///
    /// @param platform whose callback was called
    /// @param parameters each at most once, none empty
    /// @param shown the browser's cookie
    public Came back(HttpFacts http, Api api, String platform, Map<String, String> parameters, Optional<String> shown) {
        Optional<Ticket> ticket = shown.flatMap(Ticket::read)
                .filter(one -> secrets.drew(one.secret()))
                .filter(one -> Optional.ofNullable(parameters.get("state"))
                        .filter(one::sent)
                        .isPresent());
        if (ticket.isEmpty()) {
            return new Came.Strange();
        }
        return switch (sessions()
                .take(ticket.get().session(), pepper.digests(ticket.get().text()), act(http))) {
            case Stored.Done<Held>(Held held, var _) ->
                looked(held, api, platform, parameters, ticket.get(), act(http));
            case Stored.Missing<Held> _,
                    Stored.Conflict<Held> _,
                    Stored.Moved<Held> _,
                    Stored.Full<Held> _,
                    Stored.Forbidden<Held> _ -> new Came.Strange();
        };
    }

    private Came looked(Held held, Api api, String platform, Map<String, String> parameters, Ticket ticket, Act act) {
        ConnectSession session = held.session();
        if (!api.speech().returns().contains(session.returnTo())) {
            var _ = failed(session, ConnectFailure.UNAVAILABLE, act);
            return new Came.Nowhere();
        }
        if (!session.api().equals(api.id()) || !session.platform().equals(platform)) {
            return failed(session, ConnectFailure.WRONG_ISSUER, act);
        }
        Optional<Ready> ready = ready(held, api);
        if (ready.isEmpty()) {
            return failed(session, ConnectFailure.UNAVAILABLE, act);
        }
        return switch (Returned.read(ready.get().platform(), parameters)) {
            case Returned.Not(ConnectFailure why) -> failed(session, why, act);
            case Returned.Code(Secret code) -> redeemed(ready.get(), code, ticket, act);
        };
    }

    private Came redeemed(Ready ready, Secret code, Ticket ticket, Act act) {
        ConnectSession session = ready.held().session();
        AuthorizationRequest request = ready.request();
        return switch (outbound.redeeming()
                .redeem(
                        connection(session, act.at(), Optional.empty()),
                        ready.platform(),
                        ready.way(),
                        request.given(),
                        code,
                        request.redirect(),
                        ticket)) {
            case Redeemed.Not(ConnectFailure why) -> failed(session, why, act);
            case Redeemed.Good(Parts parts, Optional<Instant> expires) -> {
                Secret handed = secrets.draw(random);
                yield sessions()
                                        .hold(
                                                session.id(),
                                                outbound.sessions().obtained(session, parts),
                                                expires,
                                                pepper.digest(handed),
                                                now(act))
                                instanceof Stored.Done
                        ? on(session, "connect_code", handed.reveal())
                        : new Came.Strange();
            }
        };
    }

    private Came failed(ConnectSession session, ConnectFailure why, Act act) {
        var _ = sessions().fail(session.id(), why.word(), now(act));
        return on(session, "connect_error", why.word());
    }

    private static Came on(ConnectSession session, String name, String value) {
        return new Came.On(session, Map.of("connect_session", session.id().text(), name, value));
    }

    /// The connection that a session makes.
    public static Connection connection(ConnectSession session, Instant now, Optional<Instant> tokenExpiresAt) {
        return new Connection(
                        session.connection(),
                        session.organization(),
                        session.platform(),
                        ConnectionKind.OAUTH_INTERNAL,
                        session.name(),
                        "",
                        Standing.FRESH,
                        now)
                .until(tokenExpiresAt);
    }

    private ConnectSessionStore sessions() {
        return store.connectSessions();
    }

    private Instant now() {
        return store.clock().instant();
    }

    private Act act(HttpFacts http) {
        return new Act(new Act.Actor.Itself("connect"), http.id(), now());
    }

    /// The same act after the platform has taken its time.
    private Act now(Act act) {
        return new Act(act.actor(), act.requestId(), now());
    }
}
