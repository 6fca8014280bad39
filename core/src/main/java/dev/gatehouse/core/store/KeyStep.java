package dev.gatehouse.core.store;

/// One step of a stored key: `after` is stored in place of `before`, once.
public record KeyStep(StoredKey before, StoredKey after) {
    /// Refuses what is not one step of one key.
    public KeyStep {
        boolean one = before.id().equals(after.id())
                && before.api().equals(after.api())
                && before.use() == after.use()
                && before.nextVersion() == after.version();
        if (!one) {
            throw new IllegalArgumentException("not one step of one key");
        }
    }

    /// What the audit trail calls it.
    public String verb() {
        return before.state() == after.state()
                ? "key.rewrap"
                : switch (after.state()) {
                    case PREPARED -> "key.prepare";
                    case ACTIVE -> "key.activate";
                    case RETIRED -> "key.retire";
                    case WITHDRAWN -> "key.withdraw";
                };
    }
}
