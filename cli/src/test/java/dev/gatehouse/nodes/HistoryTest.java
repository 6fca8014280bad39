package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.History.Use;
import dev.gatehouse.nodes.History.Write;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The checker of [HistoriesTest] can tell.
class HistoryTest {
    /// Closed at `a` from 10 to 20, opened at `a` from 30 to 40.
    @ParameterizedTest
    @CsvSource({
        "a,  1,  5, true,  true",
        "a,  1,  5, false, false",
        "b,  5, 15, true,  true",
        "b,  5, 15, false, true",
        "b, 15, 25, true,  true",
        "b, 21, 25, true,  false",
        "b, 21, 25, false, true",
        "b, 21, 35, true,  true",
        "a, 41, 45, true,  true",
        "a, 41, 45, false, false",
        "b, 41, 45, false, true"
    })
    void aUseIsExplainedByTheLastWriteBeforeItOrOneThatWasOpen(
            String at, long from, long until, boolean accepted, boolean explained) {
        History history = new History();
        history.writes.add(new Write(false, "a", 10, 20));
        history.writes.add(new Write(true, "a", 30, 40));
        history.uses.add(new Use(at, from, until, accepted));
        assertThat(history.unexplained().isEmpty()).isEqualTo(explained);
    }
}
