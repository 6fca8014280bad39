package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import java.util.Optional;

/// Stands before every proof, so that what is turned away here costs next to nothing (GAUNTLET O10).
public interface Gate {
    /// Lets everything through.
    Gate OPEN = new Gate() {
        @Override
        public Optional<Refusal.TooMany> closed(Api api, Ask ask) {
            return Optional.empty();
        }

        @Override
        public void guessed(Api api, Ask ask) {}
    };

    /// Why what is asked is not looked at, by where it comes from.
    Optional<Refusal.TooMany> closed(Api api, Ask ask);

    /// Takes note that what was presented with an ask is no credential at all.
    void guessed(Api api, Ask ask);
}
