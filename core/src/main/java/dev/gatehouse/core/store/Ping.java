package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.util.Optional;

/// A client that is to be told that a person has answered (OpenID Connect CIBA Core section 10.2). What is to be
/// said is written down with the request ([DeviceStore#ask]) and becomes due in the transaction that answers it.
///
/// @param request the code of the request
/// @param said readable by key custody
public record Ping(Digest request, Id application, Encrypted said) implements Notice {
    @Override
    public Undelivered undelivered() {
        return new Undelivered("request.undelivered", Optional.empty(), application, Detail.none());
    }
}
