package dev.gatehouse.server.doctor;

/// What was found about one thing.
///
/// @param about what was looked at, such as `key file`
/// @param what what was found
/// @param remedy what to do; empty when nothing is to be done
public record Finding(Level level, String about, String what, String remedy) {
    /// How bad it is.
    public enum Level {
        /// As it should be.
        OK,
        /// A node starts, with less safety or speed than it could have.
        WARNING,
        /// A node does not start, or does not work.
        WRONG
    }

    static Finding ok(String about, String what) {
        return new Finding(Level.OK, about, what, "");
    }

    static Finding warning(String about, String what, String remedy) {
        return new Finding(Level.WARNING, about, what, remedy);
    }

    static Finding wrong(String about, String what, String remedy) {
        return new Finding(Level.WRONG, about, what, remedy);
    }
}
