package dev.gatehouse.core.client;

import dev.gatehouse.core.api.SigningAlgorithm;
import java.util.Map;
import java.util.Optional;

/// How what a client and Gatehouse tell each other is signed.
///
/// @param answers the algorithms that the client chose
/// @param requests the one algorithm of its request objects; every one that is taken where it says none
public record ClientMessages(Map<SignedAnswer, SigningAlgorithm> answers, Optional<RequestAlgorithm> requests) {
    /// Nothing was chosen.
    public static final ClientMessages USUAL = new ClientMessages(Map.of(), Optional.empty());

    /// Keeps a copy.
    public ClientMessages {
        answers = Map.copyOf(answers);
        if (!SignedAnswer.ALGORITHMS.containsAll(answers.values())) {
            throw new IllegalArgumentException("answers are not signed with that");
        }
    }

    /// What an answer is signed with (OpenID Connect Registration section 2, JARM section 3: RS256 where nothing is
    /// said).
    public SigningAlgorithm signing(SignedAnswer answer) {
        return answers.getOrDefault(answer, SigningAlgorithm.RS256);
    }
}
