package dev.gatehouse.oauth.custody;

/// The key file is missing, damaged, readable by others, or not the one that belongs to the database. The message
/// says what to do; it stops the start.
public final class CustodyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong and what to do.
    public CustodyException(String message) {
        super(message);
    }

    /// What is wrong and what to do.
    public CustodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
