package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Organization;
import java.util.List;

/// The organization that a request says it is for, besides what it presents.
public sealed interface Selection {
    /// The organization that it names first, the root last; empty when it names none.
    List<Organization> chain();

    /// It says none.
    record None() implements Selection {
        @Override
        public List<Organization> chain() {
            return List.of();
        }
    }

    /// One, which has to be the caller's own or below that.
    ///
    /// @param chain this organization first, the root last; empty when there is none of the name that was given
    record Named(List<Organization> chain) implements Selection {
        /// Keeps a copy.
        public Named {
            chain = List.copyOf(chain);
        }
    }
}
