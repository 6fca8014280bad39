package dev.gatehouse.bench;

import java.util.List;

/// All scenarios, in the order of the page.
final class Scenarios {
    static final List<Scenario> ALL = List.of(
            new InProcessScenario(),
            new VerifyScenario(),
            new GatewayScenario(),
            TokenScenario.issue(),
            TokenScenario.introspect(),
            JourneyScenario.code(),
            JourneyScenario.refresh(),
            new StoredScenario());

    private Scenarios() {}

    static Scenario of(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is named '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Scenario::name).toList())));
    }
}
