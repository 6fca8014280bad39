package dev.gatehouse.bench;

import java.util.List;

/// One question that is measured.
interface Scenario {
    /// What the command line calls it.
    String name();

    /// The heading of its part of the page.
    String title();

    /// Programs that must be there.
    List<String> needs();

    Part run(Bench bench);
}
