package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.ProofStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// What devices sign: each for one browser and one purpose, and used up by the first right answer, on whatever node
/// (GAUNTLET L08). Nothing is stored of those that nobody answers.
record Challenges(FormTokens tokens, ProofStore used, RandomGenerator random) {
    private static final int BYTES = 16;

    /// How long a page may lie about before its button is pressed.
    private static final Duration LIFE = Duration.ofMinutes(10);

    /// By how much the clocks of two nodes may differ: an answer is remembered until no node takes its challenge.
    private static final Duration SKEW = Duration.ofMinutes(1);

    String draw(String purpose, Visit visit) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return name + "~" + tokens.make(purpose + " " + name, visit.holder());
    }

    /// Whether it is one of this browser's for this, and young. Looks at nothing but the text.
    boolean good(String challenge, String purpose, Visit visit) {
        int end = challenge.indexOf('~');
        return end > 0
                && tokens.good(
                        purpose + " " + challenge.substring(0, end),
                        visit.holder(),
                        challenge.substring(end + 1),
                        LIFE);
    }

    /// Uses up one that is [#good]; false when it was used before. Called when all else is right, so that nobody
    /// makes us remember what proves nothing.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean use(String challenge) {
        Instant now = tokens.clock().instant();
        return used.use(digest(challenge), now.plus(LIFE).plus(SKEW), now);
    }

    private static Bytes digest(String challenge) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256")
                    .digest(("passkey challenge " + challenge).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
