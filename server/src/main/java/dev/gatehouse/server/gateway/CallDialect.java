package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The wire format between an Api and its callers, as far as the gateway has to do with it. What is decided is
/// the same in every one; only how it is asked and told differs.
public interface CallDialect {
    /// The answer of Gatehouse itself, where this path is one of its own at every Api of this dialect. Tells the
    /// trace which. Must not block.
    Optional<Outcome> own(HttpFacts head, Api api);

    /// The names, in lower case, of the headers that a web page may set where a browser asks for it: any when
    /// empty. Absent where nothing is for pages.
    Optional<Set<String>> pageHeaders(HttpFacts question);

    /// Whether [#read] needs the body of a call.
    boolean wantsBody(HttpFacts head);

    /// Reads what a call presents.
    Carried read(HttpFacts call, Api api);

    /// The names of the headers that carry credentials and so never go to an upstream, folded.
    Set<String> secretHeaders(Api api);

    /// Path and query to ask an upstream for: the caller's, without credentials.
    String target(HttpFacts call);

    /// Who hears what the upstream answers to an allowed call.
    Optional<Outcome.Hearing> hearing(HttpFacts call, Api api, Verdict.Allowed allowed);

    /// How requests are signed on routes that want it; empty where the dialect does not say.
    Optional<Signing> signing();

    /// A refusal of a call of an Api.
    Reply refused(HttpFacts call, Api api, Refusal refusal);

    /// What an allowed call hears whose connection does not lead to its platform.
    Reply disconnected(HttpFacts call, ConnectionFault fault);

    /// What an allowed call hears of its platform's answer.
    ///
    /// @param reply as the platform gave it
    Reply passed(HttpFacts call, Reply reply);

    /// The header fields that tell what is left under a limit.
    List<Header> left(Quota quota);

    /// The refusal of a method that the path does not take.
    ///
    /// @param allowed the methods that it takes
    Reply wrongMethod(HttpFacts call, Set<String> allowed);

    /// The refusal of a call of a version that has ended.
    Reply ended(HttpFacts call);

    /// The refusal of a call that could not be read, is over a limit, or got no answer from its upstream.
    ///
    /// @param status 400, 408, 413, 414, 431, 502, 503, 504, ...
    Reply unreadable(HttpFacts call, int status, String detail);

    /// Which dialect each Api speaks.
    @FunctionalInterface
    interface Chosen {
        /// That of this Api.
        CallDialect of(Api api);
    }
}
