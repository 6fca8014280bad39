package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatehouse audit`.
@Command(name = "audit", description = "The audit trail: who changed what, and when; the newest first.")
final class AuditCommand extends AdminCommand {
    @Option(names = "--limit", paramLabel = "N", description = "at most N (default: the server's choice)")
    Optional<Integer> limit = Optional.empty();

    @Override
    void ask(AdminClient client) {
        Page<Json.Obj> page = client.audit(new Page.Ask(limit, Optional.empty()));
        output.list(page.items(), page.next(), "at", "verb", "target", "actor", "request_id");
    }
}
