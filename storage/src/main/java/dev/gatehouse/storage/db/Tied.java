package dev.gatehouse.storage.db;

/// A row names another one that is gone, or is named by one that is there. Control flow between a statement and
/// its store; no store lets it out.
public final class Tied extends RuntimeException {
    private static final long serialVersionUID = 1;

    Tied(Throwable cause) {
        super("a foreign key does not hold", cause, false, false);
    }
}
