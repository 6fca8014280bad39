package dev.gatehouse.server.gateway;

import dev.gatehouse.connect.call.PlatformCall;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.server.connect.ConnectionCalls;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.observe.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Carries allowed calls to platforms, by the connections of organizations.
record PlatformCalls(
        CallDialect.Chosen dialects, ConnectionCalls connections, Charges charges, Observations observations) {
    /// What the caller is told. What this node could not do is given back, unless the platform was asked: that and
    /// looking for connections that are not there is nobody's for nothing. Blocks.
    Reply reply(
            HttpFacts call, Api api, Route route, ConnectionRule rule, Verdict.Allowed allowed, Charge.Made charge) {
        List<Header> headers = new ArrayList<>(call.headers());
        Set<String> secret = dialects.of(api).secretHeaders(api);
        headers.removeIf(header -> secret.contains(header.folded()));
        ConnectionCalls.Called called;
        try {
            called = connections.call(
                    rule,
                    call,
                    allowed.lineage().organization(),
                    new PlatformCall(
                            call.method(), route.path().rest(call.path()), query(call, api), headers, call.body()));
        } catch (FactsUnavailable e) {
            called = new ConnectionCalls.Called.Refused(new Refusal.Unavailable("the database", Denials.RETRY), false);
        }
        return switch (called) {
            case ConnectionCalls.Called.Replied(Reply reply) -> {
                observations.allowed(call, api.name());
                yield telling(dialects.of(api).passed(call, reply), charges.left(api, route, charge));
            }
            case ConnectionCalls.Called.Refused refused -> {
                if (refused.free()) {
                    charges.refund(charge);
                }
                observations.refused(call, api, refused.refusal());
                Reply reply = dialects.of(api).refused(call, api, refused.refusal());
                yield refused.free() ? reply : telling(reply, charges.left(api, route, charge));
            }
            case ConnectionCalls.Called.Faulty(ConnectionFault fault) -> {
                observations.turnedAway(call, api.name(), fault.word());
                yield telling(dialects.of(api).disconnected(call, fault), charges.left(api, route, charge));
            }
        };
    }

    /// What we say is said once, whatever the platform says under the same name; of lists both hold.
    private static Reply telling(Reply reply, List<Header> left) {
        List<Header> headers = new ArrayList<>(reply.headers());
        headers.removeIf(header -> left.stream()
                .filter(ours -> !ours.joins())
                .anyMatch(ours -> ours.name().equalsIgnoreCase(header.name())));
        headers.addAll(left);
        return new Reply(reply.status(), headers, reply.body(), reply.close());
    }

    /// The caller's query without credentials of the dialect.
    private Optional<String> query(HttpFacts call, Api api) {
        String target = dialects.of(api).target(call);
        int query = target.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
    }
}
