package dev.gatehouse.storage.db;

/// Why a database cannot be opened by this process: the folder is in use, or its schema is another release's.
/// For whoever starts the node.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
