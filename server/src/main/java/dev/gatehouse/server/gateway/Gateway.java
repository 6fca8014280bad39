package dev.gatehouse.server.gateway;

import dev.gatehouse.connect.call.PlatformCall;
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
import dev.gatehouse.server.connect.ConnectionCalls;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/// What stands behind the listeners of the provider's Apis: calls are decided ([Calls]), then forwarded or
/// refused.
public final class Gateway implements Front {
    private final ApiDirectory directory;
    private final CallDialect.Chosen dialects;
    private final Cors cors;
    private final Calls calls;
    private final Observations observations;
    private final ConnectionCalls connections;
    private final Limiter limiter;
    private final RetiredRoutes retired;
    private final Verifier verifier;
    private final LongSupplier nanos;
    private final Passage passage = new Forwarding();

    /// @param connections calls that go to platforms
    /// @param ownNames the host names under which each listener can be reached by its address alone
    /// @param dialects how each Api speaks, and Gatehouse's own endpoints there
    public Gateway(
            FactSource facts,
            Map<String, Set<String>> ownNames,
            CallDialect.Chosen dialects,
            Cors cors,
            Verifier verifier,
            Assertions assertions,
            ConnectionCalls connections,
            Limiter limiter,
            RetiredRoutes retired,
            Signatures signatures,
            Observations observations,
            LongSupplier nanos) {
        this.directory = new ApiDirectory(facts, ownNames);
        this.dialects = dialects;
        this.cors = cors;
        this.observations = observations;
        this.calls = new Calls(facts, dialects, verifier, assertions, limiter, retired, signatures, observations);
        this.connections = connections;
        this.limiter = limiter;
        this.retired = retired;
        this.verifier = verifier;
        this.nanos = nanos;
    }

    @Override
    public Outcome head(HttpFacts head) {
        return calls.decide(head, passage);
    }

    /// Sends allowed calls to the upstream of their Api.
    private final class Forwarding implements Passage {
        @Override
        public Optional<Api> api(HttpFacts call) {
            return directory.find(call);
        }

        @Override
        public Optional<Outcome> own(HttpFacts call, Api api) {
            if (Cors.asks(call)) {
                return Optional.of(preflight(call, api));
            }
            return dialects.of(api).own(call, api);
        }

        @Override
        public boolean hasBodies() {
            return true;
        }

        @Override
        public boolean leadsTo(Api api, boolean test) {
            return (test ? api.inTest() : api).upstream().isPresent();
        }

        @Override
        public Outcome connected(
                HttpFacts call,
                Api api,
                Route route,
                ConnectionRule rule,
                Verdict.Allowed allowed,
                Charge.Made charge) {
            return new Outcome.Block(
                    Outcome.Work.PLATFORM, () -> throughConnection(call, api, route, rule, allowed, charge));
        }

        @Override
        public Outcome open(HttpFacts call, Api api, List<Header> left) {
            return forward(call, api, Optional.empty(), headers(call, api), left, Optional.empty(), Optional.empty());
        }

        @Override
        public Outcome identified(
                HttpFacts call,
                Api api,
                Presented presented,
                Verdict.Allowed allowed,
                List<Header> identity,
                List<Header> left,
                Optional<Signer> signer) {
            Optional<Outcome.Hearing> hearing = dialects.of(api).hearing(call, api, allowed);
            List<Header> headers = headers(call, api);
            headers.addAll(identity);
            // What nobody but the caller could unpack is neither heard nor signed.
            boolean plain =
                    hearing.isPresent() || signer.flatMap(Signer::answers).isPresent();
            headers.removeIf(header -> plain && header.name().equalsIgnoreCase("Accept-Encoding"));
            signer.map(Signer::header)
                    .map(Header::fold)
                    .ifPresent(
                            proof -> headers.removeIf(header -> header.folded().equals(proof)));
            return forward(call, api, Optional.of(presented), headers, left, hearing, signer);
        }

        private List<Header> headers(HttpFacts call, Api api) {
            return UpstreamHeaders.anonymous(call, dialects.of(api).secretHeaders(api));
        }

        @Override
        public Outcome refused(HttpFacts call, Optional<Api> api, Reply reply) {
            return told(call, api, reply);
        }
    }

    /// A reply of our own that rests on the caller's credential.
    private Outcome told(HttpFacts call, Optional<Api> api, Reply reply) {
        Reply readable = api.map(of -> cors.onto(reply, call, of)).orElse(reply);
        return new Outcome.Answer(readable.with("Vary", "Authorization, Origin"));
    }

