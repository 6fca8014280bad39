package dev.gatehouse.core.broken.ring;

import dev.gatehouse.core.broken.BreaksEveryRule;

/// The other half of a ring of packages.
public interface Ring {
    BreaksEveryRule back();
}
