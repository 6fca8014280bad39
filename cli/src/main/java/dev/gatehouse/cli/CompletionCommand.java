package dev.gatehouse.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse completion`.
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(gatehouse completion)                                      in this shell",
            "  gatehouse completion > /etc/bash_completion.d/gatehouse             for all users of bash",
            "  echo 'source <(gatehouse completion)' >> ~/.zshrc                   for zsh"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        terminal.out().print(AutoComplete.bash("gatehouse", spec.root().commandLine()));
        terminal.out().flush();
        return Exit.OK;
    }
}
