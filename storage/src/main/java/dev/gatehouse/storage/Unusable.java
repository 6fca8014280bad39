package dev.gatehouse.storage;

import dev.gatehouse.storage.db.Refused;

/// Why this node may not use a database: another process has the data folder, a newer release wrote the
/// schema, or this machine's clock is wrong. For whoever starts the node; waiting does not help.
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(Refused why) {
        super(why.why(), why);
    }
}
