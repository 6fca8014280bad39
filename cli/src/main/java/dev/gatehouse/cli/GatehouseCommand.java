package dev.gatehouse.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `gatehouse` and the list of all commands below it.
@Command(
        name = "gatehouse",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class GatehouseCommand {
    /// In the order of the help.
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServeCommand.class,
            BootstrapCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            WhoamiCommand.class,
            OrgCommand.class,
            AppCommand.class,
            KeyCommand.class,
            CustomerCommand.class,
            UserCommand.class,
            MembershipCommand.class,
            ConnectionCommand.class,
            RoleCommand.class,
            IdentityProviderCommand.class,
            ApiCommand.class,
            RegistrationCommand.class,
            SigningKeysCommand.class,
            ApplyCommand.class,
            DiffCommand.class,
            ExportCommand.class,
            TokenCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            NodesCommand.class,
            DialectCommand.class,
            PlatformCommand.class,
            CompletionCommand.class);

    private final Terminal terminal;

    private GatehouseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    /// Runs one command line and returns its [Exit] code.
    static int run(Terminal terminal, String... arguments) {
        return commandLine(terminal, needed(arguments)).execute(arguments);
    }

    /// Setting up all commands takes longer than most of them run, so the one that is named is set up alone.
    /// Help, completion and a name that is none need them all.
    private static List<Class<?>> needed(String... arguments) {
        return COMMANDS.stream()
                .filter(one -> arguments.length > 0 && one != CompletionCommand.class && named(one, arguments[0]))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static boolean named(Class<?> command, String argument) {
        Command known = command.getAnnotation(Command.class);
        return known != null && known.name().equals(argument);
    }

    static CommandLine commandLine(Terminal terminal) {
        return commandLine(terminal, COMMANDS);
    }

    private static CommandLine commandLine(Terminal terminal, List<Class<?>> commands) {
        CommandLine line = new CommandLine(new GatehouseCommand(terminal));
        commands.forEach(line::addSubcommand);
        line.getCommandSpec()
                .usageMessage()
                .header("Gatehouse, the access layer of an API provider.", "")
                .footer(
                        "",
                        "Start here:",
                        "  gatehouse demo                        everything in one process, with lines to paste",
                        "  gatehouse serve --config FILE         a node",
                        "  gatehouse org list --demo DIR         ask the demo's admin API",
                        "  gatehouse key suspend cred_...        stop a key, at once and everywhere",
                        "  gatehouse help COMMAND                what a command takes, with examples",
                        "",
                        "Commands that talk to a server find it by --url and --key-file, or GATEHOUSE_URL and GATEHOUSE_KEY,",
                        "or --demo DIR. Secrets are read from files, standard input or the environment, never from arguments.",
                        "",
                        "Exit codes: 0 done, 1 bug, 2 wrong command line, 3 refused by the server, 4 nobody answered or not",
                        "now, 5 the server cannot start, 6 what was compared differs.");
        if (commands.size() > 1) {
            line.addSubcommand("help", new CommandLine.HelpCommand());
        }
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new WrongLine())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
