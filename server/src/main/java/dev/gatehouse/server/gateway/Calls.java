package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Decides calls of the Apis: route, what is presented, facts and decision ([Verifier]). The one way to a verdict
/// for the gateway and for forward-auth, which differ only in what becomes of it: a [Passage].
final class Calls {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// Stands in events and metrics for the Api of a call that is turned away before one is looked for.
    private static final String NO_API = "-";

    /// What becomes of calls.
    interface Passage {
        /// The Api that a call is for.
        Optional<Api> api(HttpFacts call);

        /// The answer of Gatehouse itself, where it serves the path of the call.
        Optional<Outcome> own(HttpFacts call, Api api);

        /// Whether the bodies of calls come here.
        boolean hasBodies();

        /// Whether allowed calls of an Api can go anywhere.
        ///
        /// @param test whether they may go to a place for tests only
        boolean leadsTo(Api api, boolean test);

        /// Lets a call of an open route through.
        Outcome open(HttpFacts call, Api api);

        /// Lets an allowed call through.
        ///
        /// @param identity who is calling, see [IdentityHeaders]
        Outcome identified(
                HttpFacts call, Api api, Presented presented, Verdict.Allowed allowed, List<Header> identity);

        /// Turns a call away.
        ///
        /// @param api the Api that it is for, where that is known
        Outcome refused(HttpFacts call, Optional<Api> api, Reply reply);
    }

    /// The largest body that is read for the sake of a credential in it, in bytes.
    private static final int MAX_BODY = 64 * 1024;

    private final FactSource facts;
    private final CallDialect.Chosen dialects;
    private final Verifier verifier;
    private final Assertions assertions;
    private final Observations observations;

    Calls(
            FactSource facts,
            CallDialect.Chosen dialects,
            Verifier verifier,
            Assertions assertions,
            Observations observations) {
        this.facts = facts;
        this.dialects = dialects;
        this.verifier = verifier;
        this.assertions = assertions;
        this.observations = observations;
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
            Refusal stale = new Refusal.Unavailable("facts are not fresh", RETRY);
            observations.refused(call, api.map(Api::name).orElse(NO_API), stale);
            return passage.refused(
                    call,
                    api,
                    api.map(one -> dialects.of(one).refused(call, stale)).orElseGet(() -> Refusals.reply(stale)));
        }
        if (api.isEmpty()) {
            return passage.refused(call, api, Later.misdirected(call, NO_API, observations));
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
            case Match.None() -> refuse(call, api, passage, new Refusal.NotFound());
            case Match.OtherMethods(Set<String> allowed) -> {
                observations.turnedAway(call, api.name(), "method_not_allowed");
                yield passage.refused(call, Optional.of(api), dialects.of(api).wrongMethod(call, allowed));
            }
            case Match.Found(Route route) -> {
                call.trace().route(api.name(), route.path()::text);
                yield switch (route.need()) {
                    case Need.Open() -> open(call, api, passage);
                    case Need.Authenticated _, Need.AnyOf _, Need.AllOf _ ->
                        !whole && dialects.of(api).wantsBody(call)
                                ? new Outcome.ReadBody(MAX_BODY, read -> decide(read, passage, true))
                                : credentialed(call, api, route.need(), passage);
                };
            }
        };
    }

    private Outcome open(HttpFacts call, Api api, Passage passage) {
        return switch (dialects.of(api).read(call, api)) {
            case Carried.Unreadable(Refusal.Malformed malformed, Reply reply) ->
                turnAway(call, api, passage, malformed, reply);
            case Carried _ ->
                passage.leadsTo(api, false)
                        ? passage.open(call, api)
                        : refuse(call, api, passage, new Refusal.NotFound());
        };
    }

    private Outcome credentialed(HttpFacts call, Api api, Need need, Passage passage) {
        return carried(call, api, need, passage, dialects.of(api).read(call, api));
    }

    private Outcome carried(HttpFacts call, Api api, Need need, Passage passage, Carried carried) {
        return switch (carried) {
            case Carried.Nothing() -> refuse(call, api, passage, new Refusal.NoCredential());
            case Carried.Unreadable(Refusal refusal, Reply reply) -> turnAway(call, api, passage, refusal, reply);
            case Carried.Later(var read) ->
                waiting(call, api, passage, () -> carried(call, api, need, passage, read.get()));
            case Carried.One one -> {
                Ask ask = new Ask.Call(need, call.from(), call.origin());
                Checked checked = verifier.verify(one.presented(), api, ask, call.arrivedNanos());
                yield switch (checked) {
                    case Checked.Cold() ->
                        waiting(
                                call,
                                api,
                                passage,
                                () -> conclude(
                                        call,
                                        api,
                                        one,
                                        verifier.verifyLoading(one.presented(), api, ask, call.arrivedNanos()),
                                        passage));
                    case Checked.Known known -> conclude(call, api, one, known, passage);
                };
            }
        };
    }

    /// Goes on where waiting is allowed. A database that is away is no statement about the caller.
    private Outcome waiting(HttpFacts call, Api api, Passage passage, Supplier<Outcome> next) {
        return new Outcome.Block(Outcome.Work.VERIFY, () -> {
            try {
                return next.get();
            } catch (FactsUnavailable e) {
                return refuse(call, api, passage, new Refusal.Unavailable("facts: " + e.getMessage(), RETRY));
            }
        });
    }

    private Outcome conclude(HttpFacts call, Api api, Carried.One one, Checked.Known checked, Passage passage) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal) -> refuse(call, api, passage, refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                passage.leadsTo(api, one.test())
                        ? identified(call, one.test() ? api.inTest() : api, one.presented(), allowed, passage)
                        : refuse(call, api, passage, new Refusal.NotFound());
        };
    }

    private Outcome identified(HttpFacts call, Api api, Presented presented, Verdict.Allowed allowed, Passage passage) {
        String audience = api.upstream().map(URI::toString).orElse(api.audience());
        try {
            return asserted(call, api, presented, allowed, assertions.sign(call, audience, allowed), passage);
        } catch (FactsUnavailable e) {
            return waiting(
                    call,
                    api,
                    passage,
                    () -> asserted(
                            call, api, presented, allowed, assertions.signLoading(call, audience, allowed), passage));
        }
    }

    private Outcome asserted(
            HttpFacts call,
            Api api,
            Presented presented,
            Verdict.Allowed allowed,
            Optional<String> assertion,
            Passage passage) {
        if (assertion.isEmpty()) {
            return refuse(call, api, passage, new Refusal.Unavailable("no key signs assertions", RETRY));
        }
        observations.allowed(call, api.name());
        return passage.identified(call, api, presented, allowed, IdentityHeaders.of(allowed, assertion.get()));
    }

    private Outcome refuse(HttpFacts call, Api api, Passage passage, Refusal refusal) {
        return turnAway(call, api, passage, refusal, dialects.of(api).refused(call, refusal));
    }

    private Outcome turnAway(HttpFacts call, Api api, Passage passage, Refusal refusal, Reply reply) {
        observations.refused(call, api, refusal);
        return passage.refused(call, Optional.of(api), reply);
    }
}
