package dev.gatehouse.core.fact;

/// The database did not answer, or not in time. A broken dependency, so an exception; it becomes 503 with
/// `Retry-After`, never 401.
public class FactsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What failed, for the log.
    public FactsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /// What failed, for the log.
    public FactsUnavailable(String message) {
        super(message);
    }
}
