package dev.gatehouse.core.quota;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.limit.Buckets.Bucket;
import dev.gatehouse.core.limit.Quota;
import java.util.List;
import java.util.Optional;

/// What became of charging a request to the buckets that it comes under: all of them, or none.
public sealed interface Charge {
    /// One was taken from each.
    ///
    /// @param from the buckets; none where the request comes under no limit
    /// @param left under the tightest limit
    record Made(List<Bucket> from, Optional<Quota> left) implements Charge {
        /// Keeps a copy.
        public Made {
            from = List.copyOf(from);
        }
    }

    /// Nothing was taken.
    record TooMuch(Refusal.TooMany refusal) implements Charge {}
}
