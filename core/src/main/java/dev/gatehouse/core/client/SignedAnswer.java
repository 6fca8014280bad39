package dev.gatehouse.core.client;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.List;
import java.util.Optional;

/// An answer that is signed for a client with an algorithm of the client's choice.
public enum SignedAnswer {
    /// ID tokens (OpenID Connect Registration section 2).
    ID_TOKEN("id_token_signed_response_alg"),
    /// Answers to authorization requests that ask for a JWT (JARM section 3).
    AUTHORIZATION("authorization_signed_response_alg"),
    /// Answers about tokens, for whoever asks for a JWT (RFC 9701 section 6).
    INTROSPECTION("introspection_signed_response_alg"),
    /// UserInfo, which is a JWT where this is chosen (OpenID Connect Core section 5.3.2).
    USERINFO("userinfo_signed_response_alg");

    /// The algorithms that can be chosen: the one that every client knows, and those for clients that may not
    /// use it.
    public static final List<SigningAlgorithm> ALGORITHMS =
            List.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256, SigningAlgorithm.PS256);

    private final String wire;

    SignedAnswer(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// The answer of a name.
    public static Optional<SignedAnswer> of(String wire) {
        for (SignedAnswer answer : values()) {
            if (answer.wire.equals(wire)) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /// An algorithm that can be chosen, by its registered name.
    public static Optional<SigningAlgorithm> algorithm(String wire) {
        return ALGORITHMS.stream().filter(one -> one.wire().equals(wire)).findFirst();
    }
}
