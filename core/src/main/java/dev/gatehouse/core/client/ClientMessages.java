package dev.gatehouse.core.client;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.Map;
import java.util.Optional;

/// How a client and Gatehouse speak with each other: the profile that it keeps to, and how what they tell each
/// other is signed.
///
/// @param profile absent where it keeps to none by itself
/// @param answers the algorithms that the client chose
/// @param requests the one algorithm of its request objects; every one that is taken where it says none
public record ClientMessages(
        Optional<ClientProfile> profile,
        Map<SignedAnswer, SigningAlgorithm> answers,
        Optional<RequestAlgorithm> requests) {
    /// Nothing was chosen.
    public static final ClientMessages USUAL = new ClientMessages(Map.of(), Optional.empty());

    /// Keeps a copy.
    public ClientMessages {
        answers = Map.copyOf(answers);
        if (!SignedAnswer.ALGORITHMS.containsAll(answers.values())) {
            throw new IllegalArgumentException("answers are not signed with that");
        }
    }

    /// Of a client that keeps to no profile.
    public ClientMessages(Map<SignedAnswer, SigningAlgorithm> answers, Optional<RequestAlgorithm> requests) {
        this(Optional.empty(), answers, requests);
    }
}
