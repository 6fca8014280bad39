package dev.gatehouse.storage.reference;

import java.util.Map;
import java.util.stream.Collectors;

/// What a table is for: the part of the reference that no database knows.
///
/// @param about what a row is
/// @param kept how long, and how many at most
/// @param columns what those are for that [Described#COMMON] does not explain
record Table(String name, String about, String kept, Map<String, String> columns) {
    static final String FOR_GOOD = "For good.";

    /// @param lines a column and what it is for on each
    Table(String name, String about, String kept, String lines) {
        this(name, about, kept, columns(lines));
    }

    /// What is for what, line by line.
    static Map<String, String> columns(String lines) {
        return lines.lines()
                .map(line -> line.strip().split(" +", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
