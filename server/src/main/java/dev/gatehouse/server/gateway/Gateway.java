package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// What stands behind the listeners of the provider's Apis: calls are decided ([Calls]), then forwarded or
/// refused.
public final class Gateway implements Front {
    private final ApiDirectory directory;
    private final Map<String, OwnEndpoint> own;
    private final Calls calls;
    private final Verifier verifier;
    private final LongSupplier nanos;
    private final Calls.Passage passage = new Forwarding();

    /// @param ownNames the host names under which each listener can be reached by its address alone
    /// @param own Gatehouse's endpoints at every Api, by path
    public Gateway(
            FactSource facts,
            Map<String, Set<String>> ownNames,
            Map<String, OwnEndpoint> own,
            Verifier verifier,
            Assertions assertions,
            Observations observations,
            LongSupplier nanos) {
        this.directory = new ApiDirectory(facts, ownNames);
        this.own = Map.copyOf(own);
        this.calls = new Calls(facts, verifier, assertions, observations);
        this.verifier = verifier;
        this.nanos = nanos;
    }

    @Override
    public Outcome head(HttpFacts head) {
        return calls.decide(head, passage);
    }

    /// Sends allowed calls to the upstream of their Api.
    private final class Forwarding implements Calls.Passage {
        @Override
        public Optional<Api> api(HttpFacts call) {
            return directory.find(call);
        }

        @Override
        public Optional<Outcome> own(HttpFacts call, Api api) {
            return Optional.ofNullable(own.get(call.path())).map(endpoint -> {
                call.trace().route(api.name(), call::path);
                return endpoint.answer(call, api);
            });
        }

        @Override
        public boolean leadsTo(Api api) {
            return api.upstream().isPresent();
        }

        @Override
        public Outcome open(HttpFacts call, Api api) {
            return forward(call, api, Optional.empty(), UpstreamHeaders.anonymous(call, api));
        }

        @Override
        public Outcome identified(HttpFacts call, Api api, Presented presented, List<Header> identity) {
            return forward(call, api, Optional.of(presented), UpstreamHeaders.identified(call, api, identity));
        }

        @Override
        public Outcome refused(Reply reply) {
            return new Outcome.Answer(reply.with("Vary", "Authorization, Origin"));
        }
    }

    private Outcome forward(HttpFacts call, Api api, Optional<Presented> presented, List<Header> headers) {
        URI upstream = api.upstream().orElseThrow();
        return new Outcome.Forward(
                upstream, target(call), headers, () -> stillAllowed(call, presented), presented.isPresent());
    }

    /// Whether an open stream may go on: the same call, looked up and decided anew, as if it came in now. A node
    /// that cannot tell at the moment lets it; only a refusal cuts.
    private boolean stillAllowed(HttpFacts head, Optional<Presented> presented) {
        return directory
                .find(head)
                .map(api -> stillAllowed(head, api, presented))
                .orElse(false);
    }

    private boolean stillAllowed(HttpFacts head, Api api, Optional<Presented> presented) {
        if (!(api.table().match(head.method(), head.path()) instanceof Match.Found(Route route))) {
            return false;
        }
        if (route.need() instanceof Need.Open) {
            return true;
        }
        return presented
                .map(shown ->
                        verifier.verifyLoading(shown, api, new Ask.Call(route.need(), head.from()), nanos.getAsLong()))
                .map(checked -> checked instanceof Checked.Allowed
                        || (checked instanceof Checked.Refused(Refusal refusal)
                                && refusal instanceof Refusal.Unavailable))
                .orElse(false);
    }

    private static String target(HttpFacts head) {
        return head.query().map(query -> head.path() + "?" + query).orElse(head.path());
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return head.filter(_ -> status == 503)
                .flatMap(call -> Optional.ofNullable(own.get(call.path())))
                .map(endpoint -> endpoint.unavailable(detail))
                .orElseGet(() -> Unreadable.reply(status, detail));
    }
}
