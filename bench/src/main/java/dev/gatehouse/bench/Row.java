package dev.gatehouse.bench;

import java.util.List;

/// What was measured of one subject.
///
/// @param cpuMicros CPU time of the server for each request
/// @param p50Micros latency as the load generator saw it, all its connections busy
record Row(String label, Sample cpuMicros, Sample perSecond, Sample p50Micros, Sample p99Micros) {
    /// One round.
    record Once(double cpuMicros, double perSecond, double p50Micros, double p99Micros) {}

    static Row of(String label, List<Once> rounds) {
        return new Row(
                label,
                new Sample(rounds.stream().map(Once::cpuMicros).toList()),
                new Sample(rounds.stream().map(Once::perSecond).toList()),
                new Sample(rounds.stream().map(Once::p50Micros).toList()),
                new Sample(rounds.stream().map(Once::p99Micros).toList()));
    }
}
