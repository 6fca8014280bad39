package dev.gatehouse.core.client;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.util.Optional;

/// A set of rules that a client keeps to, or all clients of an Api: FAPI 2.0. What does not go with it is refused
/// when it is written down, each with a sentence that says why.
public enum ClientProfile {
    /// FAPI 2.0 Security Profile.
    FAPI2("fapi2"),
    /// The same with FAPI 2.0 Message Signing.
    FAPI2_MESSAGE_SIGNING("fapi2-message-signing");

    /// The longest life of a pushed request.
    public static final Duration PUSHED_LIFE = Duration.ofSeconds(60);

    private final String wire;

    ClientProfile(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// Whether requests, their answers and answers about tokens are signed.
    public boolean signs() {
        return this == FAPI2_MESSAGE_SIGNING;
    }

    /// Whether it has a rule in it. That tokens are bound is one; to what, is the client's own choice (FAPI 2.0
    /// Security Profile section 5.3.2.1): [ClientRules#allows].
    public boolean has(ClientRule rule) {
        return switch (rule) {
            case PUSHED -> true;
            case SIGNED -> signs();
            case BOUND, CERTIFICATE_BOUND -> false;
        };
    }

    /// Whether clients may sign with an algorithm (FAPI 2.0 Security Profile section 5.4.1).
    public static boolean signable(String alg) {
        return RequestAlgorithm.of(alg)
                .filter(algorithm -> algorithm != RequestAlgorithm.RS256)
                .isPresent();
    }

    /// Why these are no terms of a client that keeps to it (sections 5.3.2, 5.3.3, 5.4.1).
    public Optional<String> mistake(ClientTerms terms) {
        if (terms.method() != ClientMethod.PRIVATE_KEY_JWT && !terms.method().certified()) {
            return wrong("clients authenticate by private_key_jwt, tls_client_auth or self_signed_tls_client_auth");
        }
        if (terms.grants().contains(GrantType.DEVICE_CODE)) {
            return wrong("grant_types has no device codes, whose requests are neither pushed nor signed");
        }
        if (terms.grants().contains(GrantType.CIBA)) {
            return wrong("grant_types has no requests in the back channel, which have profiles of their own");
        }
        if (terms.grants().contains(GrantType.IMPLICIT)) {
            return wrong("grant_types has no implicit, by which tokens go through browsers");
        }
        if (terms.grants().contains(GrantType.JWT_BEARER)) {
            return wrong("grant_types has no assertions, by which tokens are had without the client's own proof");
        }
        if (!terms.pkceRequired()) {
            return wrong("pkce is required");
        }
        if (!terms.redirects().stream().allMatch(uri -> uri.claimed() || (uri.local() && !uri.byName()))) {
            return wrong("redirect_uris are https, or of a loopback address");
        }
        for (SignedAnswer answer : SignedAnswer.values()) {
            if (terms.messages().answers().get(answer) == SigningAlgorithm.RS256) {
                return wrong(answer.wire() + " is ES256 or PS256");
            }
        }
        return terms.messages().requests().equals(Optional.of(RequestAlgorithm.RS256))
                ? wrong("request_object_signing_alg is PS256, ES256 or EdDSA")
                : Optional.empty();
    }

    /// The sentence that tells of a rule of its that is broken.
    public Optional<String> wrong(String rule) {
        return Optional.of("of the profile " + wire + ": " + rule);
    }

    /// The stricter one of those that there are.
    static Optional<ClientProfile> stricter(Optional<ClientProfile> one, Optional<ClientProfile> other) {
        return one.filter(mine ->
                        other.filter(theirs -> theirs.compareTo(mine) > 0).isEmpty())
                .or(() -> other);
    }

    /// The profile of a name.
    public static Optional<ClientProfile> of(String wire) {
        for (ClientProfile profile : values()) {
            if (profile.wire.equals(wire)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
