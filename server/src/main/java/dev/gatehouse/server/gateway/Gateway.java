package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.server.connect.ConnectionCalls;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// What stands behind the listeners of the provider's Apis: calls are decided ([Calls]), then forwarded or
/// refused.
public final class Gateway implements Front {
    private final ApiDirectory directory;
    private final CallDialect.Chosen dialects;
    private final Cors cors;
    private final Calls calls;
    private final Observations observations;
    private final PlatformCalls platforms;
    private final OpenStreams streams;
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
        Charges charges = new Charges(limiter, dialects, new Denials(dialects, observations));
        this.calls = new Calls(facts, dialects, verifier, assertions, charges, retired, signatures, observations);
        this.platforms = new PlatformCalls(dialects, connections, charges, observations);
        this.streams = new OpenStreams(directory, retired, verifier, nanos);
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
                    Outcome.Work.PLATFORM,
                    () -> told(call, Optional.of(api), platforms.reply(call, api, route, rule, allowed, charge)));
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
        return new Outcome.Forward(
                api.upstream().orElseThrow(),
                dialects.of(api).target(call),
                headers,
                streams.alive(call, presented, signer),
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

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return head.flatMap(call -> directory
                        .find(call)
                        .map(api -> cors.varying(dialects.of(api).unreadable(call, status, detail), call, api)))
                .orElseGet(() -> Unreadable.reply(status, detail));
    }
}
