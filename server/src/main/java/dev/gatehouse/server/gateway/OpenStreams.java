package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Whether open streams may go on: the same call, looked up and decided anew, as if it came in now. A node that
/// cannot tell at the moment lets them; only a refusal cuts. They were charged when they began.
record OpenStreams(ApiDirectory directory, RetiredRoutes retired, Verifier verifier, LongSupplier nanos) {
    /// Asked again and again while the stream of this call is open.
    ///
    /// @param presented what the call came with; empty on a route that was open to everybody
    /// @param signer by what it was signed, where it was
    BooleanSupplier alive(HttpFacts call, Optional<Presented> presented, Optional<Signer> signer) {
        Doubt doubt = new Doubt();
        Doubt ofKey = new Doubt();
        return () -> goesOn(
                call,
                (api, route) -> still(api, presented, called(call, route), doubt)
                        && (!route.signed() || still(call, api, signer, ofKey)));
    }

    /// @param allowed asked where the route is not open to everybody
    private boolean goesOn(HttpFacts head, BiPredicate<Api, Route> allowed) {
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
}
