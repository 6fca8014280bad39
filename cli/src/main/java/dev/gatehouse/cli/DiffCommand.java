package dev.gatehouse.cli;

import dev.gatehouse.cli.apply.Plan;
import dev.gatehouse.client.AdminClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gatehouse diff`.
@Command(
        name = "diff",
        description =
                "Say what `apply` would change, and change nothing: exit code 0 for nothing, 6 for something. The same"
                        + " as `apply --plan`.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse diff setup", "  gatehouse diff setup --prune -o json"})
final class DiffCommand implements Callable<Integer> {
    @Mixin
    Connection connection = new Connection();

    @Mixin
    Output output = new Output();

    @Mixin
    ApplyCommand.Comparing comparing = new ApplyCommand.Comparing();

    @Override
    public Integer call() {
        try (AdminClient client = connection.open()) {
            Plan plan = comparing.plan(client, Terminal.of(output.mixee));
            ApplyCommand.Comparing.print(plan, output);
            return ApplyCommand.Comparing.differs(plan);
        }
    }
}
