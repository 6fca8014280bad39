package dev.gatehouse.server.connect;

/// Why the operator's files about platforms cannot be used. The message names the file and says what to mend, and
/// never shows a secret.
public final class ConnectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConnectException(String message) {
        super(message);
    }

    ConnectException(String message, Exception cause) {
        super(message, cause);
    }
}
