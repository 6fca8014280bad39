package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.server.gateway.Carriers.Carried;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// What stands behind the listeners of the provider's Apis. A call takes five hops: the Api by listener or host,
/// what is presented, facts and decision ([Verifier]), then forward or refuse.
public final class Gateway implements Front {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final FactSource facts;
    private final ApiDirectory directory;
    private final Map<String, OwnEndpoint> own;
    private final Verifier verifier;
    private final Assertions assertions;
    private final Observations observations;
    private final LongSupplier nanos;

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
        this.facts = facts;
        this.directory = new ApiDirectory(facts, ownNames);
        this.own = Map.copyOf(own);
        this.verifier = verifier;
        this.assertions = assertions;
        this.observations = observations;
        this.nanos = nanos;
    }

    @Override
    public Outcome head(HttpFacts head) {
        // Freshness comes before any fact is gathered, Apis and routes included (PROTOCOLS 1).
        if (!facts.fresh(head.arrivedNanos())) {
            return new Outcome.Answer(Refusals.reply(new Refusal.Unavailable("facts are not fresh", RETRY)));
        }
        Optional<Api> api = directory.find(head);
        if (api.isEmpty()) {
            return new Outcome.Answer(Reply.problem(421, "misdirected", "No Api is served under this host name.")
                    .closing());
        }
        OwnEndpoint endpoint = own.get(head.path());
        return endpoint != null ? endpoint.answer(head, api.get()) : route(head, api.get());
    }

    private Outcome route(HttpFacts head, Api api) {
        return switch (api.table().match(head.method(), head.path())) {
            case Match.None() -> refuse(head, api, new Refusal.NotFound());
            case Match.OtherMethods(Set<String> allowed) ->
                new Outcome.Answer(Reply.problem(405, "method_not_allowed", "This path does not take this method.")
                        .with("Allow", allow(allowed)));
            case Match.Found(Route route) ->
                switch (route.need()) {
                    case Need.Open() -> anonymous(head, api);
                    case Need.Authenticated _, Need.AnyOf _, Need.AllOf _ -> credentialed(head, api, route);
                };
        };
    }

    /// RFC 9110 section 10.2.1: HEAD is served wherever GET is.
    private static String allow(Set<String> routed) {
        Set<String> methods = new TreeSet<>(routed);
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private Outcome anonymous(HttpFacts head, Api api) {
        return switch (Carriers.read(head, api)) {
            case Carried.Unreadable(Refusal.Malformed malformed) -> refuse(head, api, malformed);
            case Carried _ ->
                api.upstream()
                        .<Outcome>map(upstream -> new Outcome.Forward(
                                upstream,
                                target(head),
                                UpstreamHeaders.anonymous(head, api),
                                () -> stillAllowed(head, Optional.empty()),
                                false))
                        .orElseGet(() -> refuse(head, api, new Refusal.NotFound()));
        };
    }

    private Outcome credentialed(HttpFacts head, Api api, Route route) {
        return switch (Carriers.read(head, api)) {
            case Carried.Nothing() -> refuse(head, api, new Refusal.NoCredential());
            case Carried.Unreadable(Refusal refusal) -> refuse(head, api, refusal);
            case Carried.One(Presented presented) -> {
                Ask ask = new Ask.Call(route.need(), head.from());
                Checked checked = verifier.verify(presented, api, ask, head.arrivedNanos());
                yield checked instanceof Checked.Cold
                        ? new Outcome.Block(
                                Outcome.Work.VERIFY,
                                () -> conclude(
                                        head,
                                        api,
                                        presented,
                                        verifier.verifyLoading(presented, api, ask, head.arrivedNanos())))
                        : conclude(head, api, presented, checked);
            }
        };
    }

    private Outcome conclude(HttpFacts head, Api api, Presented presented, Checked checked) {
        return switch (checked) {
            case Checked.Cold() -> throw new IllegalStateException("verifying with loading is never cold");
            case Checked.Refused(Refusal refusal) -> refuse(head, api, refusal);
            case Checked.Allowed(Verdict.Allowed allowed) -> identified(head, api, presented, allowed);
        };
    }

    private Outcome identified(HttpFacts head, Api api, Presented presented, Verdict.Allowed allowed) {
        if (api.upstream().isEmpty()) {
            return refuse(head, api, new Refusal.NotFound());
        }
        URI upstream = api.upstream().get();
        Optional<String> assertion = assertion(head, upstream, allowed);
        if (assertion.isEmpty()) {
            return refuse(head, api, new Refusal.Unavailable("no key signs assertions", RETRY));
        }
        observations.allowed(api.name());
        return new Outcome.Forward(
                upstream,
                target(head),
                UpstreamHeaders.identified(head, api, allowed, assertion.get()),
                () -> stillAllowed(head, Optional.of(presented)),
                true);
    }

    private Optional<String> assertion(HttpFacts head, URI upstream, Verdict.Allowed allowed) {
        try {
            return assertions.sign(head, upstream, allowed);
        } catch (FactsUnavailable e) {
            return Optional.empty();
        }
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

    private Outcome refuse(HttpFacts head, Api api, Refusal refusal) {
        observations.refused(head, api, refusal);
        Reply reply = Refusals.reply(refusal).with("Vary", "Authorization, Origin");
        return new Outcome.Answer(reply);
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return Unreadable.reply(status, detail);
    }
}
