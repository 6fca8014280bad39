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
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.proxy.OriginalRequest;
import dev.gatehouse.server.signed.Signatures;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands behind a listener at which other proxies ask about the calls that they carry: 200 with
/// [IdentityHeaders], or a refusal that stops the call in every proxy. A call is decided exactly as the gateway
/// would decide it ([Calls]).
public final class ForwardAuth implements Front {
    private final OriginalRequest original;
    private final Calls calls;
    private final Passage passage;

    /// @param original reads what proxies ask
    public ForwardAuth(
            OriginalRequest original,
            FactSource facts,
            CallDialect.Chosen dialects,
            Verifier verifier,
            Assertions assertions,
            Limiter limiter,
            RetiredRoutes retired,
            Signatures signatures,
            Observations observations) {
        this.original = original;
        Charges charges = new Charges(limiter, dialects, new Denials(dialects, observations));
        this.calls = new Calls(facts, dialects, verifier, assertions, charges, retired, signatures, observations);
        this.passage = new Answering(new ApiDirectory(facts, Map.of()));
    }

    @Override
    public Outcome head(HttpFacts asked) {
        return switch (original.read(asked)) {
            case OriginalRequest.Result.Read(HttpFacts call) -> calls.decide(call, passage);
            case OriginalRequest.Result.Unreadable(int status, String detail) ->
                new Outcome.Answer(unreadable(Optional.of(asked), status, detail));
            case OriginalRequest.Result.NotAsked(String code, String detail) ->
                passage.refused(asked, Optional.empty(), Reply.problem(403, code, detail));
        };
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return ForProxies.refusal(Unreadable.reply(status, detail));
    }

    /// Answers the proxy, which carries the call.
    private record Answering(ApiDirectory directory) implements Passage {
        /// By host name only: all calls come in on this one listener, whatever listener their Api is bound to.
        @Override
        public Optional<Api> api(HttpFacts call) {
            return directory.named(call.host());
        }

        @Override
        public Optional<Outcome> own(HttpFacts call, Api api) {
            return Optional.empty();
        }

        @Override
        public boolean hasBodies() {
            return false;
        }

        /// The proxy carries every call to the same place, which is none for tests.
        @Override
        public boolean leadsTo(Api api, boolean test) {
            return !test;
        }

        /// No other proxy has the credentials of connections.
        @Override
        public Outcome connected(
                HttpFacts call,
                Api api,
                Route route,
                ConnectionRule rule,
                Verdict.Allowed allowed,
                Charge.Made charge) {
            throw new IllegalStateException("bodies of calls never come here");
        }

        @Override
        public Outcome open(HttpFacts call, Api api, List<Header> left) {
            return new Outcome.Answer(ForProxies.passing(List.of(), left));
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
            return new Outcome.Answer(ForProxies.passing(identity, left));
        }

        @Override
        public Outcome refused(HttpFacts call, Optional<Api> api, Reply reply) {
            return new Outcome.Answer(ForProxies.refusal(reply));
        }
    }
}
