package dev.gatehouse.cli;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.NodeConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse bootstrap`.
@Command(
        name = "bootstrap",
        description = "How to get the first key, and with --renew another one when it was lost or has expired.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse bootstrap", "  gatehouse bootstrap --renew --config gatehouse.yaml > bootstrap-key"})
final class BootstrapCommand implements Callable<Integer> {
    @Mixin
    NodeOptions options = new NodeOptions();

    @Option(
            names = "--renew",
            description =
                    "make a bootstrap key, valid for 24 hours, and print it. Needs the node's database and key file; with"
                            + " SQLite the node must be stopped. Where the application `bootstrap` is held or gone, the key is"
                            + " of a new one")
    boolean renew;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        if (!renew) {
            terminal.out().print("""
                    There is no default password. The first `gatehouse serve` on an empty database prints one bootstrap key,
                    once: an API key of the provider with every right, valid for 24 hours. With it:

                      export GATEHOUSE_KEY=...            the bootstrap key
                      gatehouse whoami                    shows your organization and application
                      gatehouse key create --app app_... --kind api_key --name admin --whole-role
                                                          a key of your own that does not expire
                      gatehouse key revoke cred_...       the bootstrap key, which is no longer needed

                    Lost it, or too late?  gatehouse bootstrap --renew --config FILE
                    """);
            return Exit.OK;
        }
        NodeConfig config = options.load(terminal);
        Logs.to(config.log().format(), NodeConfig.LogLevel.WARN);
        Secret key = Gatehouse.renewBootstrapKey(config, Environment.ofSystem());
        terminal.out().println(key.reveal());
        return Exit.OK;
    }
}
