package dev.gatehouse.core.client;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// What an Api has all its clients keep to, whatever their own terms say.
///
/// @param required of each of them
/// @param nonces whether proofs of keys carry a nonce of ours (RFC 9449 sections 8 and 9)
/// @param pushedLife how long after it was pushed a browser may come with an authorization request; whole seconds
public record ClientRules(Set<ClientRule> required, boolean nonces, Duration pushedLife) {
    /// The shortest life of a pushed request.
    public static final Duration MIN_PUSHED_LIFE = Duration.ofSeconds(5);

    /// The longest one: FAPI 2.0 section 5.3.2.2 wants less than ten minutes.
    public static final Duration MAX_PUSHED_LIFE = Duration.ofSeconds(599);

    /// The life of a pushed request where nothing is said.
    public static final Duration PUSHED_LIFE = Duration.ofSeconds(60);

    /// Nothing beyond the least.
    public static final ClientRules NONE = new ClientRules(Set.of(), false, PUSHED_LIFE);

    /// Keeps a copy and checks the bounds.
    public ClientRules {
        required = Set.copyOf(required);
        if (pushedLife.compareTo(MIN_PUSHED_LIFE) < 0
                || pushedLife.compareTo(MAX_PUSHED_LIFE) > 0
                || !pushedLife.truncatedTo(ChronoUnit.SECONDS).equals(pushedLife)) {
            throw new IllegalArgumentException("pushed requests live 5 to 599 whole seconds");
        }
    }

    /// Whether a client has to keep to a rule here.
    public boolean require(ClientRule rule, ClientTerms of) {
        return required.contains(rule) || of.rules().contains(rule);
    }
}
