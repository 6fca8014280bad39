package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;

/// Reads requests to people that clients sign (OpenID Connect CIBA Core section 7.1.1). Blocks.
@FunctionalInterface
public interface SignedRequests {
    /// The parameter that one comes in.
    String PARAMETER = "request";

    /// What reading gave.
    sealed interface Read {
        /// What the client asks for, this once.
        record Good(Form form) implements Read {}

        /// Nothing that the client signed, or nothing new.
        record Wrong(String why) implements Read {}

        /// Nothing is looked at now.
        record Later(Refusal.TooMany refusal) implements Read {}
    }

    /// Proves what a client sent, and uses it up.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the client's keys cannot be looked at now, or it
    ///     cannot be known whether it is new
    Read read(String text, Application client, Api api, HttpFacts http);
}
