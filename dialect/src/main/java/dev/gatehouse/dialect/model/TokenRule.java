package dev.gatehouse.dialect.model;

import dev.gatehouse.core.api.TokenFormat;
import java.time.Duration;
import java.util.Optional;

/// How one kind of token is made where the Api does not say otherwise.
///
/// @param life how long it counts
/// @param idle how long it counts without being used
/// @param renewable how long after the first one it can be renewed
/// @param shape how it looks, where it is not self-contained
/// @param live whether only one may live at a time, and what becomes of the next
/// @param boundToAddress whether it counts only from the address that it was issued to
public record TokenRule(
        Optional<TokenFormat> format,
        Optional<Duration> life,
        Optional<Duration> idle,
        Optional<Duration> renewable,
        Optional<KeyShape> shape,
        Optional<OneLive> live,
        boolean boundToAddress) {
    /// What becomes of a second token of the same credential or user.
    public enum OneLive implements Word {
        /// The new one ends the old one.
        REPLACES("replaces", "a new one ends the one before"),
        /// The new one is refused as `limit-reached`.
        REFUSED("refused", "a new one is refused as `limit-reached` while one lives");

        private final String word;
        private final String meaning;

        OneLive(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }
}
