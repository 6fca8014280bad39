package dev.gatehouse.bench;

import java.util.List;

/// A part of the page.
sealed interface Part {
    /// CPU time a request of several servers.
    ///
    /// @param yardstick the label of the row that the others are divided by
    /// @param notes sentences below the table
    record Compared(List<Row> rows, String yardstick, List<String> notes) implements Part {}

    /// Figures of other kinds.
    record Table(List<String> head, List<List<String>> lines, List<String> notes) implements Part {}

    /// What could not be measured here, and why.
    record NotRun(String why) implements Part {}

    /// What did not come to its end.
    record Failed(String why) implements Part {}
}
