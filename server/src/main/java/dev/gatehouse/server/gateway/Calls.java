package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
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
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Decides calls of the Apis: route, what is presented, facts and decision ([Verifier]). The one way to a verdict
/// for the gateway and for forward-auth, which differ only in what becomes of it: a [Passage].
final class Calls {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// Stands in events and metrics for the Api of a call that is turned away before one is looked for.
    private static final String NO_API = "-";

    /// The largest body that is read for the sake of a credential in it, in bytes.
    private static final int MAX_BODY = 64 * 1024;

    /// The largest body that goes to a platform, in bytes.
    private static final int MAX_PLATFORM_BODY = 1024 * 1024;

    private final FactSource facts;
    private final CallDialect.Chosen dialects;
    private final Verifier verifier;
    private final Assertions assertions;
    private final Limiter limiter;
    private final RetiredRoutes retired;
    private final SignedCalls signed;
    private final Observations observations;

    Calls(
            FactSource facts,
            CallDialect.Chosen dialects,
            Verifier verifier,
            Assertions assertions,
            Limiter limiter,
            RetiredRoutes retired,
            Signatures signatures,
            Observations observations) {
        this.facts = facts;
        this.dialects = dialects;
        this.verifier = verifier;
        this.assertions = assertions;
        this.limiter = limiter;
        this.retired = retired;
        this.signed = new SignedCalls(signatures, verifier, observations);
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
                    api.map(one -> dialects.of(one).refused(call, one, stale)).orElseGet(() -> Refusals.reply(stale)));
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
                yield retired.over(route) ? ended(call, api, route, passage) : served(call, api, route, passage, whole);
            }
        };
    }

    /// Told to everybody alike, before anybody is asked for.
    private Outcome ended(HttpFacts call, Api api, Route route, Passage passage) {
        observations.turnedAway(call, api.name(), "version_ended");
        Reply reply = dialects.of(api).ended(call);
        for (Header header : RetiredRoutes.headers(route)) {
            reply = reply.with(header.name(), header.value());
        }
        return passage.refused(call, Optional.of(api), reply);
    }

    private Outcome served(HttpFacts call, Api api, Route route, Passage passage, boolean whole) {
        return switch (route.need()) {
            case Need.Open() -> open(call, api, route, passage);
            case Need.Authenticated _, Need.AnyOf _, Need.AllOf _, Need.Detailed _ ->
                !whole && dialects.of(api).wantsBody(call)
                        ? new Outcome.ReadBody(MAX_BODY, read -> decide(read, passage, true))
                        : credentialed(new Turn(call, api, route, passage, whole, Optional::empty, Optional.empty()));
        };
    }

    private Outcome open(HttpFacts call, Api api, Route route, Passage passage) {
        return switch (dialects.of(api).read(call, api)) {
            case Carried.Unreadable(Refusal.Malformed malformed, Reply reply) ->
                turnAway(call, api, passage, malformed, reply);
            case Carried _ ->
                passage.leadsTo(api, false)
                        ? charged(
                                call,
                                api,
                                passage,
                                limiter.open(api, route, call.from()),
                                charge -> passage.open(call, api, left(api, route, charge)))
                        : refuse(call, api, passage, new Refusal.NotFound());
        };
    }

    /// A call of a route that is not open to everybody.
    ///
    /// @param whole whether the call has its body, or never will
    /// @param use uses up what counts once; asked last of all, where waiting is allowed
    /// @param signer there once the signature of the call was looked at
    private record Turn(
            HttpFacts call,
            Api api,
            Route route,
            Passage passage,
            boolean whole,
            Supplier<Optional<Refusal>> use,
            Optional<Signer> signer) {
        Turn inTest() {
            return new Turn(call, api.inTest(), route, passage, whole, use, signer);
        }

        Turn using(Supplier<Optional<Refusal>> what) {
            return new Turn(call, api, route, passage, whole, what, signer);
        }

        /// Both count once, where both do.
        Turn signed(Signer by, Supplier<Optional<Refusal>> what) {
            return new Turn(call, api, route, passage, whole, () -> use.get().or(what), Optional.of(by));
        }
    }

    private Outcome credentialed(Turn turn) {
        return carried(turn, dialects.of(turn.api()).read(turn.call(), turn.api()));
    }

    private Outcome carried(Turn turn, Carried carried) {
        HttpFacts call = turn.call();
        Api api = turn.api();
        Passage passage = turn.passage();
        return switch (carried) {
            case Carried.Nothing() -> refuse(call, api, passage, new Refusal.NoCredential());
            case Carried.Unreadable(Refusal refusal, Reply reply) -> turnAway(call, api, passage, refusal, reply);
            case Carried.Later(var read) -> {
                Ask ask = new Ask.Call(turn.route().need(), call.from(), call.origin());
                Optional<Refusal.TooMany> closed = verifier.closed(api, ask);
                yield closed.isPresent()
                        ? refuse(call, api, passage, closed.get())
                        : waiting(call, api, passage, () -> carried(turn, read.get()));
            }
            case Carried.Proven proven -> proven(turn, proven);
            case Carried.One one -> {
                Ask ask = new Ask.Call(turn.route().need(), call.from(), call.origin());
                Checked checked = verifier.verify(one.presented(), api, ask, call.arrivedNanos());
                yield switch (checked) {
                    case Checked.Cold() ->
                        waiting(
                                call,
                                api,
                                passage,
                                () -> conclude(
                                        turn,
                                        one,
                                        verifier.verifyLoading(one.presented(), api, ask, call.arrivedNanos())));
                    case Checked.Known known -> conclude(turn, one, known);
                };
            }
        };
    }

    /// Using up what counts once takes a thread that may wait.
    private Outcome proven(Turn turn, Carried.Proven proven) {
        Carried.One one = new Carried.One(proven.presented());
        HttpFacts call = turn.call();
        Ask ask = new Ask.Call(turn.route().need(), call.from(), call.origin());
        return switch (verifier.verify(one.presented(), turn.api(), ask, call.arrivedNanos())) {
            case Checked.Refused refused -> conclude(turn, one, refused);
            case Checked.Allowed _, Checked.Cold _ ->
                waiting(call, turn.api(), turn.passage(), () -> {
                    Checked.Known known = verifier.verifyLoading(one.presented(), turn.api(), ask, call.arrivedNanos());
                    return conclude(turn.using(proven.use()), one, fitting(known, proven));
                });
        };
    }

    private static Checked.Known fitting(Checked.Known known, Carried.Proven proven) {
        return known instanceof Checked.Allowed(Verdict.Allowed allowed)
                ? proven.unfit()
                        .apply(allowed)
                        .<Checked.Known>map(Checked.Refused::new)
                        .orElse(known)
                : known;
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

    private Outcome conclude(Turn turn, Carried.One one, Checked.Known checked) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal) -> refuse(turn.call(), turn.api(), turn.passage(), refusal);
            case Checked.Allowed(Verdict.Allowed allowed)
            when turn.route().signed() && turn.signer().isEmpty() -> signed(turn, one, allowed);
            case Checked.Allowed(Verdict.Allowed allowed)
            when turn.route().connection().isPresent() ->
                connected(turn, turn.route().connection().get(), one, allowed);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                turn.passage().leadsTo(turn.api(), one.test())
                        ? identified(one.test() ? turn.inTest() : turn, one.presented(), allowed)
                        : refuse(turn.call(), turn.api(), turn.passage(), new Refusal.NotFound());
        };
    }

    /// Whoever may not make the call does not have its body read. Another proxy never shows it.
    private Outcome signed(Turn turn, Carried.One one, Verdict.Allowed allowed) {
        HttpFacts call = turn.call();
        Api api = turn.api();
        Passage passage = turn.passage();
        Optional<Signing> scheme = dialects.of(api).signing().filter(_ -> passage.hasBodies());
        if (scheme.isEmpty()) {
            return refuse(call, api, passage, new Refusal.BadSignature(Refusal.Flaw.UNSEEN));
        }
        return switch (signed.look(scheme.get(), call)) {
            case Signatures.Looked.Refused(Refusal.BadSignature refusal) -> refuse(call, api, passage, refusal);
            case Signatures.Looked.Shown _
            when !turn.whole() -> new Outcome.ReadBody(SignedCalls.MAX_BODY, read -> decide(read, passage, true));
            case Signatures.Looked.Shown shown -> {
                SignedCalls.Question question = signed.question(scheme.get(), call, api, allowed, shown);
                yield switch (signed.ask(question)) {
                    case SignedCalls.Answer.Cold() ->
                        waiting(call, api, passage, () -> signed(turn, one, allowed, signed.askLoading(question)));
                    case SignedCalls.Answer.Known known -> signed(turn, one, allowed, known);
                };
            }
        };
    }

    private Outcome signed(Turn turn, Carried.One one, Verdict.Allowed allowed, SignedCalls.Answer.Known answer) {
        return switch (answer) {
            case SignedCalls.Answer.No(Refusal refusal) -> refuse(turn.call(), turn.api(), turn.passage(), refusal);
            case SignedCalls.Answer.Yes(Signer signer) ->
                conclude(turn.signed(signer, Optional::empty), one, new Checked.Allowed(allowed));
            case SignedCalls.Answer.Once(Signer signer, var use) ->
                waiting(
                        turn.call(),
                        turn.api(),
                        turn.passage(),
                        () -> conclude(turn.signed(signer, use), one, new Checked.Allowed(allowed)));
        };
    }

    /// A platform is asked with the whole body at once. A body may take its time, so that its caller is looked at
    /// once more when it is there. What is for tests only reaches no platform, and no other proxy can go there.
    private Outcome connected(Turn turn, ConnectionRule rule, Carried.One one, Verdict.Allowed allowed) {
        HttpFacts call = turn.call();
        Api api = turn.api();
        Passage passage = turn.passage();
        if (one.test() || !passage.hasBodies()) {
            return refuse(call, api, passage, new Refusal.NotFound());
        }
        if (!turn.whole()) {
            return new Outcome.ReadBody(MAX_PLATFORM_BODY, read -> decide(read, passage, true));
        }
        return charged(turn, allowed, charge -> {
            retired.used(call, api, turn.route(), allowed);
            return passage.connected(call, api, turn.route(), rule, allowed, charge);
        });
    }

    private Outcome identified(Turn turn, Presented presented, Verdict.Allowed allowed) {
        HttpFacts call = turn.call();
        String audience =
                turn.api().upstream().map(URI::toString).orElse(turn.api().audience());
        try {
            return asserted(turn, presented, allowed, assertions.sign(call, audience, allowed));
        } catch (FactsUnavailable e) {
            return waiting(
                    call,
                    turn.api(),
                    turn.passage(),
                    () -> asserted(turn, presented, allowed, assertions.signLoading(call, audience, allowed)));
        }
    }

    private Outcome asserted(Turn turn, Presented presented, Verdict.Allowed allowed, Optional<String> assertion) {
        HttpFacts call = turn.call();
        Api api = turn.api();
        Passage passage = turn.passage();
        if (assertion.isEmpty()) {
            return refuse(call, api, passage, new Refusal.Unavailable("no key signs assertions", RETRY));
        }
        List<Header> identity = IdentityHeaders.of(allowed, assertion.get());
        return charged(turn, allowed, charge -> {
            observations.allowed(call, api.name());
            retired.used(call, api, turn.route(), allowed);
            return passage.identified(
                    call, api, presented, allowed, identity, left(api, turn.route(), charge), turn.signer());
        });
    }

    /// Who is refused uses nothing up, and nothing refused is charged: what was used before gives the charge back.
    private Outcome charged(Turn turn, Verdict.Allowed allowed, Function<Charge.Made, Outcome> through) {
        HttpFacts call = turn.call();
        Charge charge = limiter.call(turn.api(), turn.route(), allowed, call.from());
        return charged(call, turn.api(), turn.passage(), charge, made -> {
            Optional<Refusal> used = turn.use().get();
            if (used.isEmpty()) {
                return through.apply(made);
            }
            limiter.refund(made);
            return refuse(call, turn.api(), turn.passage(), used.get());
        });
    }

    /// The last thing that a call can be refused for but what counts once, so that nothing refused is charged.
    ///
    /// @param through lets the call through
    private Outcome charged(
            HttpFacts call, Api api, Passage passage, Charge charge, Function<Charge.Made, Outcome> through) {
        return switch (charge) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refuse(call, api, passage, refusal);
            case Charge.Made made -> through.apply(made);
        };
    }

    /// What the caller is told of what is left, and of how long the route will be there.
    List<Header> left(Api api, Route route, Charge.Made charge) {
        List<Header> left = charge.left().map(dialects.of(api)::left).orElse(List.of());
        return route.retirement().isEmpty()
                ? left
                : Stream.concat(left.stream(), RetiredRoutes.headers(route).stream())
                        .toList();
    }

    private Outcome refuse(HttpFacts call, Api api, Passage passage, Refusal refusal) {
        return turnAway(call, api, passage, refusal, dialects.of(api).refused(call, api, refusal));
    }

    private Outcome turnAway(HttpFacts call, Api api, Passage passage, Refusal refusal, Reply reply) {
        observations.refused(call, api, refusal);
        return passage.refused(call, Optional.of(api), reply);
    }
}
