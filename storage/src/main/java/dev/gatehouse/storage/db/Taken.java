package dev.gatehouse.storage.db;

/// A unique key is in use already. Control flow between a statement and its store; no store lets it out.
public final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(Throwable cause) {
        super("a unique key is in use", cause, false, false);
    }
}
