package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse audit ...`.
@Command(
        name = "audit",
        description = "The audit trail: who changed what, and when.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse audit list --actor app_1f8a3r9c2q7tz --from 2027-01-01T00:00:00Z",
            "  gatehouse audit export --format csv --file trail.csv",
            "  gatehouse audit keys > keys.json; gatehouse audit export --with-seals --file trail.ndjson",
            "  gatehouse audit verify trail.ndjson --keys keys.json"
        },
        subcommands = {
            AuditCommand.List.class,
            AuditCommand.Export.class,
            AuditVerifyCommand.class,
            AuditCommand.Keys.class
        })
final class AuditCommand {
    /// Which rows.
    static final class Filters {
        @Option(names = "--actor", paramLabel = "ID", description = "who did it: organization, application or key")
        Optional<String> actor = Optional.empty();

        @Option(names = "--organization", paramLabel = "ORG", description = "whose things it was done to")
        Optional<String> organization = Optional.empty();

        @Option(names = "--verb", paramLabel = "VERB", description = "what was done, such as credential.revoke")
        Optional<String> verb = Optional.empty();

        @Option(names = "--target", paramLabel = "ID", description = "what it was done to")
        Optional<String> target = Optional.empty();

        @Option(names = "--from", paramLabel = "TIME", description = "not before this time (RFC 3339)")
        Optional<String> from = Optional.empty();

        @Option(names = "--to", paramLabel = "TIME", description = "before this time (RFC 3339)")
        Optional<String> to = Optional.empty();

        Map<String, String> byName() {
            Map<String, String> given = new LinkedHashMap<>();
            actor.ifPresent(value -> given.put("actor", value));
            organization.ifPresent(value -> given.put("organization", value));
            verb.ifPresent(value -> given.put("verb", value));
            target.ifPresent(value -> given.put("target", value));
            from.ifPresent(value -> given.put("from", value));
            to.ifPresent(value -> given.put("to", value));
            return given;
        }
    }

    @Command(name = "list", description = "The rows of the trail that match, the newest first.")
    static final class List extends AdminCommand {
        @Mixin
        Filters filters = new Filters();

        @Option(names = "--limit", paramLabel = "N", description = "at most N (default: the server's choice)")
        Optional<Integer> limit = Optional.empty();

        @Option(names = "--after", paramLabel = "MARK", description = "continue after this mark of an earlier page")
        Optional<String> after = Optional.empty();

        @Override
        void ask(AdminClient client) {
            Page<Json.Obj> page = client.audit(filters.byName(), new Page.Ask(limit, after));
            output.list(page.items(), page.next(), "at", "verb", "target", "actor", "request_id");
        }
    }

    @Command(
            name = "export",
            description = "Write all rows that match, page by page: JSON lines, or CSV that a spreadsheet does not run."
                    + " With --with-seals the whole trail from its beginning, for `audit verify FILE`.")
    static final class Export extends AdminCommand {
        @Mixin
        Filters filters = new Filters();

        @Option(names = "--format", paramLabel = "FORMAT", description = "ndjson (default) or csv")
        String format = "ndjson";

        @Option(names = "--with-seals", description = "every seal with its rows, letter by letter")
        boolean withSeals;

        @Option(names = "--file", paramLabel = "FILE", description = "write there (default: standard output)")
        Optional<Path> file = Optional.empty();

        @Override
        void ask(AdminClient client) {
            if (withSeals && !(filters.byName().isEmpty() && format.equals("ndjson"))) {
                throw Complaint.usage(
                        "--with-seals writes the whole trail as JSON lines; leave filters and --format out");
            }
            if (file.isEmpty()) {
                write(client, Terminal.of(output.mixee).out());
                return;
            }
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8))) {
                write(client, out);
                if (out.checkError()) {
                    throw Complaint.refused("writing " + file.get() + " failed");
                }
            } catch (IOException e) {
                throw Complaint.usage(
                        "cannot write " + file.get() + " (" + e.getClass().getSimpleName() + ")");
            }
        }

        private void write(AdminClient client, PrintWriter out) {
            if (withSeals) {
                AuditFile.write(client, out);
                return;
            }
            Optional<String> after = Optional.empty();
            do {
                AdminClient.Lines lines =
                        client.auditLines(format, filters.byName(), new Page.Ask(Optional.of(200), after));
                out.print(lines.text());
                after = lines.next();
            } while (after.isPresent() && !out.checkError());
            out.flush();
        }
    }

    @Command(
            name = "keys",
            description = "The public keys by which seals are checked, a JWK set. Keep it apart from the trail.")
    static final class Keys extends AdminCommand {
        @Override
        void ask(AdminClient client) {
            output.println(client.auditKeys().pretty());
        }
    }
}
