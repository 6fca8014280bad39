package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks the admin API something and prints the answer.
abstract class AdminCommand implements Callable<Integer> {
    @Mixin
    Connection connection = new Connection();

    @Mixin
    Output output = new Output();

    abstract void ask(AdminClient client);

    @Override
    public Integer call() {
        try (AdminClient client = connection.open()) {
            ask(client);
        }
        return Exit.OK;
    }
}
