package dev.gatehouse.server.http;

/// Hears of every request that was answered, also of those that no front ever saw.
@FunctionalInterface
public interface Traffic {
    /// A request is over.
    ///
    /// @param listener its name
    /// @param status that was sent; 0 when the connection ended before one was
    /// @param nanos since its first byte
    void done(String listener, int status, long nanos);

    /// Hears nothing.
    Traffic NONE = (_, _, _) -> {};
}