    /// What this node could not do is given back, unless the platform was asked: that and looking for connections
    /// that are not there is nobody's for nothing.
    private Outcome throughConnection(
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
            called = new ConnectionCalls.Called.Refused(
                    new Refusal.Unavailable("the database", Duration.ofSeconds(1)), false);
        }
        return switch (called) {
            case ConnectionCalls.Called.Replied(Reply reply) -> {
                observations.allowed(call, api.name());
                yield told(
                        call,
                        Optional.of(api),
                        telling(dialects.of(api).passed(call, reply), calls.left(api, route, charge)));
            }
            case ConnectionCalls.Called.Refused refused -> {
                if (refused.free()) {
                    limiter.refund(charge);
                }
                observations.refused(call, api, refused.refusal());
                Reply reply = dialects.of(api).refused(call, api, refused.refusal());
                yield told(
                        call,
                        Optional.of(api),
                        refused.free() ? reply : telling(reply, calls.left(api, route, charge)));
            }
            case ConnectionCalls.Called.Faulty(ConnectionFault fault) -> {
                observations.turnedAway(call, api.name(), fault.word());
                yield told(
                        call,
                        Optional.of(api),
                        telling(dialects.of(api).disconnected(call, fault), calls.left(api, route, charge)));
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

    /// Our own endpoints are for pages where they take what a page has, and no credential of a server (GAUNTLET
    /// I06).
    private Outcome preflight(HttpFacts call, Api api) {
        Optional<Reply> answer = dialects.of(api).pageHeaders(call).flatMap(headers -> cors.answer(call, api, headers));
        if (answer.isEmpty()) {
            observations.turnedAway(call, api.name(), "foreign_origin");
        }
        return new Outcome.Answer(answer.orElseGet(Cors::foreign));
    }

    private Outcome forward(
            HttpFacts call,
            Api api,
            Optional<Presented> presented,
            List<Header> headers,
            List<Header> left,
            Optional<Outcome.Hearing> hearing,
            Optional<Signer> signer) {
        Doubt doubt = new Doubt();
        Doubt ofKey = new Doubt();
        return new Outcome.Forward(
                api.upstream().orElseThrow(),
                dialects.of(api).target(call),
                headers,
                () -> stillAllowed(
                        call,
                        (now, route) -> still(now, presented, called(call, route), doubt)
                                && (!route.signed() || still(call, now, signer, ofKey))),
                presented.isPresent(),
                answered(call, api, presented.isPresent(), left),
                Optional.of(call.body()).filter(body -> body.length() > 0),
                hearing,
                signer.flatMap(Signer::answers));
    }

    /// What the upstream says of origins is not passed on (GAUNTLET K08).
    private List<Header> answered(HttpFacts call, Api api, boolean credentialed, List<Header> left) {
        List<Header> headers = new ArrayList<>(cors.headers(call, api));
        if (!credentialed && cors.varies(api)) { // a credentialed answer varies anyway
            headers.add(new Header("Vary", "Origin"));
        }
        headers.addAll(left);
        return headers;
    }

    /// Whether an open stream may go on: the same call, looked up and decided anew, as if it came in now. A node
    /// that cannot tell at the moment lets it; only a refusal cuts. It was charged when it began.
    ///
    /// @param allowed asked where the route is not open to everybody
    private boolean stillAllowed(HttpFacts head, BiPredicate<Api, Route> allowed) {
        return directory
                .find(head)
                .filter(api -> api.table().match(head.method(), head.path()) instanceof Match.Found(Route route)
                        && !retired.over(route)
                        && (route.need() instanceof Need.Open || allowed.test(api, route)))
                .isPresent();
    }

    private static Ask called(HttpFacts head, Route route) {
        return new Ask.Call(route.need(), head.from(), head.origin());
    }

    /// A call that was not signed is none that may go on where calls are now.
    private boolean still(HttpFacts head, Api api, Optional<Signer> signer, Doubt doubt) {
        return still(api, signer.map(by -> by.again().get()), new Ask.Authenticate(head.from()), doubt);
    }

    private boolean still(Api api, Optional<Presented> presented, Ask ask, Doubt doubt) {
        return presented
                .map(shown -> verifier.verifyLoading(shown, api, ask, nanos.getAsLong()))
                .map(checked -> switch (checked) {
                    case Checked.Allowed _ -> doubt.over(true);
                    case Checked.Refused(Refusal refusal)
                    when refusal instanceof Refusal.TooMany -> doubt.bears(nanos.getAsLong());
                    case Checked.Refused(Refusal refusal) -> doubt.over(refusal instanceof Refusal.Unavailable);
                })
                .orElse(false);
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return head.flatMap(call -> directory
                        .find(call)
                        .map(api -> cors.varying(dialects.of(api).unreadable(call, status, detail), call, api)))
                .orElseGet(() -> Unreadable.reply(status, detail));
    }
}
