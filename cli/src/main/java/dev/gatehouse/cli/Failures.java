package dev.gatehouse.cli;

import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.server.CannotStart;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// Says what went wrong and what to do next, and chooses the exit code. No stack trace, except for bugs.
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case Complaint complaint -> {
                err.println("gatehouse: " + complaint.getMessage());
                yield complaint.exit();
            }
            case CannotStart mendable -> {
                err.println("gatehouse: cannot start: " + Text.line(String.valueOf(mendable.getMessage())));
                yield Exit.NO_START;
            }
            case GatehouseException.Unreachable unreachable -> {
                err.println("gatehouse: " + unreachable.getMessage());
                err.println(
                        "Is the server running there? --url, GATEHOUSE_URL or --demo DIR say where the admin API is.");
                yield Exit.UNAVAILABLE;
            }
            case GatehouseException.Refused refused -> {
                err.println("gatehouse: the server refused with " + Text.line(String.valueOf(refused.getMessage())));
                hint(refused).ifPresent(err::println);
                refused.requestId()
                        .ifPresent(id -> err.println("Its log has more under request " + Text.line(id) + "."));
                yield refused.status() / 100 == 5 ? Exit.UNAVAILABLE : Exit.REFUSED;
            }
            case IllegalArgumentException wrong -> {
                err.println("gatehouse: " + Text.line(String.valueOf(wrong.getMessage())));
                yield Exit.USAGE;
            }
            default -> {
                failure.printStackTrace(err);
                err.println("gatehouse: this is a bug; please report what stands above (it holds no secrets).");
                yield Exit.BUG;
            }
        };
    }

    private static Optional<String> hint(GatehouseException.Refused refused) {
        return switch (refused.status()) {
            case 401 ->
                Optional.of("The key or secret is not one of this server's, or it is suspended, revoked or expired.");
            case 403 -> Optional.of("`gatehouse whoami` shows what this key may do.");
            case 404 ->
                Optional.of("There is no such thing, or this key may not see it. `list` shows what it may see.");
            case 409 -> Optional.of("Something else stands in the way; `get` shows the present state.");
            case 429, 503 ->
                Optional.of(refused.retryAfter()
                        .map(wait -> "Try again in " + wait.toSeconds() + " s.")
                        .orElse("Try again shortly."));
            default -> Optional.empty();
        };
    }
}
