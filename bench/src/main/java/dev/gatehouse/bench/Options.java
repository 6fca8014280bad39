package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.List;

/// What the command line asks for.
///
/// @param brief a few seconds a scenario, for trying that all of it works; the page is not written
/// @param scenarios in the order of the page
record Options(boolean brief, List<Scenario> scenarios) {
    static final String USAGE =
            "usage: bench/run [--short] [in-process|verify|gateway|issue|introspect|code|refresh|stored ...]";

    static Options read(List<String> arguments) {
        boolean brief = false;
        List<Scenario> named = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("--short")) {
                brief = true;
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("there is no option " + argument);
            } else {
                named.add(Scenarios.of(argument));
            }
        }
        return new Options(
                brief,
                named.isEmpty()
                        ? Scenarios.ALL
                        : Scenarios.ALL.stream().filter(named::contains).toList());
    }
}
