package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.id.Id;

/// Hears how far renewing has come; tests end the process there.
public interface Milestones {
    /// Nobody listens.
    Milestones NONE = _ -> {};

    /// The platform has answered, and nothing of it is written down yet.
    void answered(Id connection);
}
