package dev.gatehouse.server.tls;

/// Why certificate files cannot be used. For the operator; the message names the file and says what to mend, and
/// never shows what is in it.
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Exception cause) {
        super(message, cause);
    }

    /// What is wrong and what to do.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
