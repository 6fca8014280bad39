package dev.gatehouse.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done to one key and what its users saw, checked as a regular register with one writer (ADR 0001):
/// a use may be answered by the last write that was acknowledged before it began, or by any that was open
/// meanwhile.
final class History {
    /// One write of the key's only writer.
    ///
    /// @param opens whether calls are accepted from then on
    /// @param at where it was acknowledged; a write that only gives counts there at once and elsewhere later
    record Write(boolean opens, String at, long from, long until) {}

    /// One use. Only answers that say something are kept.
    record Use(String at, long from, long until, boolean accepted) {}

    final List<Write> writes = new ArrayList<>();
    final List<Use> uses = new ArrayList<>();

    /// The first use that no write explains.
    Optional<Use> unexplained() {
        return uses.stream().filter(use -> !explained(use)).findFirst();
    }

    private boolean explained(Use use) {
        boolean explained = use.accepted();
        for (Write write : writes) {
            if (write.from() - use.until() >= 0) {
                break;
            }
            boolean over = until(write, use) - use.from() < 0;
            // What was before is no explanation any more once the write was over before the use began.
            explained = over ? write.opens() == use.accepted() : explained || write.opens() == use.accepted();
        }
        return explained;
    }

    /// Until when what was before may still be answered at the place of a use.
    private static long until(Write write, Use use) {
        return write.opens() && !write.at().equals(use.at()) ? Long.MAX_VALUE : write.until();
    }
}
