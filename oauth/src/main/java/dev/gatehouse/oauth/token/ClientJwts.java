package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.SigningKey;
import java.util.Optional;

/// JWTs that clients check under the keys of an Api's ID tokens, each of a type of its own. They open nothing here.
public final class ClientJwts {
    private final Keys keys;

    /// Signed under these.
    public ClientJwts(Keys keys) {
        this.keys = keys;
    }

    /// Signs a payload. Blocks when the Api's first key has to be drawn.
    ///
    /// @param algorithm one of [SigningKey#IDENTIFYING]
    /// @param type what the header says that it is
    /// @throws FactsUnavailable when there is no key to sign with
    public String write(Api api, SigningAlgorithm algorithm, String type, byte[] payload) {
        keys.catchUp();
        Optional<SigningKey> key = keys.ring().identifying(api.id(), algorithm);
        if (key.isEmpty()) {
            keys.ensure(api, algorithm);
            key = keys.ring().identifying(api.id(), algorithm);
        }
        return key.map(one -> type.equals(SigningKey.PLAIN)
                        ? one.writer().write(payload)
                        : one.writer().typed(type).write(payload))
                .orElseThrow(() -> new FactsUnavailable("no key to sign answers to clients with"));
    }
}
