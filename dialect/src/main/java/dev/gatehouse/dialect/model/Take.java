package dev.gatehouse.dialect.model;

import java.util.List;

/// What an endpoint reads for itself.
///
/// @param sources looked at in order; the first that has a value counts
public record Take(Input input, List<Source> sources, Rule rule) {
    /// Keeps a copy.
    public Take {
        sources = List.copyOf(sources);
    }

    /// Whether it must be there.
    public enum Rule implements Word {
        /// It must: a request without it is another endpoint's, or malformed.
        TAKE("take", "must be there; what is missing sends the request on to the next endpoint of the path"),
        /// It may.
        MAY("may", "may be there"),
        /// It must not: a request with it is refused as `combination`.
        NEVER("never", "must not be there: refused as `combination`");

        private final String word;
        private final String meaning;

        Rule(String word, String meaning) {
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
