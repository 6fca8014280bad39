package dev.gatehouse.cli;

/// The exit codes. They never change: scripts test them.
final class Exit {
    static final int OK = 0;
    /// A bug in Gatehouse.
    static final int BUG = 1;
    /// The command line is wrong.
    static final int USAGE = 2;
    /// The server said no.
    static final int REFUSED = 3;
    /// Nobody answered, or the server cannot answer now; trying again may help.
    static final int UNAVAILABLE = 4;
    /// The server cannot start: its configuration, a port, its data folder.
    static final int NO_START = 5;
    /// What was compared differs (`diff`, `apply --plan`).
    static final int DIFFERENT = 6;

    private Exit() {}
}
