package dev.gatehouse.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in a line what is wrong with a command line, which command was probably meant, and where the help is.
final class WrongLine implements CommandLine.IParameterExceptionHandler {
    private static final int MOST_SLIPS = 3;

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("gatehouse: " + Text.line(String.valueOf(wrong.getMessage())));
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String typed = unmatched.getUnmatched().getFirst();
            nearest(command, typed)
                    .ifPresentOrElse(
                            name -> err.println("Did you mean " + name + "?"),
                            () -> UnmatchedArgumentException.printSuggestions(unmatched, err));
        }
        err.println("`" + command.getCommandSpec().qualifiedName() + " --help` says what it takes.");
        return Exit.USAGE;
    }

    private static Optional<String> nearest(CommandLine command, String typed) {
        return typed.startsWith("-")
                ? Optional.empty()
                : command.getSubcommands().keySet().stream()
                        .filter(name -> slips(typed, name) <= Math.min(MOST_SLIPS, name.length() - 1))
                        .min(Comparator.comparingInt(name -> slips(typed, name)));
    }

    /// Letters added, left out, changed, or swapped with their neighbour (optimal string alignment).
    private static int slips(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
