package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.util.Optional;
import java.util.Set;

/// Decides calls of the Apis: route, what is presented, facts and decision ([GuardedCalls]). The one way to a
/// verdict for the gateway and for forward-auth, which differ only in what becomes of it: a [Passage].
final class Calls {
    /// The largest body that is read for the sake of a credential in it, in bytes.
    private static final int MAX_BODY = 64 * 1024;

    private final FactSource facts;
    private final CallDialect.Chosen dialects;
    private final RetiredRoutes retired;
    private final Denials denials;
    private final Charges charges;
    private final GuardedCalls guarded;

    Calls(
            FactSource facts,
            CallDialect.Chosen dialects,
            Verifier verifier,
            Assertions assertions,
            Charges charges,
            RetiredRoutes retired,
            Signatures signatures,
            Observations observations) {
        this.facts = facts;
        this.dialects = dialects;
        this.retired = retired;
        this.denials = charges.denials();
        this.charges = charges;
        this.guarded = new GuardedCalls(
                dialects,
                verifier,
                assertions,
                charges,
                retired,
                new SignedCalls(signatures, verifier, observations),
                observations,
                (read, passage) -> decide(read, passage, true));
    }

    Outcome decide(HttpFacts call, Passage passage) {
        return decide(call, passage, !passage.hasBodies());
    }

    /// A body may take its time, so everything is looked up anew when it is there.
    ///
    /// @param whole whether the call has its body, or never will
    private Outcome decide(HttpFacts call, Passage passage, boolean whole) {
        // Freshness comes before any fact is gathered, routes included (ADR 0001); the Api says how fresh.
        boolean fresh = facts.fresh(call.arrivedNanos());
        Optional<Api> api = passage.api(call);
        if (!fresh && !outlasts(api, call)) {
            return denials.stale(call, api, passage);
        }
        if (api.isEmpty()) {
            return denials.misdirected(call, passage);
        }
        return passage.own(call, api.get()).orElseGet(() -> route(call, api.get(), passage, whole));
    }

    private boolean outlasts(Optional<Api> api, HttpFacts call) {
        return api.map(Api::onDatabaseLoss)
                .filter(age -> !age.isZero())
                .filter(age -> facts.fresh(call.arrivedNanos(), age))
                .isPresent();
    }

    private Outcome route(HttpFacts call, Api api, Passage passage, boolean whole) {
        return switch (api.table().match(call.method(), call.path())) {
            case Match.None() -> denials.refuse(call, api, passage, new Refusal.NotFound());
            case Match.OtherMethods(Set<String> allowed) ->
                denials.turnAway(
                        call,
                        api,
                        passage,
                        "method_not_allowed",
                        dialects.of(api).wrongMethod(call, allowed));
            case Match.Found(Route route) -> {
                call.trace().route(api.name(), route.path()::text);
                yield retired.over(route) ? ended(call, api, route, passage) : served(call, api, route, passage, whole);
            }
        };
    }

    /// Told to everybody alike, before anybody is asked for.
    private Outcome ended(HttpFacts call, Api api, Route route, Passage passage) {
        Reply reply = dialects.of(api).ended(call);
        for (Header header : RetiredRoutes.headers(route)) {
            reply = reply.with(header.name(), header.value());
        }
        return denials.turnAway(call, api, passage, "version_ended", reply);
    }

    private Outcome served(HttpFacts call, Api api, Route route, Passage passage, boolean whole) {
        return switch (route.need()) {
            case Need.Open() -> open(call, api, route, passage);
            case Need.Authenticated _, Need.AnyOf _, Need.AllOf _, Need.Detailed _ ->
                !whole && dialects.of(api).wantsBody(call)
                        ? new Outcome.ReadBody(MAX_BODY, read -> decide(read, passage, true))
                        : guarded.decide(new Turn(call, api, route, passage, whole));
        };
    }

    private Outcome open(HttpFacts call, Api api, Route route, Passage passage) {
        return switch (dialects.of(api).read(call, api)) {
            case Carried.Unreadable(Refusal.Malformed malformed, Reply reply) ->
                denials.refuse(call, api, passage, malformed, reply);
            case Carried _ ->
                passage.leadsTo(api, false)
                        ? charges.open(call, api, route, passage, left -> passage.open(call, api, left))
                        : denials.refuse(call, api, passage, new Refusal.NotFound());
        };
    }
}
