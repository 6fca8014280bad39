package dev.gatehouse.dialect.read;

import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the one declared set that is presented. Sets are compared as bits; the largest is tried first.
final class CallMatcher {
    private static final long PROOFS = Input.proofs();

    private final List<CallSet> sets;

    CallMatcher(List<CallSet> sets) {
        this.sets = sets.stream()
                .sorted(Comparator.comparingInt((CallSet set) -> Long.bitCount(set.bits()))
                        .reversed())
                .toList();
    }

    /// A set of which everything is there, and all proofs of which are all the proofs that are there. Selectors
    /// beyond it are nobody's proof and stay unread.
    Optional<CallSet> find(long present) {
        for (CallSet set : sets) {
            if ((set.bits() & ~present) == 0 && ((set.bits() ^ present) & PROOFS) == 0) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    /// Whether a set that fits needs inputs of the body besides those that are there.
    boolean wants(long present, long inBody) {
        for (CallSet set : sets) {
            if ((set.bits() & inBody) != 0
                    && (set.bits() & ~(present | inBody)) == 0
                    && (present & PROOFS) != 0
                    && (present & PROOFS & ~set.bits()) == 0) {
                return true;
            }
        }
        return false;
    }

    /// Why nothing fits: too little, or too much.
    Fault misfit(long present) {
        long proofs = present & PROOFS;
        boolean part = sets.stream().anyMatch(set -> (proofs & ~set.bits()) == 0);
        return Fault.of(part ? RefusalClass.UNAUTHENTICATED : RefusalClass.SEVERAL);
    }
}
