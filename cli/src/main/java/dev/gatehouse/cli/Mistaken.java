package dev.gatehouse.cli;

import dev.gatehouse.server.config.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/// Tells all mistakes at once, a line each.
final class Mistaken {
    private Mistaken() {}

    static Complaint in(String what, List<Mistake> mistakes) {
        return Complaint.usage(what + " cannot be used, and nothing was done:\n"
                + mistakes.stream()
                        .map(mistake -> "  " + Text.line(mistake.toString()))
                        .collect(Collectors.joining("\n")));
    }
}
