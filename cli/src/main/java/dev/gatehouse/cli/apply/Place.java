package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;

/// Where something stands.
record Place(String file, int line) {
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }

    /// A name out of a file or from a server as it is said back: in quotes, no control characters.
    static String quoted(String text) {
        return new Json.Str(text).compact();
    }
}
