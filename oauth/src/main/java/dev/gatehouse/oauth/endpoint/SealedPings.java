package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a client is told by, once a person has answered (OpenID Connect CIBA Core section 10.2), under the ring
/// of the key file and bound to its request: the token that shows the client who speaks, and the id of the
/// request, of which nothing else is kept but a digest.
///
/// @param custody encrypts
public record SealedPings(Custody custody) {
    private static final String APART = "\n";

    /// What is said.
    ///
    /// @param token as the client sent it
    /// @param request the `auth_req_id`
    public record Ping(Secret token, Secret request) {}

    Encrypted seal(Digest code, Ping ping) {
        String text = ping.token().reveal() + APART + ping.request().reveal();
        return custody.encrypt(text.getBytes(StandardCharsets.US_ASCII), place(code));
    }

    /// Empty when it cannot be decrypted.
    public Optional<Ping> open(Digest code, Encrypted said) {
        return custody.decrypt(said, place(code))
                .map(plain -> new String(plain, StandardCharsets.US_ASCII).split(APART, 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new Ping(Secret.of(parts[0]), Secret.of(parts[1])));
    }

    private static Place place(Digest code) {
        return new Place(Place.INSTALLATION, "request_notice", Base64Url.encode(code.bytes()), "ping", 0);
    }
}
