package dev.gatehouse.cli;

import dev.gatehouse.cli.apply.Export;
import dev.gatehouse.client.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse export`.
@Command(
        name = "export",
        description =
                "Write what a server has as the files that `apply` reads: no secrets, no ids, always in the same order.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse export setup", "  gatehouse export setup --demo DIR && git -C setup diff"})
final class ExportCommand implements Callable<Integer> {
    @Mixin
    Connection connection = new Connection();

    @Parameters(paramLabel = "DIR", description = "a folder; apis.yaml and organizations.yaml in it are written anew")
    Path folder = Path.of("");

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        try (AdminClient client = connection.open()) {
            switch (Export.write(client, folder)) {
                case Export.Made.Good(var files, var notes) -> {
                    files.forEach(file -> terminal.out().println(file));
                    notes.forEach(note -> terminal.err().println("Note: " + Text.line(note)));
                }
                case Export.Made.Wrong(var mistakes) -> throw Mistaken.in(folder.toString(), mistakes);
            }
            return Exit.OK;
        } catch (IOException e) {
            throw Complaint.usage("cannot write into " + folder + " (" + e.getMessage() + ")");
        }
    }
}
