package dev.gatehouse.core.store;

/// What a write came to. Anything but `Done` left no trace.
public sealed interface Stored<T> {
    /// Durable, audited, and applied to this node's facts.
    record Done<T>(T value) implements Stored<T> {}

    /// What it was about is not there.
    record Missing<T>() implements Stored<T> {}

    /// Something else with this name or version is there, or the state forbids it; `what` is for the caller.
    record Conflict<T>(String what) implements Stored<T> {}

    /// It has been changed since the caller read it.
    record Moved<T>() implements Stored<T> {}

    /// A bound is reached; `what` names it for the caller.
    record Full<T>(String what) implements Stored<T> {}
}
