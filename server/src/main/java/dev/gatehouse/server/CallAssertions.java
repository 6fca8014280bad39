package dev.gatehouse.server;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.oauth.assertion.Assertions;
import java.util.Optional;

/// The gateway's assertions, signed under the installation's key.
record CallAssertions(Assertions signer) implements dev.gatehouse.server.gateway.Assertions {
    @Override
    public Optional<String> sign(HttpFacts call, String audience, Verdict.Allowed allowed) {
        return signer.sign(allowed, audience, call.method(), call.path());
    }

    @Override
    public Optional<String> signLoading(HttpFacts call, String audience, Verdict.Allowed allowed) {
        return signer.signLoading(allowed, audience, call.method(), call.path());
    }
}
