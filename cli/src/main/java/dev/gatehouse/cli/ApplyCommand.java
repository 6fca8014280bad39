package dev.gatehouse.cli;

import dev.gatehouse.cli.apply.DrawnSecrets;
import dev.gatehouse.cli.apply.Plan;
import dev.gatehouse.cli.apply.Result;
import dev.gatehouse.cli.apply.SecretsFile;
import dev.gatehouse.client.AdminClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse apply`.
@Command(
        name = "apply",
        description =
                "Make a server what YAML files say: organizations, Apis, roles, applications, credentials. Prints what"
                        + " changes, and does nothing the second time. Any mistake in the files and nothing is done.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse apply setup --plan                  what would change; exit code 6 if anything",
            "  gatehouse apply setup --secrets new.jsonl     do it; secrets that the server draws go into a new file",
            "  gatehouse export setup                        files of what a server has"
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    Connection connection = new Connection();

    @Mixin
    Output output = new Output();

    @Mixin
    Comparing comparing = new Comparing();

    @Option(names = "--plan", description = "only say what would change: exit code 0 for nothing, 6 for something")
    boolean plan;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "a new file for the secrets that the server draws, one JSON object a line; only you can read it")
    Optional<Path> secrets = Optional.empty();

    @Option(names = "--show-secrets", description = "print the secrets that the server draws")
    boolean showSecrets;

    /// What is compared, and how it is told.
    static final class Comparing {
        @Parameters(paramLabel = "DIR", description = "a folder with .yaml files, or one such file")
        Path folder = Path.of("");

        @Option(
                names = "--prune",
                description = "what is not in the files goes: members are revoked, roles and Apis deleted")
        boolean prune;

        Plan plan(AdminClient client, Terminal terminal) {
            return switch (Plan.of(client, folder, terminal.environment(), prune)) {
                case Plan.Made.Good(Plan made) -> {
                    made.notes().forEach(note -> terminal.err().println("Note: " + Text.line(note)));
                    yield made;
                }
                case Plan.Made.Wrong(var mistakes) -> throw Mistaken.in("the files", mistakes);
            };
        }

        static void print(Plan plan, Output output) {
            if (output.format == Output.Format.json) {
                output.println(plan.json().pretty());
            } else if (plan.nothingToDo()) {
                output.println("Nothing to do.");
            } else {
                plan.lines().forEach(line -> output.println(Text.line(line)));
            }
        }

        /// The exit code of a plan that is not carried out.
        static int differs(Plan plan) {
            return plan.nothingToDo() ? Exit.OK : Exit.DIFFERENT;
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(output.mixee);
        try (AdminClient client = connection.open()) {
            Plan made = comparing.plan(client, terminal);
            Comparing.print(made, output);
            if (plan) {
                return Comparing.differs(made);
            }
            if (made.draws() && secrets.isEmpty() && !showSecrets) {
                throw Complaint.usage("the server will draw secrets, which nobody can ask for again. Say where they go:"
                        + " --secrets FILE, or --show-secrets for this terminal");
            }
            if (!made.nothingToDo()) {
                run(made, client, terminal);
            }
            return Exit.OK;
        }
    }

    private void run(Plan made, AdminClient client, Terminal terminal) {
        if (!made.draws() || secrets.isEmpty()) {
            end(made.run(client, InstantSource.system(), this::show), made, terminal);
            return;
        }
        Path file = secrets.get();
        try (SecretsFile sink = SecretsFile.create(file)) {
            DrawnSecrets both = (credential, secret) -> {
                sink.drawn(credential, secret);
                if (showSecrets) {
                    show(credential, secret);
                }
            };
            end(made.run(client, InstantSource.system(), both), made, terminal);
            terminal.err().println("The secrets that the server drew are in " + file + ".");
        } catch (FileAlreadyExistsException e) {
            throw Complaint.usage(
                    file + " is there already, and is not overwritten; name another file for the secrets");
        } catch (IOException | UncheckedIOException e) {
            throw Complaint.usage("cannot write " + file + " (" + e.getMessage() + "). Every credential that was made"
                    + " and is not in it has a secret that nobody knows: revoke it and apply again");
        }
    }

    private void show(DrawnSecrets.Credential credential, dev.gatehouse.client.Secret secret) {
        output.println(SecretsFile.json(credential, secret).compact());
    }

    private void end(Result result, Plan made, Terminal terminal) {
        PrintWriter err = terminal.err();
        switch (result) {
            case Result.Done() -> err.println("Done: " + made.size() + (made.size() == 1 ? " change." : " changes."));
            case Result.Overtaken(String at, int done) -> {
                partly(done, made, err);
                throw Complaint.refused(Text.line(at)
                        + " was changed by somebody else since the plan was made. It was left as it is; apply again to"
                        + " see what is to do now");
            }
            case Result.Stopped(String at, int done, var cause) -> {
                partly(done, made, err);
                err.println("gatehouse: stopped at " + Text.line(at));
                throw cause;
            }
        }
    }

    private static void partly(int done, Plan made, PrintWriter err) {
        err.println(
                "Of " + made.size() + " changes " + done + " were begun or made; they stay. Applying again goes on.");
    }
}
