package dev.gatehouse.server.connect;

import dev.gatehouse.connect.call.Answered;
import dev.gatehouse.connect.call.PlatformCall;
import dev.gatehouse.connect.call.PlatformProxy;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.egress.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Allowed calls of the gateway that go to platforms. Blocks.
///
/// @param proxy makes them
/// @param turns of organizations
public record ConnectionCalls(ConnectionStore store, PlatformProxy proxy, Turns<Id> turns) {
    private static final String CONTENT_TYPE = "Content-Type";

    /// How many calls of one organization may be under way: so few that some with slow platforms leave room for
    /// all others.
    private static final int PER_ORGANIZATION = 12;

    private static final Duration LATER = Duration.ofSeconds(1);

    /// Calls of which each organization has a share.
    public ConnectionCalls(ConnectionStore store, PlatformProxy proxy) {
        this(store, proxy, new Turns<>(PER_ORGANIZATION, Integer.MAX_VALUE));
    }

    /// What became of a call.
    public sealed interface Called {
        /// The platform answered.
        record Replied(Reply reply) implements Called {}

        /// It is refused.
        ///
        /// @param sent whether the platform was asked for something
        record Refused(Refusal refusal, boolean sent) implements Called {
            /// Whether this is nothing that the caller could help, and nobody was asked for anything.
            public boolean free() {
                return refusal instanceof Refusal.Unavailable && !sent;
            }
        }

        /// The connection does not lead there.
        record Faulty(ConnectionFault fault) implements Called {}
    }

    /// Makes a call through a connection of the caller's organization. What is somebody else's is not there
    /// (GAUNTLET J08).
    ///
    /// @param call as it came in
    /// @param request what the platform is to be asked
    public Called call(ConnectionRule rule, HttpFacts call, Id organization, PlatformCall request) {
        Optional<Turns.Turn> turn = turns.take(organization);
        if (turn.isEmpty()) {
            return unavailable("too many calls of one organization are under way", LATER, false);
        }
        try (Turns.Turn _ = turn.get()) {
            return inTurn(rule, call, organization, request);
        }
    }

    private static Called unavailable(String what, Duration after, boolean sent) {
        return new Called.Refused(new Refusal.Unavailable(what, after), sent);
    }

    private static Called notFound() {
        return new Called.Faulty(ConnectionFault.NOT_FOUND);
    }

    private Called inTurn(ConnectionRule rule, HttpFacts call, Id organization, PlatformCall request) {
        return switch (rule) {
            case ConnectionRule.InHeader(String header) ->
                call.only(header)
                        .map(text -> through(byId(text, organization), request.without(header)))
                        .orElseGet(() -> new Called.Refused(
                                new Refusal.Malformed("the header " + header + " names one connection"), false));
            case ConnectionRule.Named(String name) -> through(store.sealed(organization, name), request);
        };
    }

    private Optional<SealedConnection> byId(String text, Id organization) {
        return PublicUuid.connection(text)
                .flatMap(store::sealed)
                .filter(found -> found.connection().organization().equals(organization));
    }

    private Called through(Optional<SealedConnection> connection, PlatformCall request) {
        return connection.map(found -> called(proxy.call(found, request))).orElseGet(() -> notFound());
    }

    private static Called called(Answered answered) {
        return switch (answered) {
            case Answered.ByPlatform(int status, List<Header> headers, Bytes body) ->
                new Called.Replied(reply(status, headers, body));
            case Answered.NotUsable(Usable why, boolean sent) -> unusable(why, sent);
            case Answered.Busy(boolean sent) ->
                unavailable("too many calls to one platform are under way", LATER, sent);
            case Answered.Rejected() -> new Called.Faulty(ConnectionFault.CONNECTION_NEEDS_REAUTH);
            case Answered.NoCall() -> new Called.Faulty(ConnectionFault.NO_PLATFORM_CALL);
            case Answered.Barred() -> new Called.Faulty(ConnectionFault.CERTIFICATE_REFUSED);
            case Answered.NoAnswer(Fetched why) -> noAnswer(why);
        };
    }

    private static Called unusable(Usable why, boolean sent) {
        return switch (why) {
            case Usable.NeedsReauth _, Usable.Rejected _ -> new Called.Faulty(ConnectionFault.CONNECTION_NEEDS_REAUTH);
            case Usable.CallerRenews _ -> new Called.Faulty(ConnectionFault.CONNECTION_EXPIRED);
            case Usable.Standing _ -> new Called.Faulty(ConnectionFault.CONNECTION_NOT_ACTIVE);
            case Usable.Missing() -> notFound();
            case Usable.Unavailable(String what, var after) -> unavailable("the connection: " + what, after, sent);
            case Usable.Ready _ -> throw new IllegalStateException("what can be used was used");
        };
    }

    private static Called noAnswer(Fetched why) {
        return new Called.Faulty(
                switch (why) {
                    case Fetched.Refused(Fetched.Reason reason) ->
                        switch (reason) {
                            case URL, REQUEST -> ConnectionFault.NO_PLATFORM_CALL;
                            case SCHEME, PORT, ADDRESS -> ConnectionFault.PLATFORM_UNREACHABLE;
                        };
                    case Fetched.Unreachable(Fetched.Cause cause, boolean _) ->
                        switch (cause) {
                            case SLOW -> ConnectionFault.PLATFORM_SLOW;
                            case LARGE -> ConnectionFault.PLATFORM_ANSWER_TOO_LARGE;
                            case BUSY, NAME, CONNECT, TLS, CERTIFICATE, BROKEN -> ConnectionFault.PLATFORM_UNREACHABLE;
                        };
                    case Fetched.Answer _ -> throw new IllegalStateException("an answer is one");
                });
    }

    private static Reply reply(int status, List<Header> headers, Bytes body) {
        Optional<String> type = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(CONTENT_TYPE))
                .map(Header::value)
                .findFirst();
        List<Header> others = headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(CONTENT_TYPE))
                .toList();
        Body shown = body.length() == 0 && type.isEmpty() ? new Body.Empty() : new Body.Binary(type, body);
        return new Reply(status, others, shown, false);
    }
}
