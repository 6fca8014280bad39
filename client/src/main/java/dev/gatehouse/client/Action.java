package dev.gatehouse.client;

import java.util.Locale;

/// What is done to a member as a whole. All but `LIFT` and `RESUME` narrow rights: they are answered when every
/// node obeys.
public enum Action {
    /// Suspends, under the hold that the caller may set.
    SUSPEND,
    /// Takes away what `SUSPEND` set.
    RESUME,
    /// Sets one hold.
    HOLD,
    /// Lifts one hold.
    LIFT,
    /// Ends all that was issued below the member and keeps the member.
    CUT,
    /// Ends the member for good.
    REVOKE;

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
