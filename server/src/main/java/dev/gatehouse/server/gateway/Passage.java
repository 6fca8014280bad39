package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;

/// What becomes of calls that [Calls] decides.
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

    /// Lets an allowed call of a route that names a connection through to its platform.
    ///
    /// @param rule which connection
    /// @param charge what it was charged
    Outcome connected(
            HttpFacts call, Api api, Route route, ConnectionRule rule, Verdict.Allowed allowed, Charge.Made charge);

    /// Lets a call of an open route through.
    ///
    /// @param left what is left under a limit, for the caller
    Outcome open(HttpFacts call, Api api, List<Header> left);

    /// Lets an allowed call through.
    ///
    /// @param identity who is calling, see [IdentityHeaders]
    /// @param left what is left under a limit, for the caller
    /// @param signer by what the call was signed, where it was
    Outcome identified(
            HttpFacts call,
            Api api,
            Presented presented,
            Verdict.Allowed allowed,
            List<Header> identity,
            List<Header> left,
            Optional<Signer> signer);

    /// Turns a call away.
    ///
    /// @param api the Api that it is for, where that is known
    Outcome refused(HttpFacts call, Optional<Api> api, Reply reply);
}
