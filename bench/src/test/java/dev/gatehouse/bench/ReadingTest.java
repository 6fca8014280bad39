package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the bench reads: wrk, /proc, class histograms, its own command line.
class ReadingTest {
    private static final String WRK = """
            Running 5s test @ http://127.0.0.1:8591/
              1 threads and 16 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   574.00us    1.20ms  20.00ms   95.10%
                Req/Sec     8.51k     1.00k    9.80k    80.00%
              Latency Distribution
                 50%  468.00us
                 75%  700.00us
                 90%    1.10ms
                 99%   12.50ms
              42549 requests in 5.01s, 8.53MB read
            """;

    @Test
    void wrkTellsRequestsSecondsAndPercentiles() {
        assertThat(Wrk.read(WRK)).isEqualTo(new Outcome(42_549, 0, 5.01, 468, 12_500));
    }

    @Test
    void refusedAndBrokenRequestsOfWrkAreFailures() {
        String text = WRK + "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 5\n";
        assertThat(Wrk.read(text).failed()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({"'', 'end well'", "'1 requests in 1.00s, 1KB read', latency"})
    void whatWrkDoesNotTellIsNoResult(String text, String complaint) {
        assertThatThrownBy(() -> Wrk.read(text))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void cpuTimeIsUserPlusSystemWhateverTheProcessIsCalled() {
        String stat = "42 (a) b (c) S 1 1 1 0 -1 0 100 0 0 0 250 125 7 7 20 0 9 0 100 1 1";
        assertThat(ProcStat.cpuMicros(stat)).isEqualTo(3_750_000);
    }

    @Test
    void residentMemoryIsInKilobytes() {
        assertThat(ProcStat.residentBytes(List.of("VmPeak:\t  9 kB", "VmRSS:\t  2048 kB")))
                .isEqualTo(2_097_152);
    }

    @Test
    void liveHeapIsTheTotalOfTheHistogram() {
        assertThat(Heap.total("   1:  10  320  java.lang.String\nTotal          1234        567890\n"))
                .isEqualTo(567_890);
    }

    @ParameterizedTest
    @CsvSource({"'3', 3, 3, 3", "'5,1,3', 3, 1, 5", "'4,1,3,2', 2.5, 1, 4"})
    void medianAndSpreadDoNotDependOnTheOrder(String values, double median, double least, double most) {
        Sample sample = new Sample(
                List.of(values.split(",")).stream().map(Double::valueOf).toList());
        assertThat(List.of(sample.median(), sample.least(), sample.most())).containsExactly(median, least, most);
    }

    @Test
    void withoutNamesAllScenariosAreAskedFor() {
        assertThat(Options.read(List.of("--short"))).isEqualTo(new Options(true, Scenarios.ALL));
    }

    @Test
    void scenariosRunInTheOrderOfThePage() {
        Options options = Options.read(List.of("issue", "gateway"));
        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("gateway", "issue");
    }

    @ParameterizedTest
    @CsvSource({"--long, --long", "gatway, gatway"})
    void whatIsNotUnderstoodIsNamed(String argument, String named) {
        assertThatThrownBy(() -> Options.read(List.of(argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void theTableHasMediansSpreadAndRatios() {
        Row peer = row("peer", 20);
        Row ours = row("Gatehouse", 50);
        String text = Page.text(new Part.Compared(List.of(peer, ours), "peer", List.of("A note.")));
        assertThat(text)
                .contains("| Gatehouse | 50.0 | 45.0 to 55.0 | 2.50 | 1,000 | 100 | 200 |")
                .endsWith("\nA note.\n");
    }

    @Test
    void thePlotNamesEveryServerAndEscapesIt() {
        String svg = Plot.bars("A & B", new Part.Compared(List.of(row("x < y", 10)), "x < y", List.of()));
        assertThat(svg).contains("A &amp; B", "x &lt; y", ">10.0<").doesNotContain("x < y");
    }

    private static Row row(String label, double cpu) {
        return Row.of(
                label,
                List.of(
                        new Row.Once(cpu * 0.9, 1000, 100, 200),
                        new Row.Once(cpu, 1000, 100, 200),
                        new Row.Once(cpu * 1.1, 1000, 100, 200)));
    }
}
