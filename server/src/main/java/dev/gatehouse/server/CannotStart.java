package dev.gatehouse.server;

/// Why a node cannot start or be worked on: a port, its data folder, its key file, its database. For the operator; the
/// message says what to mend.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(RuntimeException why) {
        super(why.getMessage(), why);
    }
}
