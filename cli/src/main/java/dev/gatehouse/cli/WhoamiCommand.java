package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import picocli.CommandLine.Command;

/// `gatehouse whoami`.
@Command(name = "whoami", description = "Whose key this is and what it may do.")
final class WhoamiCommand extends AdminCommand {
    @Override
    void ask(AdminClient client) {
        output.one(client.whoami());
    }
}
