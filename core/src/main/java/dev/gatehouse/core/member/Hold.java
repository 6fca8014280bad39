package dev.gatehouse.core.member;

import java.util.EnumSet;
import java.util.Set;

/// One reason why a member is suspended. A member is active when it carries no hold; each hold is lifted only by
/// who may set it.
public enum Hold {
    /// Set by the member's own organization or one above it, and not lifted from below the one that set it.
    OWNER(1),
    /// Set by the provider (the root organization) and by nobody below it.
    PROVIDER(2),
    /// Set by a rule of the installation, for example after abuse was seen.
    POLICY(4),
    /// Set by a date.
    SCHEDULE(8);

    private final int bit;

    Hold(int bit) {
        this.bit = bit;
    }

    /// The bit that stands for this hold in storage. Bits never change.
    public int bit() {
        return bit;
    }

    /// The holds in a stored bit set.
    public static Set<Hold> of(int bits) {
        EnumSet<Hold> holds = EnumSet.noneOf(Hold.class);
        for (Hold hold : values()) {
            if ((bits & hold.bit()) != 0) {
                holds.add(hold);
            }
        }
        return Set.copyOf(holds);
    }

    /// The stored bit set of some holds.
    public static int bits(Set<Hold> holds) {
        int bits = 0;
        for (Hold hold : holds) {
            bits |= hold.bit();
        }
        return bits;
    }
}
