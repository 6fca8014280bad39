package dev.gatehouse.core.audit;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Something in the audit trail that is not as Gatehouse left it.
///
/// @param seal the number of the seal that it is about
/// @param row the id of the row that it is about, as it is shown
/// @param what is wrong, for people
public record Finding(Kind kind, Optional<Long> seal, Optional<String> row, String what) {
    /// What was found.
    public enum Kind {
        /// A seal is not there.
        SEAL_MISSING,
        /// A seal's parts or signature are not what was signed under a known key.
        SEAL_ALTERED,
        /// A seal does not follow the one before it.
        CHAIN_BROKEN,
        /// A sealed row is not there.
        ROW_MISSING,
        /// A row does not say what it said when it was sealed.
        ROW_ALTERED,
        /// A row is where none was sealed.
        ROW_INSERTED,
        /// Rows are in another order than they were sealed in.
        ROW_MOVED,
        /// A row's MAC is not of what the row says: Gatehouse did not write it so.
        ROW_FORGED;

        /// As it is written in reports.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding seal(Kind kind, long seal, String what) {
        return new Finding(kind, Optional.of(seal), Optional.empty(), what);
    }

    static Finding row(Kind kind, Optional<Long> seal, long row, String what) {
        return new Finding(kind, seal, Optional.of(HexFormat.of().toHexDigits(row)), what);
    }
}
