package dev.gatehouse.server.dialect;

import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.endpoint.OnGrants;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.server.connect.Outbound;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.reveal.SecretCopies;
import java.util.random.RandomGenerator;

/// What serving a dialect takes.
///
/// @param onGrants tokens on what users granted
/// @param pepper that refresh tokens are written and keys are stored under
/// @param checkKeys that keys are drawn under
/// @param copies reads secrets that are told again
/// @param outbound platforms, and calls there
/// @param random draws ids
public record Desk(
        Store store,
        Verifier verifier,
        TokenReader tokens,
        Issuer issuer,
        OnGrants onGrants,
        Limiter limiter,
        Sessions sessions,
        Observations observations,
        Cors cors,
        Pepper pepper,
        CheckKeys checkKeys,
        SecretCopies copies,
        Outbound outbound,
        RandomGenerator random) {
    /// Goes on with requests of which the body is there.
    Later later() {
        return new Later(store.facts(), observations);
    }
}
