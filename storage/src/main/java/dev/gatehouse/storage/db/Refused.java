package dev.gatehouse.storage.db;

/// Why a database cannot be opened by this process: the folder is in use, its schema is another release's,
/// or the clocks differ.
/// For whoever starts the node.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    Refused(String why) {
        super(why);
        this.why = why;
    }

    /// The reason, for a person.
    public String why() {
        return why;
    }
}
