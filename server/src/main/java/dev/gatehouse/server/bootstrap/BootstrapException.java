package dev.gatehouse.server.bootstrap;

/// A bootstrap key could not be issued; the message says why, for the operator.
public final class BootstrapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BootstrapException(String message) {
        super(message);
    }
}
